import { expect, it } from 'vitest';
import { createPushers } from '../../src/server/pushers.ts';
import type { SignedLease } from '../../src/sync/lease.ts';

const store = {
  store: 's',
  device: 'd',
  user: 'u',
  role: 'consultant',
  org: 'o',
  public_key: 'k',
  state: 'active' as const,
};
const lease = (id: string) => ({ lease: { id }, sig: `sig ${id}` }) as SignedLease;

it('knows a store with all the leases named, or nothing of it', () => {
  const pushers = createPushers();
  expect(pushers.find('s', [])).toBeUndefined();
  pushers.note({ store: undefined, leases: [lease('a')] });
  expect(pushers.find('s', ['a'])).toBeUndefined();
  pushers.note({ store, leases: [] });
  expect(pushers.find('s', ['a'])?.leases).toEqual([lease('a')]);
  expect(pushers.find('s', ['a', 'b'])).toBeUndefined();
});

it('keeps nothing of a store that may change', () => {
  const pushers = createPushers();
  pushers.note({ store, leases: [] });
  expect(Object.keys(pushers.find('s', [])?.store ?? {})).not.toContain('state');
});
