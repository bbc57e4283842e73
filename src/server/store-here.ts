/** Of a store's row what most requests ask about: who works where, by which key, and whether it is still let in. */
import type { Tables } from './schema.ts';

const names = [
  'store',
  'device',
  'user',
  'role',
  'org',
  'org_type',
  'site',
  'public_key',
  'state',
  'pulled_at',
] as const;

export type StoreHere = Readonly<Pick<Tables['store'], (typeof names)[number]>>;

/** For a `select`, where more than the store is asked. */
export const storeColumns = names.map((name) => `store.${name}` as const);

/** Without what was asked beside it; column by column, since to leave some out of a row costs more than to read it. */
export function storeIn(row: StoreHere): StoreHere {
  const { store, device, user, role, org, org_type, site, public_key, state, pulled_at } = row;
  return { store, device, user, role, org, org_type, site, public_key, state, pulled_at };
}
