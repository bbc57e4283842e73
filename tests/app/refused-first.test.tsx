/** Somebody else was there first: the author is told who and why, nothing is put back on the wrong person, and no button is pressed in vain. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { stateOf } from '../../src/domain/kind.ts';
import type { Values } from '../../src/domain/value.ts';
import { seekerArgs } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let first: Place;
let second: Place;
let boss: Place;
const [one, other] = [seekerArgs('山田'), seekerArgs('鈴木')];
beforeAll(async () => {
  town = await openTown();
  [first, second, boss] = [await town.tablet(), await town.tablet(), await town.tablet()];
  await first.enrol('shiroishi-city1');
  await second.enrol('shiroishi-city2');
  await boss.enrol('shiroishi-citysv');
  for (const args of [one, other]) must(await sit(first).write('seeker.register', args));
  for (const place of [first, second, boss]) await sync(place);
}, 60_000);
afterAll(() => town.close());
afterEach(async () => {
  cleanup();
  dropToasts();
  for (const { id } of sit(second).outbox.peek()) must(await sit(second).discard(id, '済み'));
  await sync(second);
  await sync(boss);
});

const all = { hidden: true } as const;
const sync = (place: Place) => place.tab.tablet.syncNow();
const button = (name: string | RegExp) => screen.findByRole('button', { name, ...all });
const noButton = (name: string | RegExp) =>
  expect(screen.queryByRole('button', { name, ...all })).toBeNull();
const press = async (name: string | RegExp) => fireEvent.click(await button(name));
const dialog = () => within(screen.getByRole('dialog', all));
const show = (place: Place, ...to: Parameters<typeof go>) => {
  render(<App tablet={place.tab.tablet} />);
  go(...to);
};

/** The second tablet writes without a line what the first one makes impossible meanwhile. */
async function overtaken(mine: () => Promise<unknown>, theirs: () => Promise<unknown>) {
  await sync(second);
  second.line.isCut = true;
  await mine();
  await theirs();
  await sync(first);
  second.line.isCut = false;
  await sync(second);
  await sync(boss);
}

const came = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
async function visit(change: Values = {}): Promise<string> {
  const id = sit(first).newId();
  const args = { id, arrivedAt: town.area.clock.now, heads: 1, ...came, ...change };
  must(await sit(first).write('visit.log', args));
  await sync(first);
  return id;
}

async function talk(seeker = one.id): Promise<string> {
  const id = sit(first).newId();
  const at = { arrivedAt: town.area.clock.now, startedAt: town.area.clock.now };
  const said = { services: ['careerCounselling'], minutes: 30, summary: '前のまとめ' };
  const args = { id, newVisit: sit(first).newId(), seeker, ...came, ...at, ...said };
  must(await sit(first).write('consultation.recordWalkIn', args));
  await sync(first);
  return id;
}

