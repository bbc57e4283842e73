/** Opening what is sealed: the view is logged durably first, then every part this tablet holds is shown. */
import { rootOf } from '../domain/aliases.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { refKey, type Rec, type Ref } from '../domain/record.ts';
import { logAccess } from './access-log.ts';
import type { Desk } from './desk.ts';
import { filesOf, isAbout, recordsAbout } from './person-parts.ts';

export async function openRecord(
  desk: Desk,
  kind: string,
  id: string,
  purpose: string,
): Promise<Result<Rec>> {
  if (desk.isClosed()) return fail({ code: 'locked' });
  if (!desk.memory.get(kind, id)) return fail({ code: 'notFound', kind });
  const logged = await logAccess(desk, 'view', { kind, id, purpose });
  if (!logged.ok) return logged;
  const shown = await desk.reveal([{ kind, id }]);
  if (!shown.ok) return shown;
  const record = desk.memory.get(kind, id);
  return record ? ok(record) : fail({ code: 'notFound', kind });
}

/** Under the registration where the person is found now; all that were merged with it are opened along. */
export async function openPerson(
  desk: Desk,
  id: string,
  purpose: string,
): Promise<Result<readonly Rec[]>> {
  if (desk.isClosed()) return fail({ code: 'locked' });
  const seeker = rootOf(id, (one) => desk.memory.get('seeker', one));
  if (!desk.memory.get('seeker', seeker)) return fail({ code: 'notFound', kind: 'seeker' });
  const logged = await logAccess(desk, 'view', { kind: 'seeker', id: seeker, purpose });
  if (!logged.ok) return logged;
  const people = filesOf(desk, seeker);
  const refs = await recordsAbout(desk, people);
  if (!refs.ok) return refs;
  const shown = await desk.reveal(refs.value);
  if (!shown.ok) return shown;
  for (const one of people) desk.openPeople.add(one);
  return ok(refs.value.flatMap((ref) => desk.memory.get(ref.kind, ref.id) ?? []));
}

/** What a pull brings about a person who is open in this session belongs to the view that was logged. */
export async function revealPulled(desk: Desk, pulled: readonly Ref[]): Promise<Result<void>> {
  if (desk.openPeople.size === 0 || desk.isClosed()) return ok(undefined);
  const joined = await revealJoined(desk);
  if (!joined.ok) return joined;
  const refs = new Map<string, Ref>();
  for (const { kind, id } of pulled) {
    const declared = kindNamed(kind);
    const key = refKey({ kind, id });
    if (!declared || refs.has(key) || desk.memory.isOpen({ kind, id })) continue;
    const whole = await desk.readWhole({ kind, id });
    if (!whole.ok) return whole;
    if (whole.value && isAbout(declared, whole.value, desk.openPeople)) refs.set(key, { kind, id });
  }
  return refs.size > 0 ? desk.reveal([...refs.values()]) : ok(undefined);
}

/** A link that a pull brings joins the other organisation's file to an open one: what it shares is part of the same view. */
async function revealJoined(desk: Desk): Promise<Result<void>> {
  const files = [...desk.openPeople].flatMap((id) => [...filesOf(desk, id)]);
  const joined = new Set(files.filter((id) => !desk.openPeople.has(id)));
  if (joined.size === 0) return ok(undefined);
  const refs = await recordsAbout(desk, joined);
  if (!refs.ok) return refs;
  for (const id of joined) desk.openPeople.add(id);
  return desk.reveal(refs.value);
}
