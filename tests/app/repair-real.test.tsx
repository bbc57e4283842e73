/** 未送信・要確認, 職員の要確認, きょうの照合 and 準備チェック as staff use them, over the real tablet and the real server. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { Repair, type Repairable } from '../../src/app/screens/outbox/repair.tsx';
import { showing } from '../../src/app/screens/ready/showing.ts';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { partOf } from '../../src/domain/record.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let first: Place;
let second: Place;
let boss: Place;
const person = seekerArgs('重なる');
beforeAll(async () => {
  town = await openTown();
  first = await town.tablet();
  second = await town.tablet();
  boss = await town.tablet();
  await first.enrol('shiroishi-city1');
  await second.enrol('shiroishi-city2');
  await boss.enrol('shiroishi-citysv');
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
  showing.value = undefined;
});

const sync = (place: Place) => place.tab.tablet.syncNow();
const button = (name: string | RegExp) => screen.findByRole('button', { name, hidden: true });
const press = async (name: string | RegExp) => fireEvent.click(await button(name));
const show = (place: Place, name: Parameters<typeof go>[0]) => {
  render(<App tablet={place.tab.tablet} />);
  go(name);
};
const items = (place: Place) => sit(place).outbox.peek();

/** Her amendment meets one that arrived before; a visit that she corrects was cancelled before. */
async function accidents(): Promise<void> {
  const visit = sit(first).newId();
  const args = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'], heads: 1 };
  must(await sit(first).write('visit.log', { id: visit, arrivedAt: town.area.clock.now, ...args }));
  must(await sit(first).write('seeker.register', person));
  await sync(first);
  await sync(second);
  must(await sit(second).openPerson(person.id, '相談'));
  second.line.isCut = true;
  must(await sit(second).write('seeker.amend', { id: person.id, phone: '011-222-2222' }));
  must(await sit(second).write('visit.amend', { id: visit, heads: 3 }));
  must(await sit(first).write('seeker.amend', { id: person.id, phone: '011-111-1111' }));
  must(await sit(first).write('visit.void', { id: visit, voidReason: 'mistake' }));
  await sync(first);
  second.line.isCut = false;
  await sync(second);
}

describe('what the server did not simply take', () => {
  test('a supervisor of the author’s organisation sees it by author, opens it and withdraws it', async () => {
    await accidents();
    expect(items(second).map(({ state }) => state)).toEqual(['conflict', 'rejected']);
    show(boss, 'admin');
    const list = await screen.findByRole('list', { name: /例示 太郎の要確認/ });
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    expect(list.textContent).not.toContain('重なる');
    await press(/来所を訂正をひらく/);
    expect(
      await screen.findByText('来所は「取消ずみ」になっているため、この操作はできません。'),
    ).toBeTruthy();
    expect(screen.getByText('3人')).toBeTruthy();
    await press('理由を書いて取り下げる');
    const reason = await screen.findByLabelText(/取り下げる理由/);
    fireEvent.input(reason, { target: { value: '来所が取り消されたため' } });
    await press('取り下げる');
    await waitFor(() =>
      expect(screen.queryAllByRole('button', { name: /来所を訂正をひらく/ })).toHaveLength(0),
    );
    await sync(second);
    expect(items(second).map(({ state }) => state)).toEqual(['conflict']);
  });

  test('どちらかに決める shows both values; the choice is the one that stands, and the list is empty', async () => {
    show(second, 'outbox');
    await screen.findByText(
      '求職者の「電話」には、あなたの値より先に、別の値がサーバーに届いていました。',
    );
    await press('どちらかに決める');
    expect(await screen.findByText('011-111-1111')).toBeTruthy();
    expect(screen.getByText('011-222-2222')).toBeTruthy();
    await press('あなたの値にする');
    await waitFor(() => expect(screen.queryByText('011-222-2222')).toBeNull());
    await sync(second);
    await waitFor(() => expect(items(second)).toEqual([]));
    await sync(first);
    must(await sit(first).openPerson(person.id, '相談'));
    expect(partOf(sit(first).get('seeker', person.id), 'file')['phone']).toBe('011-222-2222');
  });

  test('peers 13: the form opens with the cursor in the field that is named, beside its reason', async () => {
    const fields = [{ field: 'phone', reason: '「電話」のけた数が足りません。' }];
    const item: Repairable = {
      id: 'e-1',
      verb: 'seeker.amend',
      title: '求職者の台帳を訂正',
      businessDate: '2026-11-13',
      problem: { code: 'invalidFields', fields },
      args: { id: person.id, phone: '011-2' },
      personName: '重なる 試し',
    };
    render(
      <TabletContext.Provider value={second.tab.tablet}>
        <SessionContext.Provider value={sit(second)}>
          <Repair item={item} onClose={() => undefined} onDiscard={() => undefined} />
        </SessionContext.Provider>
      </TabletContext.Provider>,
    );
    const phone = await screen.findByRole('textbox', { name: /^電話(?!の)/, hidden: true });
    await waitFor(() => expect(document.activeElement).toBe(phone));
    expect((phone as HTMLInputElement).value).toBe('011-2');
    expect(screen.getAllByText('「電話」のけた数が足りません。').length).toBeGreaterThan(0);
    expect(screen.getByText(/11月13日\(金\)/)).toBeTruthy();
  });
});

