/**
 * Whose case is on which post, of the asker's own organisation: files are on few tablets, and caseloads are handed over whole.
 * Counts come from the scopes under which files are filed; names are given for one post at a time, and that is on record.
 */
import { stateOf } from '../domain/kind.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { logAsked } from './search.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { readRecords } from './staff.ts';
import { chunks, type Tx } from './storage.ts';

export interface PostCount {
  readonly post: string;
  readonly people: number;
}

export interface Caseloads {
  readonly posts: readonly PostCount[];
  /** Of the post asked for. */
  readonly people: readonly Pick<Rec, 'id' | 'parts'>[];
}

export async function caseloads(
  server: Server,
  asker: Asker,
  wanted: string | undefined,
): Promise<Caseloads> {
  const { org } = asker.member;
  if (wanted !== undefined) await logAsked(server, asker, 'caseload', '', 'seeker');
  return server.storage.read(async (tx) => {
    const byPost = await standing(server, tx, org);
    const posts = [...byPost].map(([post, ids]) => ({ post, people: ids.length }));
    const ids = wanted === undefined ? [] : (byPost.get(wanted) ?? []);
    return { posts, people: await cardsOf(server, tx, ids, org) };
  });
}

/** Ids by post. A registration that was merged or voided is nobody's case. */
async function standing(server: Server, tx: Tx, org: string): Promise<Map<string, string[]>> {
  const prefix = `post:${org}:`;
  const rows = await tx
    .selectFrom('part_scope')
    .select(['scope', 'id'])
    .where('tenant', '=', server.tenant)
    .where('scope', '>=', prefix)
    .where('scope', '<', `post:${org};`)
    .where('kind', '=', 'seeker')
    .where('part', '=', 'file')
    .orderBy('scope')
    .orderBy('id')
    .execute();
  const active = await activePeople(server, tx, rows);
  const standing = rows
    .filter(({ id }) => active.has(id))
    .map(({ scope, id }) => ({ id, post: scope.slice(prefix.length) }));
  const home = await homePosts(server, tx, standing);
  const own = standing.filter(({ id, post }) => (home.get(id) ?? post) === post);
  const byPost = Map.groupBy(own, ({ post }) => post);
  return new Map([...byPost].map(([post, some]) => [post, some.map(({ id }) => id)]));
}

/** Whose registrations were merged stands in the scopes of several posts; she is one person, of the post that her file says. */
async function homePosts(
  server: Server,
  tx: Tx,
  standing: readonly { readonly id: string; readonly post: string }[],
): Promise<ReadonlyMap<string, string>> {
  const byId = Map.groupBy(standing, ({ id }) => id);
  const several = [...byId].filter(([, places]) => places.length > 1);
  const found = await readRecords(
    server,
    tx,
    several.map(([id]) => id),
  );
  return new Map(
    several.map(([id, places]) => {
      const own = text(partOf(found.get(`seeker/${id}`)?.record, 'file')['post']);
      const posts = places.map(({ post }) => post);
      return [id, posts.find((post) => post === own) ?? posts[0] ?? ''];
    }),
  );
}

/** By their facts alone, which stand in clear. */
async function activePeople(
  server: Server,
  tx: Tx,
  rows: readonly { readonly id: string }[],
): Promise<Set<string>> {
  const active = new Set<string>();
  for (const some of chunks([...new Set(rows.map(({ id }) => id))])) {
    const found = await tx
      .selectFrom('record_part')
      .select(['id', 'facts'])
      .where('tenant', '=', server.tenant)
      .where('kind', '=', 'seeker')
      .where('part', '=', 'facts')
      .where('id', 'in', some)
      .execute();
    for (const { id, facts } of found) {
      const record = { kind: 'seeker', id, parts: { facts: JSON.parse(facts ?? '{}') as object } }; // written by us alone
      if (stateOf(record as Rec) === 'active') active.add(id);
    }
  }
  return active;
}

async function cardsOf(server: Server, tx: Tx, ids: readonly string[], org: string) {
  const found = await readRecords(server, tx, [...ids]);
  return ids.flatMap((id) => {
    const record = found.get(`seeker/${id}`)?.record;
    const facts = partOf(record, 'facts');
    if (!record || text(facts['org']) !== org) return [];
    return [{ id, parts: { facts, card: partOf(record, 'card') } }];
  });
}
