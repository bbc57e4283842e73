/** A refused entry whose record is gone or past that step: nothing is offered that cannot succeed, and no words are lost. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import type { ComponentChildren } from 'preact';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { Repair, type Repairable } from '../../src/app/screens/outbox/repair.tsx';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Session } from '../../src/device/types.ts';
import { stateOf } from '../../src/domain/kind.ts';
import { fail } from '../../src/domain/problem.ts';
import { partOf } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { dbOf } from '../support/restored-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let first: Place;
let second: Place;
let boss: Place;
const person = seekerArgs('消える');
beforeAll(async () => {
  town = await openTown();
  first = await town.tablet();
  second = await town.tablet();
  boss = await town.tablet();
  await first.enrol('shiroishi-city1');
  await second.enrol('shiroishi-city2');
  await boss.enrol('shiroishi-citysv');
  must(await sit(first).write('seeker.register', person));
  await sync(first);
  await sync(second);
  await sync(boss);
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const sync = (place: Place) => place.tab.tablet.syncNow();
const button = (name: string | RegExp) => screen.findByRole('button', { name, hidden: true });
const noButton = (name: string | RegExp) =>
  expect(screen.queryByRole('button', { name, hidden: true })).toBeNull();
const press = async (name: string | RegExp) => fireEvent.click(await button(name));
const show = (place: Place, name: Parameters<typeof go>[0]) => {
  render(<App tablet={place.tab.tablet} />);
  go(name);
};
const within = (place: Place, children: ComponentChildren) =>
  render(
    <TabletContext.Provider value={place.tab.tablet}>
      <SessionContext.Provider value={sit(place)}>{children}</SessionContext.Provider>
    </TabletContext.Provider>,
  );
const repair = (place: Place, item: Repairable, author?: string) =>
  within(
    place,
    <Repair item={item} author={author} onClose={() => undefined} onDiscard={() => undefined} />,
  );
const field = async (name: RegExp) =>
  (await screen.findByRole('textbox', { name, hidden: true })) as HTMLTextAreaElement;

const walkIn = async (place: Place, summary: string): Promise<string> => {
  const session = sit(place);
  const [id, newVisit] = [session.newId(), session.newId()];
  const asked = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
  const said = {
    services: ['careerCounselling'],
    minutes: 30,
    summary,
    startedAt: town.area.clock.now,
  };
  const args = {
    id,
    newVisit,
    seeker: person.id,
    arrivedAt: town.area.clock.now,
    ...asked,
    ...said,
  };
  must(await session.write('consultation.recordWalkIn', args));
  await sync(place);
  return id;
};

/** The second tablet corrects without a line what the first one cancels meanwhile. */
async function cancelled(summary: string, change: Values): Promise<string> {
  const id = await walkIn(first, summary);
  await sync(second);
  await sync(boss);
  second.line.isCut = true;
  must(await sit(second).openPerson(person.id, '相談'));
  must(await sit(second).write('consultation.amend', { id, ...change }));
  must(await sit(first).write('consultation.void', { id, voidReason: 'mistake' }));
  await sync(first);
  second.line.isCut = false;
  await sync(second);
  await sync(boss);
  return id;
}

const recorded = (place: Place) =>
  sit(place)
    .all('consultation')
    .peek()
    .filter((record) => stateOf(record) === 'recorded');

