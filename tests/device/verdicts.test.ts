/** What a tablet makes of verdicts: first ones, later ones, and those about which somebody else has decided. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../src/device/types.ts';
import type { Values } from '../../src/domain/value.ts';
import { choicesOf } from '../../src/domain/conflict.ts';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import { settleArgs } from '../../src/domain/settle.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

const count = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
let town: Town;
let place: Place;
let far: Place;
let session: Session;
let other: Session;
beforeEach(async () => {
  town = await openTown();
  [place, far] = [await town.tablet(), await town.tablet()];
  session = await place.enrol('shiroishi-city1');
  other = await far.enrol('shiroishi-city2');
});
afterEach(() => town.close());

const sync = async (...places: readonly Place[]) => {
  for (const one of places) await one.tab.tablet.syncNow();
};
const state = () => place.tab.tablet.sync.peek();
const card = (of: Session, id: string): Values => of.get('seeker', id)?.parts['card'] ?? {};

async function registered(): Promise<string> {
  const id = session.newId();
  must(await session.write('seeker.register', { id, familyName: '架空', familyKana: 'カクウ' }));
  await sync(place, far);
  return id;
}

/** Both write the same field without hearing of each other; the other's arrives first. */
async function met(id: string): Promise<void> {
  place.line.isCut = true;
  must(await session.write('seeker.amend', { id, alias: 'こちら', glyphNote: '字形' }));
  must(await other.write('seeker.amend', { id, alias: 'あちら' }));
  await sync(far);
  expect(card(session, id)).toMatchObject({ alias: 'こちら', glyphNote: '字形' });
  place.line.isCut = false;
  await sync(place);
}

test('peers 7: the same field edited offline on two tablets keeps both values, shown on both until one chooses', async () => {
  const id = await registered();
  await met(id);
  expect(card(session, id)).toMatchObject({ alias: 'あちら', glyphNote: '字形' });
  const seeker = kindNamed('seeker');
  if (!seeker) throw new Error('no such kind');
  const [choice] = choicesOf(seeker, session.get('seeker', id));
  expect(choice).toMatchObject({
    part: 'card',
    actor: 'shiroishi-city1',
    values: [{ field: 'alias', current: 'あちら', other: 'こちら' }],
  });
  expect(session.outbox.value).toMatchObject([
    { state: 'conflict', records: [{ kind: 'seeker', id }], args: { alias: 'こちら' } },
  ]);
  expect(state().needsCare).toBe(1);
  await sync(far);
  far.line.isCut = true;
  if (choice) must(await other.write('seeker.settle', settleArgs(seeker, id, choice, 'other')));
  expect(choicesOf(seeker, other.get('seeker', id))).toEqual([]);
  expect(card(other, id)).toMatchObject({ alias: 'こちら' });
  far.line.isCut = false;
  await sync(far, place);
  expect(card(session, id)).toMatchObject({ alias: 'こちら', glyphNote: '字形' });
  expect(choicesOf(seeker, session.get('seeker', id))).toEqual([]);
  expect(session.outbox.value).toEqual([]);
  expect(state()).toMatchObject({ needsCare: 0, pending: 0 });
}, 30_000);

test('a choice made offline about what a colleague has decided meanwhile asks both again and overturns nothing', async () => {
  const id = await registered();
  await met(id);
  await sync(far);
  const seeker = kindNamed('seeker');
  const [choice] = seeker ? choicesOf(seeker, session.get('seeker', id)) : [];
  if (!seeker || !choice) throw new Error('nothing to choose');
  place.line.isCut = true;
  must(await session.write('seeker.settle', settleArgs(seeker, id, choice, 'other')));
  expect(card(session, id)).toMatchObject({ alias: 'こちら' });
  must(await other.write('seeker.settle', settleArgs(seeker, id, choice, 'current')));
  await sync(far);
  place.line.isCut = false;
  await sync(place, far);
  for (const of of [session, other]) {
    expect(card(of, id)).toMatchObject({ alias: 'あちら' });
    expect(choicesOf(seeker, of.get('seeker', id))).toMatchObject([
      {
        actor: 'shiroishi-city1',
        values: [{ field: 'alias', current: 'あちら', other: 'こちら' }],
      },
    ]);
  }
  expect(session.outbox.value).toMatchObject([{ state: 'conflict', verb: 'seeker.settle' }]);
  const [again] = choicesOf(seeker, other.get('seeker', id));
  if (again) must(await other.write('seeker.settle', settleArgs(seeker, id, again, 'other')));
  await sync(far, place);
  expect(card(session, id)).toMatchObject({ alias: 'こちら' });
  expect(session.outbox.value).toEqual([]);
}, 30_000);