describe('a consultation that was cancelled as that of the wrong person', () => {
  const wrong = async () => {
    const id = await talk();
    await overtaken(
      async () => {
        must(await sit(second).openPerson(one.id, '相談'));
        must(await sit(second).write('consultation.amend', { id, summary: '長く書いた文' }));
      },
      async () =>
        must(await sit(first).write('consultation.void', { id, voidReason: 'wrongPerson' })),
    );
    return id;
  };

  test('its author is told who cancelled it and why, and her words go to the person whom she chooses', async () => {
    await wrong();
    show(second, 'outbox');
    await press('内容を確かめる');
    expect(await screen.findByText(/見本 花子さんが、.+「相談を取り消す」を記録/)).toBeTruthy();
    expect(screen.getByText(/取り消した理由：.*(人|方)/)).toBeTruthy();
    noButton('新しい相談として記録する');
    await press('人を選んで新しい相談として記録する');
    await screen.findByText('だれの相談ですか');
    const search = dialog().getByRole('searchbox', all);
    fireEvent.input(search, { target: { value: '山田' } });
    expect(await screen.findByText('この端末では見つかりません。')).toBeTruthy();
    fireEvent.input(search, { target: { value: '鈴木' } });
    const list = await dialog().findByRole('list', { name: '相談した方の候補', ...all });
    fireEvent.click(await within(list).findByRole('button', { name: /鈴木/, ...all }));
    await press('この方の相談として続ける');
    expect(await screen.findByText(/直していない項目には、もとの相談に/)).toBeTruthy();
    const summary = await screen.findByRole('textbox', { name: /^共有のまとめ/, ...all });
    expect((summary as HTMLTextAreaElement).value).toBe('長く書いた文');
    fireEvent.click(await screen.findByRole('radio', { name: '受付に出ていない', ...all }));
    await press('相談を記録する');
    await waitFor(() => expect(sit(second).outbox.peek()[0]?.state).toBe('pending'));
    await sync(second);
    must(await sit(second).openPerson(other.id, '相談'));
    const made = sit(second)
      .all('consultation')
      .peek()
      .filter((record) => stateOf(record) === 'recorded');
    expect(made.map(({ parts }) => parts['shared']?.['seeker'])).toEqual([other.id]);
    await waitFor(() => expect(sit(second).outbox.peek()).toEqual([]));
  });

  test('her supervisor is asked for whom, too, and told where what she begins is found again', async () => {
    await talk(other.id);
    await wrong();
    show(boss, 'admin');
    await press(/相談を訂正をひらく/);
    await press('人を選んで新しい相談として記録する');
    expect(await screen.findByText('だれの相談ですか')).toBeTruthy();
    const search = dialog().getByRole('searchbox', all);
    fireEvent.input(search, { target: { value: '鈴木' } });
    const list = await dialog().findByRole('list', { name: '相談した方の候補', ...all });
    fireEvent.click(await within(list).findByRole('button', { name: /鈴木/, ...all }));
    await press('この方の相談として続ける');
    const words = await screen.findByText(/書きかけは残ります/);
    expect(words.textContent).toContain('「管理」の「職員の要確認」から続けられます');
  });

  test('the page of the person says that what was entered about her is not in her records', async () => {
    await wrong();
    show(second, 'seeker', { seeker: one.id });
    const name = 'まだ記録に入っていない、あなたの入力';
    const card = await screen.findByRole('region', { name, ...all });
    expect(card.textContent).toMatch(/相談を訂正　.+　受け付けられていません/);
    fireEvent.click(within(card).getByRole('button', { name: '未送信・要確認をひらく', ...all }));
    expect(await screen.findByRole('heading', { name: '未送信・要確認', ...all })).toBeTruthy();
    cleanup();
    show(second, 'seeker', { seeker: other.id });
    expect(await screen.findByText('経過')).toBeTruthy();
    expect(screen.queryByRole('region', { name, ...all })).toBeNull();
  });
});

test('a visit that was attached to somebody else first names her and the visit, and is not sent again in vain', async () => {
  const id = await visit({ ticket: 'P4' });
  await overtaken(
    async () => must(await sit(second).write('visit.attach', { id, seeker: other.id })),
    async () => must(await sit(first).write('visit.attach', { id, seeker: one.id })),
  );
  show(second, 'outbox');
  await press('内容を確かめる');
  const before = /先に「山田.*」さんが結びつけられています/;
  expect(await screen.findByText(before, { selector: '.notice-title' })).toBeTruthy();
  expect(dialog().getByText(/別の人に付けかえる/)).toBeTruthy();
  expect(dialog().getByText(/P4番/)).toBeTruthy();
  expect(dialog().queryByText(/求職者：鈴木/)).toBeNull();
  expect(dialog().getAllByText(/鈴木/).length).toBeGreaterThan(0);
  noButton(/もう一度送る|送りなおす/);
  await press(/^山田.*さんのページへ$/);
  expect(await screen.findByRole('region', { name: '求職者のページ', ...all })).toBeTruthy();
  cleanup();
  show(second, 'seeker', { seeker: other.id });
  expect(await screen.findByText(/来所に求職者を結びつける（.*P4番/)).toBeTruthy();
  cleanup();
  show(boss, 'admin');
  await press(/来所に求職者を結びつけるをひらく/);
  expect(await screen.findByText(before)).toBeTruthy();
  expect(dialog().getByText(/^鈴木/, { selector: 'p' })).toBeTruthy();
  expect(dialog().getByText(/P4番/)).toBeTruthy();
  noButton('引き取ってもう一度送る');
});

test('a visit that was cancelled is to be counted anew where people really came', async () => {
  const id = await visit();
  await overtaken(
    async () => must(await sit(second).write('visit.amend', { id, heads: 3 })),
    async () => must(await sit(first).write('visit.void', { id, voidReason: 'mistake' })),
  );
  show(second, 'outbox');
  await press('内容を確かめる');
  expect(await screen.findByText(/実際に来ていた方なら、「受付」で/)).toBeTruthy();
  expect(await screen.findByText(/「来所を取り消す」を記録しています/)).toBeTruthy();
  await press('受付をひらく');
  await waitFor(() => expect(screen.queryByRole('dialog', all)).toBeNull());
});
