/**
 * How a reference is picked in the forms of the general records: a person by the search of the 求職者 screen, anything else
 * from the records of its kind that this tablet holds. What is about a person is asked of her file, opened with a logged
 * view. Where her consent is what is asked for (a handoff, the link that it leaves), the way to get it stands beside.
 */
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Field } from '../../../domain/field.ts';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { searchKey } from '../../../domain/names.ts';
import { text } from '../../../domain/value.ts';
import { FieldFrame, FieldGroup, wiring, type WidgetProps } from '../../form/field-frame.tsx';
import { consentKinds, needsPerson } from '../../logic/record-kinds.ts';
import { optionWords, refOptions, type Option } from '../../logic/record-refs.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { PersonPicker } from '../seekers/person-picker.tsx';
import { useOpenPerson } from '../seekers/use-person.ts';

export type RefProps = WidgetProps<Extract<Field, { type: 'ref' }>>;

/** Whom the form is about, once that is known. */
export const FormSeeker = createContext<string | undefined>(undefined);

export function RefField(props: RefProps) {
  if (props.field.kind === 'seeker') return <SeekerRef {...props} />;
  return needsPerson(props.field.kind) ? <PersonalRef {...props} /> : <RecordRef {...props} />;
}

function SeekerRef(props: RefProps) {
  return (
    <FieldGroup {...props}>
      <div class="record-picker">
        <PersonPicker
          label={props.field.label}
          chosen={text(props.value)}
          onChoose={(id) => props.set(id)}
        />
      </div>
    </FieldGroup>
  );
}

function PersonalRef(props: RefProps) {
  const seeker = useContext(FormSeeker);
  const session = useSession();
  const isOpen = seeker !== undefined && session.get('seeker', seeker)?.parts['file'] !== undefined;
  const opening = useOpenPerson(isOpen ? undefined : seeker, `${props.field.label}を選ぶため`);
  if (seeker === undefined)
    return (
      <FieldGroup {...props}>
        <p class="quiet">先に、求職者を選んでください。</p>
      </FieldGroup>
    );
  if (opening.state === 'failed') return <ProblemNotice problem={opening.problem} />;
  return opening.state === 'opening' ? null : <RecordRef {...props} />;
}

/** More than these are searched, not scrolled. */
const mostInSelect = 30;
const mostShown = 8;

function RecordRef(props: RefProps) {
  const seeker = useContext(FormSeeker);
  const { field, value } = props;
  const session = useSession();
  const all = (kind: string) => session.all(kind).value;
  const options = refOptions(field.kind, seeker, { all, get: session.get, actor: session.actor });
  const chosen = text(value);
  const record = chosen === undefined ? undefined : session.get(field.kind, chosen);
  const isListed = options.some(({ id }) => id === chosen);
  const known = record && !isListed ? [{ id: record.id, words: optionWords(record, session) }] : [];
  const shown = [...known, ...options];
  const restsOnConsent = consentKinds.includes(field.kind);
  // Nothing to choose from and nothing asked: nothing to look at.
  if (shown.length === 0 && !field.required && !restsOnConsent) return null;
  if (shown.length === 0 && !field.required) return <ConsentLater label={field.label} />;
  return (
    <>
      {shown.length > mostInSelect ? (
        <Search {...props} options={shown} />
      ) : (
        <Select {...props} options={shown} />
      )}
      {restsOnConsent && shown.length === 0 && <WayToConsent seeker={seeker} />}
    </>
  );
}

/** Not asked, and nothing to choose from: one line, for whoever needs it. */
function ConsentLater({ label }: { readonly label: string }) {
  const seeker = useContext(FormSeeker);
  return (
    <details class="record-others">
      <summary>{label}</summary>
      <WayToConsent seeker={seeker} />
    </details>
  );
}

/** What is typed so far is a draft, and is there when she comes back. */
function WayToConsent({ seeker }: { readonly seeker: string | undefined }) {
  return (
    <div class="field record-consent">
      <p class="quiet">
        この方の同意で相手の組織とつながると、ここで選べます。先に引継ぎで同意をもらってください。入力した内容は残ります。
      </p>
      <Button size="small" onPress={() => go('handoff-new', { seeker })}>
        引継ぎで同意をもらう
      </Button>
    </div>
  );
}

type WithOptions = RefProps & { readonly options: readonly Option[] };

function Select({ options, ...props }: WithOptions) {
  const { input } = wiring(props);
  return (
    <FieldFrame {...props}>
      <select
        class="input"
        {...input}
        value={text(props.value) ?? ''}
        onChange={(event) => props.set(event.currentTarget.value || undefined)}
      >
        <option value="">
          {options.length > 0
            ? 'えらんでください'
            : `選べる${kindLabel(props.field.kind)}がありません`}
        </option>
        {options.map(({ id, words }) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

function Search({ options, ...props }: WithOptions) {
  const [typed, setTyped] = useState('');
  // The group has the id.
  const { id, input: described } = wiring(props);
  const { id: _, ...input } = described;
  const words = typed.split(/\s+/u).map(searchKey).filter(Boolean);
  const chosen = options.find(({ id }) => id === props.value);
  const found = options.filter((one) => words.every((word) => searchKey(one.words).includes(word)));
  const shown = words.length === 0 ? [] : found.slice(0, mostShown);
  const left = words.length === 0 ? 0 : found.length - shown.length;
  return (
    <FieldGroup {...props}>
      <div class="record-picker">
        <input
          {...input}
          class="input"
          type="search"
          aria-label={`${props.field.label}をさがす`}
          placeholder="名前の一部でさがす"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        {chosen && (
          <p class="record-chosen">
            選んだもの：{chosen.words}{' '}
            {!props.field.required && (
              <button type="button" class="small-action" onClick={() => props.set(undefined)}>
                選択をはずす
              </button>
            )}
          </p>
        )}
        <div class="chip-row" role="radiogroup" aria-label={props.field.label}>
          {shown.map(({ id: one, words: label }) => (
            <label key={one} class="chip">
              <input
                type="radio"
                name={id}
                checked={one === props.value}
                onChange={() => props.set(one)}
              />
              <span>{label}</span>
            </label>
          ))}
        </div>
        {left > 0 && <p class="quiet">ほかに{left}件あります。文字を入れてさがしてください。</p>}
        {words.length > 0 && found.length === 0 && (
          <p class="quiet">この端末では見つかりません。</p>
        )}
      </div>
    </FieldGroup>
  );
}
