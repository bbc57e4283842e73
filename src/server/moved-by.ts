/**
 * Who took the step that a record is past: for whoever wrote an entry that came too late, and the supervisor who opens it. A colleague of her own
 * organisation by name, another only as such. Of a record that she could not pull nothing, and nothing of the server's own
 * steps: nobody took them.
 */
import { businessDateJst } from '../domain/date.ts';
import { verbNamed } from '../domain/kinds/index.ts';
import { ok, type Result } from '../domain/problem.ts';
import { partOf } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { readVerbRef, type Header } from '../sync/entry.ts';
import { scopesOfActor } from '../sync/scopes.ts';
import { systemUser } from './author.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { readRecords } from './staff.ts';
import type { Tx } from './storage.ts';
import { asSeenBy } from './visible.ts';

export interface Moved {
  /** Title of what was done. */
  readonly what: string;
  /** undefined: not of her organisation. */
  readonly by: string | undefined;
  readonly at: number;
}

const most = 20;

/** Asked by the author herself, of what she names. */
export async function whoMoved(
  server: Server,
  asker: Asker,
  kind: string,
  id: string,
): Promise<Result<{ readonly moved?: Moved }>> {
  const moved = await server.storage.read((tx) => movedBy(server, tx, asker, kind, id));
  return ok(moved ? { moved } : {});
}

export async function movedBy(
  server: Server,
  tx: Tx,
  { actor }: Asker,
  kind: string,
  id: string,
): Promise<Moved | undefined> {
  const facts = { kind, id, part: 'facts' };
  const scopes = scopesOfActor(actor, businessDateJst(server.clock()));
  const { shown } = await asSeenBy(server, tx, scopes, [facts]);
  if (shown.length === 0) return undefined;
  const step = (await headersOf(tx, server.tenant, kind, id)).find(isStep);
  if (!step || step.actor === systemUser) return undefined;
  const title = verbNamed(readVerbRef(step.verb).name)?.title ?? '';
  const staff = (await readRecords(server, tx, [step.actor])).get(`staff/${step.actor}`)?.record;
  const { name, org } = partOf(staff, 'facts');
  return {
    what: title,
    by: org === actor.org ? text(name) : undefined,
    at: step.occurredAt,
  };
}

/** Of the entries that changed its facts, newest first. */
async function headersOf(tx: Tx, tenant: string, kind: string, id: string) {
  const rows = await tx
    .selectFrom('change')
    .innerJoin('entry', (on) =>
      on.onRef('entry.tenant', '=', 'change.tenant').onRef('entry.id', '=', 'change.entry'),
    )
    .select('entry.header')
    .where('change.tenant', '=', tenant)
    .where('change.kind', '=', kind)
    .where('change.id', '=', id)
    .where('change.part', '=', 'facts')
    .orderBy('change.seq', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ header }) => JSON.parse(header) as Header); // written by us alone
}

function isStep({ verb }: Header): boolean {
  const does = verbNamed(readVerbRef(verb).name)?.shape?.does;
  return does === 'void' || does === 'move';
}
