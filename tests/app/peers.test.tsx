/** What staff of other offline products did not know (12–15 of the list in docs/reliability.md), on our own screens. */
import { cleanup, render, screen } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { go } from '../../src/app/state/nav.ts';
import { syncWords } from '../../src/app/words/sync-words.ts';
import type { SyncState } from '../../src/device/types.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let place: Place;
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  place.line.isCut = true;
  const names = { familyName: '架空', familyKana: 'カクウ' };
  must(await session.write('seeker.register', { id: session.newId(), ...names }));
}, 60_000);
afterAll(() => town.close());
afterEach(cleanup);

const show = (name: Parameters<typeof go>[0]) => {
  render(<App tablet={place.tab.tablet} />);
  go(name);
};

test('peers 12: 「同期済み」 is said of an outbox that is empty, unrefused and heard of, and of no other', () => {
  const well: SyncState = {
    online: true,
    pending: 0,
    needsCare: 0,
    syncedAt: Date.parse('2026-11-16T10:00:00+09:00'),
    busy: false,
    persisted: true,
  };
  expect(syncWords(well)).toMatchObject({ words: '同期済み 10:00', tone: 'good' });
  const others: readonly Partial<SyncState>[] = [
    { needsCare: 1 },
    { pending: 1 },
    { needsCare: 1, pending: 1, online: false },
    { online: false },
    { online: undefined, syncedAt: undefined },
    { problem: { code: 'serverTrouble' } },
    { problem: { code: 'storageLost' } },
    { problem: { code: 'restoring' } },
  ];
  for (const other of others) {
    const { words, tone } = syncWords({ ...well, ...other });
    expect([other, tone]).not.toEqual([other, 'good']);
    if (other.needsCare) expect(words).toContain('要確認1件');
    if (other.pending) expect(words).toContain('未送信1件');
  }
  // Views of files wait as well, and nobody entered them: no number, and not called done either.
  expect(syncWords({ ...well, pending: 2, views: 2 })).toMatchObject({
    words: '同期しています',
    tone: 'plain',
  });
  const offline = { ...well, online: false, pending: 7, views: 2 };
  expect(syncWords(offline).words).toBe('オフライン・この端末に保存済み5件');
  expect(syncWords({ ...offline, needsCare: 1 }).words).toBe('オフライン・要確認1件・未送信5件');
});

test('peers 14: the counts of the tablet say as of when, and that they are a first word', async () => {
  show('counts');
  const head = await screen.findByRole('heading', { name: /この端末で見える範囲の速報/ });
  expect(head.textContent).toMatch(/11月16日.*10:00.*時点/);
});

test('peers 15: a search says that it was this tablet that was searched, and as of when', async () => {
  show('seekers');
  const line = await screen.findByText(/この端末にある分/);
  expect(line.textContent).toMatch(/最近の方（この端末にある分・10:00時点）/);
});
