/**
 * One key per person, wrapped by the master key: whoever destroys it has disposed of the person's parts and arguments, in
 * backups too. A record about nobody has a key of its own. New keys reach the cache only after their transaction.
 */
import type { BoxKey } from './box.ts';
import type { Cipher } from './cipher.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { Tables } from './schema.ts';
import { chunks, type Tx } from './storage.ts';

export type KeyCache = Map<string, BoxKey>;
/** Some 20 MB. */
const cachedKeys = 20_000;

export interface Sealer {
  /** Brings the keys that exist of these owners. */
  readonly load: (owners: Iterable<string>) => Promise<void>;
  /** Brings the keys of these owners and makes those that are missing. */
  readonly make: (owners: Iterable<string>) => Promise<void>;
  readonly seal: (owner: string, plain: string, place: string) => Uint8Array;
  /** undefined where the key has been destroyed. */
  readonly open: (owner: string, sealed: Uint8Array, place: string) => string | undefined;
  /** After commit: later transactions may use the new keys. */
  readonly keep: () => void;
}

const keysOf = prepared((tx, { tenant, people }: { tenant: string; people: readonly string[] }) =>
  tx
    .selectFrom('person_key')
    .select(['person', 'wrapped'])
    .where('tenant', '=', tenant)
    .where('person', 'in', people),
);

const insertKeys = preparedInsert((tx, rows: readonly Tables['person_key'][]) =>
  tx
    .insertInto('person_key')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['tenant', 'person']).doNothing())
    .returning('person'),
);

export interface SealerOf {
  readonly tenant: string;
  readonly keys: { readonly master: BoxKey; readonly cipher: Cipher };
  readonly personKeys: KeyCache;
}

export function createSealer(tx: Tx, { tenant, keys, personKeys }: SealerOf): Sealer {
  const { cipher } = keys;
  const held: KeyCache = new Map();
  const place = (person: string) => `person_key/${tenant}/${person}`;
  const find = (owner: string) => held.get(owner) ?? personKeys.get(owner);
  const missing = (owners: Iterable<string>) => [...new Set(owners)].filter((one) => !find(one));
  return {
    load,
    make: async (owners) => {
      const fresh = missing(owners);
      if (fresh.length > 0) await load(await insert(fresh));
    },
    seal: (owner, plain, at) => {
      const key = find(owner);
      if (!key) throw new Error('key not made');
      return cipher.seal(key, plain, at);
    },
    open: (owner, sealed, at) => {
      const key = find(owner);
      return key && cipher.open(key, sealed, at).toString('utf8');
    },
    keep: () => {
      if (personKeys.size > cachedKeys) personKeys.clear();
      for (const [owner, key] of held) personKeys.set(owner, key);
    },
  };

  async function load(owners: Iterable<string>): Promise<void> {
    for (const some of chunks(missing(owners))) {
      const rows = await keysOf(tx, { tenant, people: some });
      for (const row of rows)
        held.set(
          row.person,
          cipher.boxKey(cipher.open(keys.master, row.wrapped, place(row.person))),
        );
    }
  }

  /** Whom it made no key for: they have one. Mostly they are new, so that making comes before asking. */
  async function insert(owners: readonly string[]): Promise<string[]> {
    const made = new Map(owners.map((person) => [person, cipher.makeKey()]));
    const rows = [...made].map(([person, key]) => ({
      tenant,
      person,
      wrapped: cipher.seal(keys.master, key, place(person)),
    }));
    const inserted = new Set((await insertKeys(tx, rows)).map(({ person }) => person));
    for (const [person, key] of made)
      if (inserted.has(person)) held.set(person, cipher.boxKey(key));
    return owners.filter((person) => !inserted.has(person));
  }
}