describe('a correction of what was cancelled meanwhile', () => {
  test('is not sent again in vain: her words go into a new consultation, and nothing waits or counts twice', async () => {
    const id = await cancelled('前のまとめ', { notes: '長い内部のメモ', minutes: 45 });
    expect(sit(second).outbox.peek()[0]?.seen).toEqual({ minutes: 30 });
    show(second, 'outbox');
    await press(/直して送りなおす|内容を確かめる/);
    expect(await screen.findByText(/このままでは、送りなおしても入りません/)).toBeTruthy();
    expect(screen.getByText('長い内部のメモ')).toBeTruthy();
    noButton('送りなおす');
    await press('新しい相談として記録する');
    expect((await field(/^内部メモ/)).value).toBe('長い内部のメモ');
    expect((await field(/^共有のまとめ/)).value).toBe('前のまとめ');
    await press('相談を記録する');
    await waitFor(() =>
      expect(
        sit(second)
          .outbox.peek()
          .map(({ state }) => state),
      ).toEqual(['pending']),
    );
    await sync(second);
    await waitFor(() => expect(sit(second).outbox.peek()).toEqual([]));
    const [made, ...more] = recorded(second);
    expect(more).toEqual([]);
    expect(made?.id).not.toBe(id);
    const old = partOf(sit(second).get('consultation', id), 'facts');
    expect(partOf(made, 'facts')).toMatchObject({
      minutes: 45,
      date: old['date'],
      visit: old['visit'],
    });
    const answer = must(await sit(boss).ask('/api/repair')) as { repairs: unknown[] };
    expect(answer.repairs).toEqual([]);
  });

  test('her supervisor sees whom it is about, and the same way', async () => {
    await cancelled('二つめ', { summary: '責任者が読むまとめ' });
    const before = recorded(boss).length;
    show(boss, 'admin');
    await press(/相談を訂正をひらく/);
    expect(await screen.findByText(/消える/)).toBeTruthy();
    expect(screen.getByText('責任者が読むまとめ')).toBeTruthy();
    expect(
      screen.getByText(/見本 花子さんが、.+に「相談を取り消す」を記録しています/),
    ).toBeTruthy();
    noButton('引き取って直す');
    await press('新しい相談として記録する');
    expect((await field(/^共有のまとめ/)).value).toBe('責任者が読むまとめ');
    expect(screen.getByText(/この方の相談がほかに1件あります/)).toBeTruthy();
    await press('相談を記録する');
    await waitFor(() => noButton(/相談を訂正をひらく/));
    expect(recorded(boss)).toHaveLength(before + 1);
    await sync(second);
    await waitFor(() => expect(sit(second).outbox.peek()).toEqual([]));
  });
});

test('a consultation whose visit was cancelled goes to another visit, or to one made with it', async () => {
  const session = sit(first);
  const visit = session.newId();
  const asked = {
    channel: 'inPerson',
    visitKind: 'new',
    purposes: ['careerCounselling'],
    heads: 1,
  };
  must(await session.write('visit.log', { id: visit, arrivedAt: town.area.clock.now, ...asked }));
  await sync(first);
  await sync(second);
  second.line.isCut = true;
  const id = sit(second).newId();
  const said = { services: ['careerCounselling'], summary: '来所が消えた相談' };
  must(await sit(second).write('consultation.record', { id, visit, seeker: person.id, ...said }));
  must(await session.write('visit.void', { id: visit, voidReason: 'mistake' }));
  await sync(first);
  second.line.isCut = false;
  await sync(second);
  show(second, 'outbox');
  await press(/直して送りなおす|内容を確かめる/);
  await press('新しい相談として記録する');
  expect((await field(/^共有のまとめ/)).value).toBe('来所が消えた相談');
  fireEvent.click(await screen.findByRole('radio', { name: '受付に出ていない', hidden: true }));
  await press('相談を記録する');
  await waitFor(() => expect(sit(second).outbox.peek()[0]?.state).toBe('pending'));
  expect(sit(second).outbox.peek()[0]?.verb).toBe('consultation.recordWalkIn');
  await sync(second);
  await waitFor(() => expect(sit(second).outbox.peek()).toEqual([]));
});

test('a step that a visit is past cannot be taken again: only withdrawing is offered', async () => {
  const session = sit(first);
  const id = session.newId();
  const asked = {
    channel: 'inPerson',
    visitKind: 'new',
    purposes: ['careerCounselling'],
    heads: 1,
  };
  must(await session.write('visit.log', { id, arrivedAt: town.area.clock.now, ...asked }));
  must(await session.write('visit.finish', { id }));
  const problem = { code: 'baseChanged', kind: 'visit', fields: ['state'] } as const;
  const said = { id: 'e-1', verb: 'visit.call', title: '呼び出す', businessDate: '2026-11-13' };
  repair(first, { ...said, problem, args: { id }, personName: undefined });
  expect(await screen.findByText(/来所は「.+」になっているため/)).toBeTruthy();
  noButton('もう一度送る');
  await button('理由を書いて取り下げる');
});

test('what was put right elsewhere meanwhile is not sent a second time, though nothing stands in its way here', async () => {
  const summary = '二重になる文';
  const args = { id: await walkIn(first, 'もとの文'), summary };
  const said = { id: 'e-3', verb: 'consultation.amend', title: '相談を訂正', args };
  const problem = { code: 'superseded' } as const;
  expect(await sit(first).check(said.verb, args)).toBeUndefined();
  repair(first, { ...said, businessDate: '2026-11-13', problem, personName: undefined });
  expect(await screen.findByText(/二重に数えないよう、これは送れません/)).toBeTruthy();
  expect(screen.getByText(summary)).toBeTruthy();
  noButton('送りなおす');
  noButton('新しい相談として記録する');
  await button('理由を書いて取り下げる');
});

