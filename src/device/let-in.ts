/**
 * Letting somebody in: by PIN, or by password and a new PIN. Loaded apart (later.ts) with the desk and the session behind
 * it. Whoever locks while she is being let in is counted from before the loading: she stays outside.
 */
import { fail, type Result } from '../domain/problem.ts';
import type { Desk } from './desk.ts';
import { enrolUser } from './enrol.ts';
import type { Hub } from './hub.ts';
import { createSession } from './session.ts';
import type { Tablet } from './types.ts';
import { openStore, unlockStore } from './unlock.ts';

const notAdmitted = fail({
  code: 'refused',
  reason: 'この端末は、まだ窓口に登録されていません。',
});

export async function unlock(
  hub: Hub,
  locks: number,
  staff: string,
  pin: string,
): Promise<Result<void>> {
  const context = hub.context();
  if (!context) return notAdmitted;
  const unlocked = await unlockStore(context, staff, pin);
  await hub.readAgain();
  return unlocked.ok ? seat(hub, unlocked.value, locks) : unlocked;
}

export async function enrol(
  hub: Hub,
  locks: number,
  input: Parameters<Tablet['enrolStaff']>[0],
): Promise<Result<void>> {
  const context = hub.context();
  if (!context) return notAdmitted;
  const made = await enrolUser(hub.ports, hub.net, hub.stores, input);
  if (!made.ok) return made;
  hub.ports.channel.post({ type: 'stores' });
  const read = await hub.readAgain();
  const { enrolment, stores } = hub.state.known.peek();
  if (!read.ok || !enrolment) return read;
  const opened = await openStore(context, enrolment, made.value, stores);
  return opened.ok ? seat(hub, opened.value, locks) : opened;
}

/** A store may have been put away while its key was derived: nobody sits down at it then. */
function seat(hub: Hub, desk: Desk, locks: number): Result<void> {
  const row = hub.state.known.peek().stores.find(({ store }) => store === desk.keys.store);
  if (row?.state !== 'live') {
    hub.ports.vault.lock(desk.keys.store);
    desk.close();
    return fail({ code: row?.state === 'forked' ? 'forked' : 'revoked' });
  }
  return hub.seat(desk, (name) => createSession(desk, name), locks);
}
