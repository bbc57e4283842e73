/** What a form was begun from lies under what it sends: what has moved since is not written over, both values are kept. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import type { ComponentChildren } from 'preact';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { Repair, type Repairable } from '../../src/app/screens/outbox/repair.tsx';
import { HeldBack } from '../../src/app/frame/held-back.tsx';
import { VisitPanel } from '../../src/app/screens/reception/visit-panel.tsx';
import { RecordForm } from '../../src/app/screens/records/record-form.tsx';
import { AmendFile } from '../../src/app/screens/seekers/amend-file.tsx';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { conflictsOf } from '../../src/domain/conflict.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import { partOf } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let first: Place;
let second: Place;
let boss: Place;
const person = { ...seekerArgs('下敷き'), postal: '003-0001', address: '白石1条' };
beforeAll(async () => {
  town = await openTown();
  first = await town.tablet();
  second = await town.tablet();
  boss = await town.tablet();
  await first.enrol('shiroishi-city1');
  await second.enrol('shiroishi-city2');
  await boss.enrol('shiroishi-citysv');
  must(await sit(first).write('seeker.register', person));
  await syncAll();
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const sync = (place: Place) => place.tab.tablet.syncNow();
const syncAll = async () => {
  for (const place of [first, second, boss]) await sync(place);
};
const press = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name, hidden: true }));
const box = async (name: RegExp) =>
  (await screen.findByRole('textbox', { name, hidden: true })) as HTMLInputElement;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** A form keeps a draft only once it is drawn. */
const type = async (name: RegExp, value: string) => {
  const found = await box(name);
  await pause(100);
  fireEvent.input(found, { target: { value } });
  return found;
};
const leave = async () => {
  await pause(300);
  cleanup();
  await pause(100);
};
/** What was kept is the value now, and nobody has to choose any more. */
const choose = async (verb: string, args: Values) => {
  must(await sit(first).write(verb, args));
  await syncAll();
  expect(sit(first).outbox.peek()).toEqual([]);
};
const within = (place: Place, children: ComponentChildren) =>
  render(
    <TabletContext.Provider value={place.tab.tablet}>
      <SessionContext.Provider value={sit(place)}>{children}</SessionContext.Provider>
    </TabletContext.Provider>,
  );
const held = (place: Place, kind: string, id: string, part: string) =>
  partOf(sit(place).get(kind, id), part);
const both = (part: Values, field: string) => [
  part[field],
  ...conflictsOf(part)
    .filter((kept) => kept.field === field)
    .map(({ value }) => value),
];

async function talk(more: Values): Promise<string> {
  const session = sit(first);
  const [id, newVisit] = [session.newId(), session.newId()];
  const now = town.area.clock.now;
  const asked = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
  const said = { services: ['careerCounselling'], minutes: 30, startedAt: now, ...more };
  const ids = { id, newVisit, seeker: person.id, arrivedAt: now };
  must(await session.write('consultation.recordWalkIn', { ...ids, ...asked, ...said }));
  await syncAll();
  for (const place of [first, second, boss])
    must(await sit(place).open('consultation', id, '訂正'));
  return id;
}

async function correct(id: string): Promise<void> {
  const [verb, record] = [verbNamed('consultation.amend'), sit(first).get('consultation', id)];
  if (!verb || !record) throw new Error('nothing to correct');
  const close = () => undefined;
  within(first, <RecordForm verb={verb} record={record} onClose={close} />);
  await screen.findByRole('button', { name: '訂正を保存する', hidden: true });
}

/** A colleague's write that this tablet has pulled while the form is open. */
async function meanwhile(verb: string, args: Values): Promise<void> {
  must(await sit(second).write(verb, args));
  await sync(second);
  await sync(first);
}

const written = (place: Place, verb: string) =>
  waitFor(() => expect(sit(place).outbox.peek().at(-1)).toMatchObject({ verb, state: 'pending' }));

async function saved(verb: string): Promise<void> {
  await press('訂正を保存する');
  await written(first, verb);
  await syncAll();
}

/** As who chooses どちらかに決める in the list of what needs care finds it. */
async function decidesBetween(...values: readonly string[]): Promise<void> {
  cleanup();
  render(<App tablet={first.tab.tablet} />);
  go('outbox');
  await press('どちらかに決める');
  for (const value of values) expect(await screen.findByText(value)).toBeTruthy();
  await press('あなたの値にする');
  await waitFor(() => expect(screen.queryByText(values[0] ?? '')).toBeNull());
  await syncAll();
  await waitFor(() => expect(sit(first).outbox.peek()).toEqual([]));
}

