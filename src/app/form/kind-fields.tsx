/**
 * The fields of one record, part by part where a part crosses to other organisations and another never does: the two are
 * headed and drawn apart, so that nothing is written into the wrong one. Elsewhere the fields as they are.
 */
import type { Kind, Part } from '../../domain/kind.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { isPrivate } from '../logic/record-parts.ts';
import { Icon } from '../ui/icon.tsx';
import { FormFields } from './form-fields.tsx';
import { drawn, isShown } from './form-values.ts';
import type { Form } from './use-form.ts';

interface KindFieldsProps {
  readonly form: Form;
  readonly kind: string;
}

interface Group {
  readonly part: Part | undefined;
  readonly names: readonly string[];
}

export function KindFields({ form, kind }: KindFieldsProps) {
  const groups = apart(kindNamed(kind), shownNames(form));
  return (
    <>
      {groups.map(({ part, names }) =>
        part ? (
          <PartFields key={part.label} form={form} part={part} names={names} />
        ) : (
          <FormFields key="rest" form={form} names={names} />
        ),
      )}
    </>
  );
}

const shownNames = ({ fields, values }: Form) =>
  Object.entries(drawn(fields)).flatMap(([name, field]) => (isShown(field, values) ? [name] : []));

/** What is of neither part comes first, in its own order. */
export function apart(kind: Kind | undefined, names: readonly string[]): readonly Group[] {
  const parts = Object.values(kind?.parts ?? {});
  const within = (part: Part) => names.filter((name) => Object.hasOwn(part.fields, name));
  const crosses = parts.filter(({ audience }) => audience === 'shared');
  const stays = parts.filter((part) => isPrivate(part) && within(part).length > 0);
  if (crosses.length === 0 || stays.length === 0) return [{ part: undefined, names }];
  const groups: readonly Group[] = [...crosses, ...stays]
    .map((part) => ({ part, names: within(part) }))
    .filter((group) => group.names.length > 0);
  const taken = new Set(groups.flatMap((group) => group.names));
  const rest = names.filter((name) => !taken.has(name));
  return rest.length > 0 ? [{ part: undefined, names: rest }, ...groups] : groups;
}

function PartFields({ form, part, names }: Group & { readonly form: Form; readonly part: Part }) {
  const stays = isPrivate(part);
  const who = stays ? '自分の組織だけが見ます' : '同意があれば、相手の組織も見ます';
  return (
    <section class={stays ? 'fields-private' : 'fields-shared'} aria-label={who}>
      <p class="fields-head">
        <Icon name={stays ? 'lock' : 'share'} />
        <strong>{who}</strong>
        {stays && <span class="quiet">相手の組織には、どんな同意があっても伝わりません</span>}
      </p>
      <FormFields form={form} names={names} />
    </section>
  );
}
