/** To whom: an organisation at a counter where somebody works. Few are chips, many a select. */
import { text } from '../../../domain/value.ts';
import type { Form } from '../../form/use-form.ts';
import { deskKey, desks, type Desk } from '../../logic/desks.ts';
import { namesOf } from '../../logic/names-of.ts';
import { useSession } from '../../state/context.ts';
import { Chips } from '../../ui/chips.tsx';

const mostChips = 6;

export function useDesks(): readonly Desk[] {
  const { actor, all } = useSession();
  return desks(all('staff').value, actor);
}

export function DeskChoice({ form, isFixed }: { form: Form; isFixed: boolean }) {
  const nameOf = namesOf(useSession().get);
  const found = useDesks();
  const { toOrg, toSite } = form.values;
  const label = (org: typeof toOrg, site: typeof toSite) =>
    `${nameOf('organisation', org)}・${nameOf('site', site)}`;
  const choose = (key: string) => {
    const desk = found.find((one) => one.key === key);
    if (desk) form.setAll({ toOrg: desk.org, toSite: desk.site });
  };
  if (isFixed) return <p class="handoff-desk">{label(toOrg, toSite)}</p>;
  const options = found.map(({ key, org, site }) => ({ code: key, label: label(org, site) }));
  const chosen = deskKey(text(toOrg) ?? '', text(toSite) ?? '');
  return options.length > mostChips ? (
    <label class="field">
      <span class="label">引き継ぐ先</span>
      <select class="input" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map(({ code, label: words }) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
    </label>
  ) : (
    <Chips label="引き継ぐ先" options={options} value={chosen} onChange={choose} />
  );
}