describe('two tablets, the same field: both values are kept', () => {
  test('though the other one has arrived while the form was open', async () => {
    const id = await talk({ summary: 'はじめの文' });
    await correct(id);
    await type(/^共有のまとめ/, '私の文');
    await meanwhile('consultation.amend', { id, summary: '同僚の大事な文', minutes: 45 });
    await saved('consultation.amend');
    expect(both(held(second, 'consultation', id, 'shared'), 'summary')).toEqual([
      '同僚の大事な文',
      '私の文',
    ]);
    expect(held(second, 'consultation', id, 'facts')['minutes']).toBe(45);
    await decidesBetween('同僚の大事な文', '私の文');
    expect(held(second, 'consultation', id, 'shared')['summary']).toBe('私の文');
  });

  test('though it was typed the day before and comes back as a draft', async () => {
    const id = await talk({ summary: 'はじめの文' });
    await correct(id);
    await type(/^共有のまとめ/, 'きのうの下書き');
    await leave();
    await meanwhile('consultation.amend', { id, summary: '同僚のけさの文' });
    await correct(id);
    expect(await screen.findByText('前の書きかけを開きました。')).toBeTruthy();
    expect((await box(/^共有のまとめ/)).value).toBe('きのうの下書き');
    await saved('consultation.amend');
    expect(both(held(second, 'consultation', id, 'shared'), 'summary')).toEqual([
      '同僚のけさの文',
      'きのうの下書き',
    ]);
    await choose('consultation.amend', { id, summary: 'きのうの下書き' });
  });

  test('begun anew, the draft is forgotten and the value of now is the one that is corrected', async () => {
    const id = await talk({ summary: 'はじめの文' });
    await correct(id);
    await type(/^共有のまとめ/, 'すてる下書き');
    await leave();
    await meanwhile('consultation.amend', { id, summary: '同僚の文' });
    await correct(id);
    await press('書きかけを消してはじめから');
    expect((await box(/^共有のまとめ/)).value).toBe('同僚の文');
    await type(/^共有のまとめ/, '同僚の文に足した文');
    await saved('consultation.amend');
    expect(both(held(second, 'consultation', id, 'shared'), 'summary')).toEqual([
      '同僚の文に足した文',
    ]);
  });

  test('and what goes together is kept together: no address under another postal code', async () => {
    for (const place of [first, second]) must(await sit(place).openPerson(person.id, '訂正'));
    const seeker = sit(first).get('seeker', person.id);
    if (!seeker) throw new Error('nobody');
    within(first, <AmendFile seeker={seeker} onClose={() => undefined} />);
    await type(/^住所/, '東札幌2条');
    await meanwhile('seeker.amend', { id: person.id, postal: '060-0001' });
    await saved('seeker.amend');
    must(await sit(second).openPerson(person.id, '訂正'));
    const file = held(second, 'seeker', person.id, 'file');
    expect([both(file, 'postal'), both(file, 'address')]).toEqual([
      ['060-0001', '003-0001'],
      ['白石1条', '東札幌2条'],
    ]);
    const whole = { postal: '003-0001', address: '東札幌2条' };
    await choose('seeker.amend', { id: person.id, ...whole });
  });
});