describe('a correction of a registration', () => {
  const item = (id: string): Repairable => ({
    id: `e-${id}`,
    verb: 'seeker.amend',
    title: '求職者の台帳を訂正',
    businessDate: '2026-11-13',
    problem: { code: 'revoked' },
    args: { id, address: '札幌市白石区本通9' },
    personName: '消える 試し',
  });

  test('in which a category was ticked that may not be entered is unticked in the same form', async () => {
    repair(first, item(person.id));
    await button('送りなおす');
    fireEvent.click(await screen.findByRole('checkbox', { name: /DV/, hidden: true }));
    await press('送りなおす');
    expect(await screen.findByText(/もう一度試しましたが/)).toBeTruthy();
    expect(screen.getByText(/紙の手順/)).toBeTruthy();
    fireEvent.click(await screen.findByRole('checkbox', { name: /DV/, hidden: true }));
    await press('送りなおす');
    const sent = { id: person.id, address: '札幌市白石区本通9' };
    await waitFor(() => expect(sit(first).outbox.peek().at(-1)?.args).toEqual(sent));
  });

  test('that was merged meanwhile says where to, and does not send her to wait', async () => {
    const session = sit(boss);
    const [twin, root] = [seekerArgs('双子'), seekerArgs('元')];
    for (const one of [twin, root]) must(await session.write('seeker.register', one));
    await sync(boss);
    must(await session.openPerson(twin.id, '相談'));
    must(await session.write('seeker.merge', { id: twin.id, into: root.id }));
    expect(await session.check('seeker.amend', item(twin.id).args ?? {})).toBeUndefined();
    repair(boss, item(twin.id));
    expect(
      await screen.findByText(/この台帳は、「元.*」さんの台帳にまとめられています/),
    ).toBeTruthy();
    expect(screen.getByText('札幌市白石区本通9')).toBeTruthy();
    expect(screen.queryByText(/少し待ってから/)).toBeNull();
    noButton('もう一度開く');
    noButton('送りなおす');
    await button('理由を書いて取り下げる');
  });
});