describe('きょうの照合 and 準備チェック without anybody signed in', () => {
  test('entered, received and the code; what has not arrived is named by its author, not by its title', async () => {
    const open = sit(first);
    first.line.isCut = true;
    must(await open.write('seeker.amend', { id: person.id, phone: '011-333-3333' }));
    first.tab.tablet.lock();
    render(<App tablet={first.tab.tablet} />);
    await press('きょうの照合');
    expect(await screen.findByText('まだ確かめられません')).toBeTruthy();
    expect(screen.getByText('見本 花子さんの記録')).toBeTruthy();
    expect(screen.queryByText(/台帳を訂正/)).toBeNull();
    first.line.isCut = false;
    await press('送って、もう一度確かめる');
    expect(await screen.findByText('一致しました')).toBeTruthy();
    expect(screen.getByText(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)).toBeTruthy();
    expect(screen.queryByText('見本 花子さんの記録')).toBeNull();
    await press('名前の画面にもどる');
    expect(await screen.findByText('名前を押してください')).toBeTruthy();
  });

  test('one sentence, and a line for everything that a day offline needs', async () => {
    render(<App tablet={first.tab.tablet} />);
    await press('準備チェック');
    expect(await screen.findByText('使えます')).toBeTruthy();
    const lines = within(screen.getByRole('list', { name: '準備チェック' })).getAllByRole(
      'listitem',
    );
    expect(lines).toHaveLength(9);
    cleanup();
    showing.value = undefined;
    town.area.clock.now += 80 * 3_600_000;
    first.line.isCut = true;
    render(<App tablet={first.tab.tablet} />);
    await press('準備チェック');
    expect(await screen.findByText('このままでは使えません')).toBeTruthy();
    expect(screen.getByText(/見本 花子：あと1日使えます/)).toBeTruthy();
    town.area.clock.now -= 80 * 3_600_000;
    first.line.isCut = false;
  });
});

describe('work of a stopped tablet', () => {
  test('waits in quarantine until her supervisor adopts it, on the day on which it was done', async () => {
    const id = sit(second).newId();
    second.line.isCut = true;
    const args = { id, arrivedAt: town.area.clock.now, channel: 'phone', visitKind: 'new' };
    const businessDate = '2026-11-13';
    const rest = { purposes: ['careerCounselling'], heads: 4 };
    must(await sit(second).write('visit.log', { ...args, ...rest }, { businessDate }));
    const stores = must(await sit(boss).ask('/api/stores')) as {
      stores: { store: string; user: string }[];
    };
    const store = stores.stores.find(({ user }) => user === 'shiroishi-city2')?.store;
    must(await sit(boss).ask('/api/stores/revoke', { body: { store } }));
    second.line.isCut = false;
    await sync(second);
    show(boss, 'admin');
    await press(/来所を記録をひらく|来所を数えるをひらく|来所.*をひらく/);
    expect(await screen.findByText(/^利用を止めたあとに届いた記録です/)).toBeTruthy();
    expect(screen.queryByText(/責任者に連絡/)).toBeNull();
    await press('引き取って直す');
    expect(await screen.findByText(/^利用を止めたあとに届いた記録です/)).toBeTruthy();
    expect(screen.queryByText(/責任者に連絡/)).toBeNull();
    const head = await screen.findByText(/^例示 太郎さんの入力/);
    expect(head.textContent).not.toContain('さんの記録');
    expect(screen.getByText('送ると、あなた（架空 市子）の記録になります。')).toBeTruthy();
    await press('送りなおす');
    await waitFor(() => expect(screen.queryByRole('list', { name: /の要確認/ })).toBeNull());
    await sync(boss);
    expect(partOf(sit(boss).get('visit', id), 'facts')).toMatchObject({
      heads: 4,
      date: businessDate,
    });
  });
});
