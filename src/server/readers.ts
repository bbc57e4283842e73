/** 「この記録を見た人」: views, prints and exports of one record, newest first, for those whose record it is. */
import { fail, ok } from '../domain/problem.ts';
import { isAtHand, partOf } from '../domain/record.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { readRecords } from './staff.ts';

const most = 500;

export async function readersOf(server: Server, asker: Asker, kind: string, id: string) {
  const events = await server.storage.read(async (tx) => {
    const record = (await readRecords(server, tx, [id])).get(`${kind}/${id}`)?.record;
    const { org, site } = partOf(record, 'facts');
    const { member } = asker;
    // An arrival is nobody's alone: the counter's supervisors answer for it.
    const isCounters = org === undefined && member.role === 'supervisor' && isAtHand(member, site);
    if (!kindNamed(kind) || !record || !(org === member.org || isCounters)) return undefined;
    return tx
      .selectFrom('access_event')
      .select(['user', 'org', 'action', 'at', 'at as occurredAt'])
      .where('tenant', '=', server.tenant)
      .where('kind', '=', kind)
      .where('record', '=', id)
      .orderBy('at', 'desc')
      .limit(most)
      .execute();
  });
  // Invisible and nonexistent get one answer.
  return events ? ok({ readers: events }) : fail({ code: 'notFound', kind });
}