test('an entry of which everything was there already is laid like an applied one and needs nobody', async () => {
  const id = await registered();
  place.line.isCut = true;
  must(await session.write('seeker.amend', { id, alias: '同じ' }));
  must(await other.write('seeker.amend', { id, alias: '同じ' }));
  await sync(far);
  place.line.isCut = false;
  await sync(place);
  expect(card(session, id)).toMatchObject({ alias: '同じ' });
  expect(session.outbox.value).toEqual([]);
  expect(state().needsCare).toBe(0);
}, 30_000);

/** A visit is called here while it is taken back elsewhere: refused, with its reason. */
async function refused(): Promise<string> {
  const id = session.newId();
  must(await session.write('visit.log', { id, arrivedAt: 1, ...count }));
  await sync(place, far);
  place.line.isCut = true;
  must(await session.write('visit.call', { id }));
  must(await other.write('visit.leave', { id }));
  await sync(far);
  place.line.isCut = false;
  await sync(place);
  expect(state().needsCare).toBe(1);
  return session.outbox.value[0]?.id ?? '';
}

test('putting an entry right clears the old one with the new one, offline and across a restart', async () => {
  const old = await refused();
  place.line.isCut = true;
  const id = session.newId();
  const written = await session.write(
    'visit.log',
    { id, arrivedAt: 1, ...count },
    { supersedes: old },
  );
  expect(session.outbox.value).toMatchObject([{ id: must(written).id, state: 'pending' }]);
  const restarted = await place.unlock('shiroishi-city1', await place.open());
  expect(restarted.outbox.value).toMatchObject([{ id: must(written).id, state: 'pending' }]);
  place.line.isCut = false;
  await sync(place);
  expect(state()).toMatchObject({ needsCare: 0, pending: 0 });
  const rows = await town.area
    .server()
    .storage.read((tx) => tx.selectFrom('repair').selectAll().where('entry', '=', old).execute());
  expect(rows).toMatchObject([{ state: 'superseded' }]);
  // Her own hands: told of nobody else.
  await sync(place);
  expect(must(await session.withdrawn())).toEqual([]);
}, 30_000);

test('what a supervisor put right waits for its author no more', async () => {
  const old = await refused();
  const desk = await town.tablet();
  const supervisor = await desk.enrol('shiroishi-citysv');
  const id = supervisor.newId();
  must(await supervisor.write('visit.log', { id, arrivedAt: 1, ...count }, { supersedes: old }));
  await sync(desk, place);
  expect(session.outbox.value).toEqual([]);
  expect(state().needsCare).toBe(0);
  const told = { id: old, isPutRight: true, reason: undefined, wentIn: false };
  expect(must(await session.withdrawn())).toMatchObject([told]);
}, 30_000);

test('of two values one is withdrawn: at once it waits for nobody, though the line is cut', async () => {
  const id = await registered();
  await met(id);
  const [item] = session.outbox.value;
  place.line.isCut = true;
  must(await session.discard(item?.id ?? '', 'いらない'));
  expect(session.outbox.value).toEqual([]);
  expect(state().needsCare).toBe(0);
  expect(card(session, id)).toMatchObject({ alias: 'あちら', glyphNote: '字形' });
}, 30_000);

test('an entry that was withdrawn here stays so when its verdict changes', async () => {
  const old = await refused();
  must(await session.discard(old, 'いらない'));
  await sync(place);
  expect(state().needsCare).toBe(0);
  await sync(place);
  expect(session.outbox.value).toEqual([]);
}, 30_000);
