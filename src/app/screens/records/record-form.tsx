/**
 * One verb as a form, drawn from its arguments: creating, moving on, correcting, voiding. Parts are headed by who can read
 * them. What is typed is a sealed draft all the time.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { kindNamed } from '../../../domain/kinds/index.ts';
import { peopleOf, stateOf, type Kind, type Verb } from '../../../domain/kind.ts';
import type { Problem } from '../../../domain/problem.ts';
import { sitesOf, type Rec } from '../../../domain/record.ts';
import { text, type Values } from '../../../domain/value.ts';
import { DraftNotice, FormFields, RefPicker } from '../../form/form-fields.tsx';
import { isShown, usualDays } from '../../form/form-values.ts';
import { useForm, type Form } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import { isUnchanged } from '../../logic/amend-args.ts';
import { namesOf } from '../../logic/names-of.ts';
import { asksPersonal, personField } from '../../logic/record-kinds.ts';
import {
  argsFor,
  formFields,
  formSections,
  newIds,
  standing,
  valuesNow,
  type FormSection,
} from '../../logic/record-form.ts';
import { isPrivate, readersWords } from '../../logic/record-parts.ts';
import { refWords } from '../../logic/value-words.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { PersonPicker } from '../seekers/person-picker.tsx';
import { FormSeeker, RefField } from './ref-picker.tsx';

interface RecordFormProps {
  readonly verb: Verb;
  /** Absent where the verb makes one. */
  readonly record?: Rec | undefined;
  /** Whom it is about, where that is not asked. */
  readonly seeker?: string | undefined;
  /** Arguments that are known and not asked. */
  readonly given?: Values | undefined;
  readonly onClose: () => void;
  readonly onSaved?: ((id: string) => void) | undefined;
}

const kindOf = (verb: Verb) => kindNamed(verb.name.split('.')[0] ?? '');

export function RecordForm(props: RecordFormProps) {
  const kind = kindOf(props.verb);
  return kind ? <KnownForm {...props} kind={kind} /> : null;
}

interface KnownProps extends RecordFormProps {
  readonly kind: Kind;
}

function useRecordForm({ verb, kind, record, seeker, given }: KnownProps) {
  const session = useSession();
  const person = personField(verb);
  const [known] = useState<Values>(() => ({
    ...newIds(verb, session.newId),
    ...given,
    ...(person !== undefined && seeker !== undefined ? { [person]: seeker } : {}),
  }));
  const omit = Object.keys(known);
  const fields = Object.fromEntries(
    Object.entries(formFields(verb)).filter(([name]) => !omit.includes(name)),
  );
  const today = useTablet().today();
  const [before] = useState(() => (record ? valuesNow(kind, record, session) : {}));
  const about =
    record?.id ?? [seeker, ...Object.values(given ?? {}).map(text)].filter(Boolean).join(' ');
  const form = useForm({
    fields,
    initial: begun(verb, before, usualDays(fields, today)),
    seen: before,
    draftKey: `${verb.name} ${about}`,
  });
  return { form, known, before, fields };
}

function begun({ shape }: Verb, before: Values, usual: Values): Values {
  if (shape?.does === 'void') return {};
  return shape?.does === 'amend' ? before : { ...usual, ...before };
}