describe('what a colleague has written while the form was open', () => {
  function OpenVisit({ id }: { readonly id: string }) {
    const visit = sit(first)
      .all('visit')
      .value.find((one) => one.id === id);
    return visit ? <VisitPanel visit={visit} onClose={() => undefined} /> : null;
  }

  test('is not sent back in the correction of another field of a visit', async () => {
    const session = sit(first);
    const id = session.newId();
    const asked = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
    const args = { id, arrivedAt: town.area.clock.now, heads: 1, ...asked };
    must(await session.write('visit.log', args));
    await syncAll();
    within(first, <OpenVisit id={id} />);
    await press('訂正する');
    await screen.findByText('来所を訂正する');
    await meanwhile('visit.amend', { id, heads: 3 });
    fireEvent.click(await screen.findByRole('radio', { name: '再来', hidden: true }));
    await press('訂正する');
    await written(first, 'visit.amend');
    expect(session.outbox.peek().at(-1)?.args).toEqual({ id, visitKind: 'returning' });
    await syncAll();
    expect(held(second, 'visit', id, 'facts')).toMatchObject({ heads: 3, visitKind: 'returning' });
  });

  test('is kept beside a field that was held back and follows the rest', async () => {
    const id = await talk({ summary: 'はじめの文' });
    await correct(id);
    await type(/^共有のまとめ/, '番号は1234-5678-9018');
    await type(/^時間/, '45');
    await press('訂正を保存する');
    await written(first, 'consultation.amend');
    cleanup();
    expect(sit(first).outbox.peek().at(-1)?.args).toEqual({ id, minutes: 45 });
    await meanwhile('consultation.amend', { id, summary: '同僚の文' });
    within(first, <HeldBack />);
    await type(/^共有のまとめ/, '番号のない文');
    await press('この欄を保存');
    await written(first, 'consultation.amend');
    await syncAll();
    expect(both(held(second, 'consultation', id, 'shared'), 'summary')).toEqual([
      '同僚の文',
      '番号のない文',
    ]);
    await choose('consultation.amend', { id, summary: '番号のない文' });
  });

  test('is not what she has saved herself: a field held back does not meet the rest of its own save', async () => {
    must(await sit(first).openPerson(person.id, '訂正'));
    const seeker = sit(first).get('seeker', person.id);
    if (!seeker) throw new Error('nobody');
    within(first, <AmendFile seeker={seeker} onClose={() => undefined} />);
    await type(/^郵便番号/, '060-0002');
    await type(/^住所/, '東札幌9条 番号1234-5678-9018');
    await press('訂正を保存する');
    await written(first, 'seeker.amend');
    cleanup();
    within(first, <HeldBack />);
    await type(/^住所/, '東札幌9条');
    await press('この欄を保存');
    await waitFor(() => expect(screen.queryByText('まだ保存していない欄')).toBeNull());
    await syncAll();
    must(await sit(first).openPerson(person.id, '訂正'));
    const file = held(first, 'seeker', person.id, 'file');
    expect([both(file, 'postal'), both(file, 'address')]).toEqual([['060-0002'], ['東札幌9条']]);
  });
});

describe('次回予約, which stands in an appointment', () => {
  const next = (id: string) => held(second, 'appointment', `${id}-next`, 'facts');
  const day = async (): Promise<HTMLInputElement> => {
    const fields = await screen.findAllByRole('textbox', { name: '日', hidden: true });
    return fields.at(-1) as HTMLInputElement;
  };

  test('is shown in the form, and moved by two at once both days are kept', async () => {
    const id = await talk({ summary: '文', next: { date: '2026-12-01', time: '10:00' } });
    await correct(id);
    expect((await day()).value).toBe('1');
    fireEvent.input(await day(), { target: { value: '5' } });
    await meanwhile('appointment.amend', { id: `${id}-next`, dueOn: '2026-12-20' });
    await saved('consultation.amend');
    expect(both(next(id), 'dueOn')).toEqual(['2026-12-20', '2026-12-05']);
    expect(next(id)['state']).toBe('booked');
    await choose('appointment.amend', { id: `${id}-next`, dueOn: '2026-12-05', time: '10:00' });
  });

  test('untouched it is not sent', async () => {
    const id = await talk({ summary: '文', next: { date: '2026-12-01' } });
    await correct(id);
    await type(/^共有のまとめ/, '直した文');
    await press('訂正を保存する');
    await written(first, 'consultation.amend');
    expect(sit(first).outbox.peek().at(-1)?.args).toEqual({ id, summary: '直した文' });
    await syncAll();
  });

  test('kept meanwhile it is not opened again: said at the field, and the rest can be sent', async () => {
    const id = await talk({ summary: '文', next: { date: '2026-11-01' } });
    await correct(id);
    await type(/^共有のまとめ/, '残る文');
    fireEvent.input(await day(), { target: { value: '5' } });
    await meanwhile('appointment.keep', { id: `${id}-next` });
    await press('訂正を保存する');
    expect((await screen.findAllByText(/前の予約は、いま「来た」です/)).length).toBeGreaterThan(0);
    await leave();
    await correct(id);
    expect(await screen.findByText('前の書きかけを開きました。')).toBeTruthy();
    await waitFor(async () => expect((await day()).value).toBe('5'));
    for (const name of ['年', '月', '日']) {
      const parts = await screen.findAllByRole('textbox', { name, hidden: true });
      fireEvent.input(parts.at(-1) as HTMLElement, { target: { value: '' } });
    }
    await saved('consultation.amend');
    expect(next(id)['state']).toBe('kept');
    expect(held(second, 'consultation', id, 'shared')['summary']).toBe('残る文');
  });
});

