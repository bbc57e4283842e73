/**
 * The supervisors' inbox: what entries of colleagues of her own organisation wait for a person. The list names nobody but
 * the authors; what an entry says is unsealed one by one, each opening logged before it is answered, and only where she
 * might have written it herself. Entries of another organisation answer as if there were none.
 */
import { kindNamed, verbNamed } from '../domain/kinds/index.ts';
import { isAllowed } from '../domain/permission.ts';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { partOf } from '../domain/record.ts';
import { holdsOthers } from '../domain/settle.ts';
import { text, type Values } from '../domain/value.ts';
import type { Body, Header } from '../sync/entry.ts';
import type { Verdict } from '../sync/verdict.ts';
import { movedBy, type Moved } from './moved-by.ts';
import { createSealer } from './person-keys.ts';
import { bodyPlace } from './records.ts';
import { seenThen } from './repair-seen.ts';
import { stillTold } from './repair-told.ts';
import type { Tables } from './schema.ts';
import { logAsked } from './search.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { readRecords } from './staff.ts';
import type { Tx } from './storage.ts';
import { createPast } from './supersede.ts';

const most = 500;

export interface RepairLine {
  readonly entry: string;
  readonly author: string;
  /** A tablet's name where the counter itself is the author. */
  readonly authorName: string;
  readonly isCounter: boolean;
  readonly site: string;
  readonly verb: string;
  readonly code: string;
  /** When it was written, by the author's device. */
  readonly occurredAt: number;
  readonly businessDate: string;
}

/** Oldest first; her own are on her own tablet. */
export async function listRepairs(
  server: Server,
  { member }: Asker,
): Promise<{ readonly repairs: readonly RepairLine[]; readonly limited: boolean }> {
  return server.storage.read(async (tx) => {
    const rows = await openRepairs(tx, server.tenant)
      .where('repair.org', '=', member.org)
      .where('repair.author', '!=', member.id)
      .orderBy('repair.at')
      .limit(most + 1)
      .execute();
    const shown = rows.slice(0, most);
    const nameOf = await authorNames(server, tx, shown);
    const repairs = shown.map(({ header, role, entry, author, site, verb, code }): RepairLine => {
      const { occurredAt, businessDate } = JSON.parse(header) as Header; // written by us alone
      const authorName = nameOf.get(author) ?? '';
      const isCounter = role === 'counter';
      return {
        entry,
        author,
        authorName,
        isCounter,
        site,
        verb,
        code,
        occurredAt,
        businessDate,
      };
    });
    return { repairs, limited: rows.length > most };
  });
}

function openRepairs(tx: Tx, tenant: string) {
  return tx
    .selectFrom('repair')
    .innerJoin('entry', (on) =>
      on.onRef('entry.tenant', '=', 'repair.tenant').onRef('entry.id', '=', 'repair.entry'),
    )
    .innerJoin('store', (on) =>
      on.onRef('store.tenant', '=', 'repair.tenant').onRef('store.store', '=', 'repair.store'),
    )
    .select([
      ...(['repair.entry', 'repair.author', 'repair.org', 'repair.site', 'repair.verb'] as const),
      ...(['repair.code', 'entry.header', 'entry.owner', 'entry.body', 'entry.verdict'] as const),
      ...(['store.role', 'store.device'] as const),
    ])
    .where('repair.tenant', '=', tenant)
    .where('repair.state', '=', 'open');
}

async function authorNames(
  server: Server,
  tx: Tx,
  rows: readonly Pick<Tables['repair'], 'author'>[],
): Promise<ReadonlyMap<string, string>> {
  const authors = [...new Set(rows.map(({ author }) => author))];
  const staff = await readRecords(server, tx, authors);
  const names = new Map<string, string>();
  for (const { record } of staff.values())
    if (record.kind === 'staff') names.set(record.id, text(partOf(record, 'facts')['name']) ?? '');
  const tablets = await tx
    .selectFrom('device')
    .select(['device', 'name'])
    .where('tenant', '=', server.tenant)
    .execute();
  for (const { device, name } of tablets) names.set(device, name);
  return names;
}

export interface OpenedRepair {
  readonly entry: string;
  readonly problem: Problem | undefined;
  /** Absent where only its author's role may read and write such a thing, or where the person's key is gone. */
  readonly args?: Values;
  /** Of a correction: what its author saw of the record in the fields that it sets, where she may see it too. */
  readonly seen?: Values;
  /** The last step of what it is about. */
  readonly moved?: Moved;
}

export async function openRepair(
  server: Server,
  asker: Asker,
  entry: string,
): Promise<Result<OpenedRepair>> {
  const { member, actor } = asker;
  const row = await server.storage.read((tx) => openRow(tx, server.tenant, member.org, entry));
  if (!row) return fail({ code: 'notFound', kind: 'entry' });
  const { problem } = row;
  const verb = verbNamed(row.verb);
  const isHers =
    verb && (['none', 'own'] as const).some((relation) => isAllowed(verb.may, actor, relation));
  if (!isHers) return ok({ entry, problem });
  const body = await server.storage.read(async (tx) => {
    const sealer = createSealer(tx, server);
    await sealer.load([row.owner]);
    return sealer.open(row.owner, row.body, bodyPlace(server.tenant, entry));
  });
  if (body === undefined) return ok({ entry, problem });
  const kind = row.verb.split('.')[0] ?? '';
  const said = JSON.parse(body) as Body; // written by us alone
  const args = await server.storage.read((tx) => stillTold(server, tx, asker, verb, said.args));
  const declared = verb.name.endsWith('.settle') ? kindNamed(kind) : undefined;
  if (declared && holdsOthers(declared, args, actor)) return ok({ entry, problem });
  await logAsked(server, asker, 'openRepair', entry, 'entry');
  const id = text(args['id']);
  if (id !== undefined) await logAsked(server, asker, 'openRepair', id, kind);
  const moved = isOvertaken(problem)
    ? await server.storage.read((tx) => movedBy(server, tx, asker, kind, id ?? ''))
    : undefined;
  const isCorrection = verb.shape?.does === 'amend';
  const seen =
    isCorrection &&
    (await server.storage.read((tx) => seenThen(server, tx, asker, verb.name, said)));
  return ok({ entry, problem, args, ...(seen && { seen }), ...(moved && { moved }) });
}

/** With what stands in its way now: what it was to put right may have been put right by another since. */
async function openRow(tx: Tx, tenant: string, org: string, entry: string) {
  const row = await openRepairs(tx, tenant)
    .where('repair.entry', '=', entry)
    .where('repair.org', '=', org)
    .executeTakeFirst();
  if (!row) return undefined;
  const verdict = JSON.parse(row.verdict) as Verdict; // written by us alone
  const said = 'problem' in verdict ? verdict.problem : undefined;
  const past = createPast(tx, tenant);
  await past.need([entry]);
  const problem: Problem | undefined = past.isLost(entry) ? { code: 'superseded' } : said;
  return { ...row, problem };
}

/** Somebody else's step stands in its way. */
function isOvertaken(problem: Problem | undefined): boolean {
  return problem?.code === 'illegalState' || problem?.code === 'baseChanged';
}