function KnownForm(props: KnownProps) {
  const { verb, record, onClose } = props;
  const { form, write, save, site, setSite } = useSaving(props);
  const [who, setWho] = useState<string>();
  const named = seekerOf(props, form);
  const seeker = named ?? who;
  const about = useAbout(props, seeker);
  return (
    <Sheet
      title={verb.title}
      header={about}
      size={record && verb.shape?.does !== 'amend' ? 'narrow' : 'wide'}
      onClose={onClose}
      actions={<SaveButton verb={verb} busy={write.busy} onPress={save} />}
    >
      <DraftNotice form={form} />
      <Before {...props} />
      <Given {...props} />
      <Counter {...props} site={site} onChange={setSite} />
      <RefPicker.Provider value={RefField}>
        <FormSeeker.Provider value={seeker}>
          {named === undefined && asksWho(verb) && (
            <PersonPicker label="だれの記録ですか" chosen={who} onChoose={setWho} />
          )}
          <Sections {...props} form={form} />
        </FormSeeker.Provider>
      </RefPicker.Provider>
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

function useSaving(props: KnownProps) {
  const { verb, kind, record, onClose, onSaved } = props;
  const session = useSession();
  const { form, known, before, fields } = useRecordForm(props);
  const write = useWrite(form);
  const [newId] = useState(() => session.newId());
  const [site, setSite] = useState(session.actor.site);
  const save = async () => {
    const args = argsFor(verb, fields, before, form.args());
    if (verb.shape?.does === 'amend' && isUnchanged(args)) return onClose();
    const all = { ...args, ...known };
    const had = standing(kind, verb, all, session.all(kind.name).peek());
    if (had) return write.setProblem(hasOne(kind, had));
    const id = record?.id ?? kind.idFor?.(all, { ...session.actor, site }) ?? newId;
    if ((await write.save(verb.name, { ...all, id })) === undefined) return;
    onClose();
    onSaved?.(id);
  };
  return { form, write, save, site, setSite };
}

const hasOne = ({ label, states, summary }: Kind, had: Rec): Problem => ({
  code: 'refused',
  reason: `この人の${label}（${summary(had)}）が、まだ「${states?.[stateOf(had) ?? ''] ?? ''}」になっています。先に、その記録を開いて確かめてください。`,
});

interface CounterProps extends KnownProps {
  readonly site: string;
  readonly onChange: (site: string) => void;
}

/** What there is one of at each counter is entered for hers or for the one that moved into it. */
function Counter({ kind, record, site, onChange }: CounterProps) {
  const { actor, get } = useSession();
  const options = sitesOf(actor).map((code) => ({ code, label: namesOf(get)('site', code) }));
  return record === undefined && kind.idFor !== undefined && options.length > 1 ? (
    <Chips label="窓口" options={options} value={site} onChange={onChange} />
  ) : null;
}

interface SaveButtonProps {
  readonly verb: Verb;
  readonly busy: boolean;
  readonly onPress: () => unknown;
}

function SaveButton({ verb, busy, onPress }: SaveButtonProps) {
  const does = verb.shape?.does;
  return (
    <Button
      kind={does === 'void' ? 'danger' : 'primary'}
      size="large"
      busy={busy}
      onPress={onPress}
    >
      {does === 'amend' ? '訂正を保存する' : verb.title}
    </Button>
  );
}

/** The one it is for, given, picked in this form, or named by the record. */
function seekerOf({ verb, kind, record, seeker }: KnownProps, form: Form): string | undefined {
  const person = personField(verb);
  const picked = person === undefined ? undefined : text(form.values[person]);
  return seeker ?? picked ?? (record && peopleOf(kind, record)[0]);
}

/** The verb learns of her from another record, which can be picked only when she is known. */
const asksWho = (verb: Verb) => personField(verb) === undefined && asksPersonal(verb);

/** Who or what the form is about, where that is known. */
function useAbout({ kind, record }: KnownProps, seeker: string | undefined): ComponentChildren {
  const person = useSession().get('seeker', seeker ?? '');
  if (person) return <PersonHeader seeker={person} />;
  return record && <p>{kind.summary(record) || kind.label}</p>;
}

/** What the step does, where nothing else says it. */
function Before({ kind, verb, record }: KnownProps) {
  const { shape } = verb;
  if (shape?.does === 'void')
    return <Notice>取り消した記録は消えません。理由とともに残り、集計には数えません。</Notice>;
  if (shape?.does !== 'move' || !record) return null;
  const now = kind.states?.[stateOf(record) ?? ''];
  const next = kind.states?.[shape.to];
  return now && next ? (
    <p>
      「{now}」から「{next}」になります。
    </p>
  ) : null;
}

/** What is filled in already: to which hire, to which event it will be added. */
function Given({ verb, given = {} }: KnownProps) {
  const words = refWords(useSession().get);
  const known = Object.entries(given).flatMap(([name, value]) => {
    const field = verb.args[name];
    const said = field?.type === 'ref' ? words(field.kind, text(value) ?? '') : '';
    return field && said ? [`${field.label}：${said}`] : [];
  });
  return known.length > 0 ? <p>{known.join('　')}</p> : null;
}

function Sections({ form, kind, verb, record }: KnownProps & { readonly form: Form }) {
  const all = formSections(kind, verb, form.fields);
  const drawn = all.filter(({ names }) => names.some((name) => isDrawn(form, name)));
  return (
    <>
      {drawn.map((section) => (
        <Part
          key={section.names.join(' ')}
          form={form}
          kind={kind}
          record={record}
          section={section}
          isHeaded={drawn.length > 1}
        />
      ))}
    </>
  );
}

function isDrawn(form: Form, name: string): boolean {
  const field = form.fields[name];
  return field !== undefined && isShown(field, form.values);
}

const many = 12;

/** A long list of the same question is read down one line each. */
const isMany = (form: Form, { names }: FormSection) =>
  names.filter((name) => form.fields[name]?.type === 'choice').length > many;

interface PartProps {
  readonly form: Form;
  readonly kind: Kind;
  readonly record: Rec | undefined;
  readonly section: FormSection;
  readonly isHeaded: boolean;
}

function Part({ form, kind, record, section, isHeaded }: PartProps) {
  const session = useSession();
  const part = kind.parts[section.part ?? ''];
  const look = {
    view: session,
    links: session.all('link').value,
    ref: refWords(session.get),
  };
  const shape = isMany(form, section) ? 'record-many' : '';
  return (
    <section
      class={`${part && isHeaded && isPrivate(part) ? 'record-private' : 'record-fields'} ${shape}`}
    >
      {part && isHeaded && (
        <h3 class="record-part">
          {part.label}
          <span class="quiet">
            読める人：{readersWords(part, record, kind, section.part ?? '', look)}
          </span>
        </h3>
      )}
      <FormFields form={form} names={section.names} />
    </section>
  );
}