describe('a refused correction that is sent again', () => {
  const item = (id: string, args: Values, seen: Values): Repairable => ({
    id: 'e-1',
    verb: 'consultation.amend',
    title: '相談を訂正',
    businessDate: '2026-11-13',
    problem: { code: 'revoked' },
    args: { id, ...args },
    personName: '下敷き 試し',
    seen,
  });
  const repair = (about: Repairable) =>
    within(first, <Repair item={about} onClose={() => undefined} onDiscard={() => undefined} />);
  const sent = () => sit(first).outbox.peek().at(-1);
  /** The server knows nothing of the entry that it puts right. */
  const withdraw = async () => {
    await syncAll();
    must(await sit(first).discard(sent()?.id ?? '', '試し'));
    await syncAll();
  };

  test('lies over what its author saw, and shows what stands there before it is pressed', async () => {
    const id = await talk({ summary: 'はじめの文' });
    repair(item(id, { summary: '私の文' }, { summary: 'はじめの文' }));
    await box(/^共有のまとめ/);
    await meanwhile('consultation.amend', { id, summary: 'ほかの人の文' });
    expect(await screen.findByText(/いまの記録：ほかの人の文/)).toBeTruthy();
    expect(screen.getByText('入力のあとに書き換えられています')).toBeTruthy();
    expect(screen.getByText(/送ると二つの値がどちらも残り/)).toBeTruthy();
    await press('送りなおす');
    await written(first, 'consultation.amend');
    expect(sent()).toMatchObject({
      args: { id, summary: '私の文' },
      seen: { summary: 'はじめの文' },
    });
    await withdraw();
  });

  test('a draft of it that comes back says so, and lies over what was seen when it was typed', async () => {
    const id = await talk({ summary: 'はじめの文' });
    const about = item(id, { minutes: 45 }, { minutes: 30 });
    repair(about);
    await type(/^共有のまとめ/, 'きのうの下書き');
    await leave();
    await meanwhile('consultation.amend', { id, summary: '同僚のけさの文' });
    repair(about);
    expect(await screen.findByText('前の書きかけを開きました。')).toBeTruthy();
    expect(await screen.findByText(/いまの記録：同僚のけさの文/)).toBeTruthy();
    await press('送りなおす');
    await written(first, 'consultation.amend');
    expect(sent()?.seen).toMatchObject({ summary: 'はじめの文', minutes: 30 });
    await withdraw();
  });

  test('does not move an appointment unseen, nor open one again that was kept', async () => {
    const id = await talk({ summary: '文', next: { date: '2026-11-01' } });
    const about = item(id, { next: { date: '2026-11-05' } }, { next: { date: '2026-11-01' } });
    await meanwhile('appointment.amend', { id: `${id}-next`, dueOn: '2026-11-10' });
    repair(about);
    expect(await screen.findByText(/いまの記録：日にち：.*11月10日/)).toBeTruthy();
    await meanwhile('appointment.keep', { id: `${id}-next` });
    await press('送りなおす');
    expect((await screen.findAllByText(/前の予約は、いま「来た」です/)).length).toBeGreaterThan(0);
    expect(sent()?.args).not.toMatchObject({ next: { date: '2026-11-05' } });
    cleanup();
    repair(about);
    expect((await screen.findAllByText(/前の予約は、いま「来た」です/)).length).toBeGreaterThan(0);
    expect(screen.queryByText(/いまの記録：（空）/)).toBeNull();
    await syncAll();
    expect(held(second, 'appointment', `${id}-next`, 'facts')).toMatchObject({
      state: 'kept',
      dueOn: '2026-11-10',
    });
  });

  test('by her supervisor, it lies over what its author saw', async () => {
    const id = await talk({ summary: 'はじめの文' });
    second.line.isCut = true;
    must(await sit(second).write('consultation.amend', { id, summary: '止まった端末の文' }));
    const { stores } = must(await sit(boss).ask('/api/stores')) as {
      stores: readonly { store: string; user: string }[];
    };
    const store = stores.find(({ user }) => user === 'shiroishi-city2')?.store;
    must(await sit(boss).ask('/api/stores/revoke', { body: { store } }));
    must(await sit(first).write('consultation.amend', { id, summary: '同僚の文' }));
    await sync(first);
    second.line.isCut = false;
    await sync(second);
    await sync(boss);
    render(<App tablet={boss.tab.tablet} />);
    go('admin');
    await press(/相談を訂正をひらく/);
    await press('引き取って直す');
    expect(await screen.findByText(/いまの記録：同僚の文/)).toBeTruthy();
    expect(screen.getByText('入力のあとに書き換えられています')).toBeTruthy();
    await press('送りなおす');
    await written(boss, 'consultation.amend');
    await sync(boss);
    await sync(first);
    must(await sit(first).open('consultation', id, '訂正'));
    expect(both(held(first, 'consultation', id, 'shared'), 'summary')).toEqual([
      '同僚の文',
      '止まった端末の文',
    ]);
  });
});