describe('a correction that may still be sent', () => {
  const item = (id: string, args: Values, seen?: Values): Repairable => ({
    id: `e-2-${id}`,
    verb: 'consultation.amend',
    title: '相談を訂正',
    businessDate: '2026-11-13',
    problem: { code: 'revoked' },
    args: { id, ...args },
    personName: '消える 試し',
    seen,
  });

  test('lies on the record as it is now, and only the difference is sent', async () => {
    const id = await walkIn(first, 'はじめの文');
    must(await sit(first).write('consultation.amend', { id, minutes: 60 }));
    repair(first, item(id, { summary: '直した文' }, { summary: 'はじめの文' }));
    expect(await screen.findByText(/次の1項目を重ねて送ります/)).toBeTruthy();
    expect((await field(/^共有のまとめ/)).value).toBe('直した文');
    expect(
      (screen.getByRole('textbox', { name: /^時間/, hidden: true }) as HTMLInputElement).value,
    ).toBe('60');
    expect(
      screen.getByRole('checkbox', { name: /キャリア/, hidden: true, checked: true }),
    ).toBeTruthy();
    expect(screen.queryByText('入力のあとに書き換えられています')).toBeNull();
    await press('送りなおす');
    await waitFor(() =>
      expect(sit(first).outbox.peek().at(-1)?.args).toEqual({ id, summary: '直した文' }),
    );
  });

  test('is not written over a record that could not be opened: no form, nothing called empty, and it can be tried again', async () => {
    const id = await walkIn(first, 'あとから書かれた大事な文');
    await sync(second);
    const session = sit(second);
    let isFull = true;
    const open: Session['open'] = async (...about) =>
      isFull ? fail({ code: 'storageFull' }) : session.open(...about);
    const broken = Object.create(session, { open: { value: open } }) as Session;
    render(
      <TabletContext.Provider value={second.tab.tablet}>
        <SessionContext.Provider value={broken}>
          <Repair
            item={item(id, { summary: '私の文' })}
            onClose={() => undefined}
            onDiscard={() => undefined}
          />
        </SessionContext.Provider>
      </TabletContext.Provider>,
    );
    expect(await screen.findByText(/いまの記録を開けないため、まだ直せません/)).toBeTruthy();
    expect(screen.getByText('私の文')).toBeTruthy();
    expect(screen.queryByText(/（空）/)).toBeNull();
    noButton('送りなおす');
    isFull = false;
    await press('もう一度開く');
    expect(await screen.findByText(/いまの記録：あとから書かれた大事な文/)).toBeTruthy();
    await button('送りなおす');
  });

  test('keeps what is typed under its entry, and with it the ids of the person and the record, so that it goes with them', async () => {
    const id = await walkIn(first, 'はじめの文');
    const session = sit(first);
    const one = item(id, { summary: '直した文' });
    // As the releases before kept it.
    const key = `repair-${one.id}`;
    await session.writeDraft(key, { summary: '前の版の下書き' });
    repair(first, one);
    const summary = await field(/^共有のまとめ/);
    await waitFor(() => expect(summary.value).toBe('前の版の下書き'));
    const { drafts } = await dbOf(first, 'shiroishi-city1');
    const about = async () => (await drafts.get(key))?.about;
    await waitFor(async () => expect(await about()).toEqual([id, person.id].toSorted()));
    fireEvent.input(summary, { target: { value: '打ちかけの文' } });
    await waitFor(async () =>
      expect(await session.readDraft(key)).toMatchObject({ summary: '打ちかけの文' }),
    );
    cleanup();
    repair(first, one);
    const again = await field(/^共有のまとめ/);
    await waitFor(() => expect(again.value).toBe('打ちかけの文'));
    // Half filled in the other form; with the entry put right nobody comes back to it.
    await session.writeDraft(`anew-${one.id}`, { summary: '別の書きかけ' });
    await press('送りなおす');
    await waitFor(async () =>
      expect((await drafts.toCollection().primaryKeys()).filter((k) => k.includes(one.id))).toEqual(
        [],
      ),
    );
  });

  test('names what somebody else has written since, and what is written while it is open is not overwritten unseen', async () => {
    const id = await walkIn(first, 'はじめの文');
    must(await sit(first).write('consultation.amend', { id, summary: 'ほかの人の文' }));
    repair(first, item(id, { summary: '私の文' }, { summary: 'はじめの文' }));
    expect(await screen.findByText('入力のあとに書き換えられています')).toBeTruthy();
    expect(screen.getByText(/いまの記録：ほかの人の文/)).toBeTruthy();
    expect(screen.getByText(/送ると二つの値がどちらも残り/)).toBeTruthy();
    must(await sit(first).write('consultation.amend', { id, summary: 'もっと新しい文' }));
    expect(await screen.findByText(/いまの記録：もっと新しい文/)).toBeTruthy();
    await press('送りなおす');
    await waitFor(() =>
      expect(sit(first).outbox.peek().at(-1)).toMatchObject({
        args: { id, summary: '私の文' },
        seen: { summary: 'はじめの文' },
      }),
    );
  });

  test('each refused press is said anew, with its time and how often; a colleague’s text does not lie on this tablet', async () => {
    const id = await walkIn(first, '文');
    repair(first, item(id, { next: { time: '10:00' } }), '例示 太郎');
    await press('送りなおす');
    const once = await screen.findByText(/もう一度試しましたが/);
    expect(once.closest('[role=alert]')).toBeTruthy();
    await press('送りなおす');
    expect(await screen.findByText(/（2回目）/)).toBeTruthy();
    expect(once.isConnected).toBe(false);
    expect(screen.queryByText(/この端末に残っています/)).toBeNull();
  });

  test('cancelled while it is open, it turns into what can still become of it, her newest words with it', async () => {
    const id = await walkIn(first, '文');
    repair(first, item(id, { summary: '打った文' }, { summary: '文' }));
    const summary = await field(/^共有のまとめ/);
    // Nobody types before the page has come to rest.
    await new Promise((done) => setTimeout(done, 200));
    fireEvent.input(summary, { target: { value: 'もっと打った文' } });
    must(await sit(first).write('consultation.void', { id, voidReason: 'mistake' }));
    await press('送りなおす');
    expect(await screen.findByText('もっと打った文')).toBeTruthy();
    expect(screen.getByText(/もう一度試しましたが/)).toBeTruthy();
    const db = await dbOf(first, 'shiroishi-city1');
    const keys = async () => (await db.drafts.toCollection().primaryKeys()).map(String).join();
    await waitFor(async () => expect(await keys()).toContain(id));
    await press('入力にもどる');
    await waitFor(async () => expect((await field(/^共有のまとめ/)).value).toBe('もっと打った文'));
    await press('送りなおす');
    await press('新しい相談として記録する');
    expect((await field(/^共有のまとめ/)).value).toBe('もっと打った文');
  });
});
