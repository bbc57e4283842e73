/**
 * Takes a file of postings: read and judged whole, then written in one transaction, so that nothing is half-imported; the
 * same file twice changes nothing. Who asked is on record. The reading itself is the tablet's preview (domain/import).
 */
import * as v from 'valibot';
import { businessDateJst } from '../domain/date.ts';
import { planFeed, readFeed, unmappedFeed } from '../domain/import/job-feed.ts';
import { readTable, type BadLine } from '../domain/import/table.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { hasEffect } from '../sync/verdict.ts';
import { author, type Order } from './author.ts';
import { decodeOffice } from './decode-office.ts';
import { logAsked } from './search.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { factsOfKind } from './staff.ts';

/** A file of 20 MB in base64, and the map beside it. */
export const maxImportBody = 28 * 1024 * 1024;

export const jobImportRequest = v.strictObject({
  file: v.pipe(v.string(), v.base64()),
  map: v.record(v.string(), v.string()),
  whole: v.boolean(),
});

export interface JobImport {
  readonly fresh: number;
  readonly changed: number;
  readonly same: number;
  readonly over: number;
  readonly ended: number;
  readonly bad: readonly BadLine[];
}

export async function importJobs(
  server: Server,
  asker: Asker,
  request: v.InferOutput<typeof jobImportRequest>,
): Promise<Result<JobImport>> {
  const table = readTable(Buffer.from(request.file, 'base64'), decodeOffice);
  if (!table.ok) return table;
  const lacking = unmappedFeed(request.map);
  if (lacking.length > 0)
    return fail({ code: 'wrongFile', reason: `列が足りません：${lacking.join('、')}` });
  const { rows, bad } = readFeed(table.value, request.map);
  const standing = await server.storage.read((tx) => factsOfKind(server, tx, 'jobPosting'));
  const today = businessDateJst(server.clock());
  const plan = planFeed(rows, standing, today, request.whole);
  await logAsked(server, asker, 'importJobs', '', 'jobPosting');
  const orders: Order[] = [
    ...plan.write.map((args) => ({ verb: 'jobPosting.import', args })),
    ...plan.gone.map((id) => ({ verb: 'jobPosting.expire', args: { id } })),
  ];
  const receipts = await author(server, orders);
  const lost = receipts.filter((one) => !hasEffect(one.verdict));
  if (lost.length > 0) server.log.error({ count: lost.length }, 'postings refused');
  const { fresh, changed, same, over } = plan;
  return ok({ fresh, changed, same, over, ended: plan.gone.length, bad });
}
