/**
 * 取り寄せ: a person whom no tablet of the counter holds is brought to hand for the day. Asked online by name of the asker, on
 * record before anything moves; the scopes then do what they do for anyone at hand. Foreign and unknown people alike: not
 * found.
 */
import { businessDateJst } from '../domain/date.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { partOf } from '../domain/record.ts';
import { hasEffect } from '../sync/verdict.ts';
import { author } from './author.ts';
import { logAsked } from './search.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { readRecords } from './staff.ts';

export async function callUp(
  server: Server,
  asker: Asker,
  seeker: string,
): Promise<Result<{ readonly ok: true }>> {
  const wait = await server.limits.search(asker.store.store);
  if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
  const records = await server.storage.read((tx) => readRecords(server, tx, [seeker]));
  const facts = partOf(records.get(`seeker/${seeker}`)?.record, 'facts');
  if (facts['org'] !== asker.member.org) return fail({ code: 'notFound', kind: 'seeker' });
  await logAsked(server, asker, 'callUp', seeker);
  const args = { id: seeker, at: asker.member.site, on: businessDateJst(server.clock()) };
  const [receipt] = await author(server, [{ verb: 'seeker.callUp', args }]);
  return receipt && hasEffect(receipt.verdict)
    ? ok({ ok: true })
    : fail({ code: 'notFound', kind: 'seeker' });
}
