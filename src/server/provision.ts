/**
 * Exports the nameless rows of those who agreed (domain/provision), in an order that tells nothing of when anybody
 * registered. Only the asker's own organisation's people; who asked, and for whom, is on record.
 */
import { businessDateJst } from '../domain/date.ts';
import { codeLabel } from '../domain/codes.ts';
import { isProvided, providedFields, provisionRow, type Recipient } from '../domain/provision.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { integer, text, texts, type Values } from '../domain/value.ts';
import { toCsv, type Row } from './csv.ts';
import { logAsked } from './search.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { factsOfKind, readRecords } from './staff.ts';
import type { Tx } from './storage.ts';

/** So many people's files are open at a time. */
const step = 500;

export async function provisionCsv(server: Server, asker: Asker, to: Recipient): Promise<string> {
  await logAsked(server, asker, `provision.${to}`, '');
  const today = businessDateJst(server.clock());
  const rows = await server.storage.read(async (tx) => {
    const people = await factsOfKind(server, tx, 'seeker');
    const own = people.filter((one) => partOf(one, 'facts')['org'] === asker.member.org);
    return rowsOf(server, tx, own, (one) => isProvided(one, to, today), today);
  });
  return toCsv([head(), ...rows.map(cells).toSorted(byContent)]);
}

async function rowsOf(
  server: Server,
  tx: Tx,
  people: readonly Rec[],
  agreed: (record: Rec) => boolean,
  today: string,
): Promise<Values[]> {
  const rows: Values[] = [];
  for (let at = 0; at < people.length; at += step) {
    const ids = people.slice(at, at + step).map((one) => one.id);
    const records = await readRecords(server, tx, ids);
    for (const id of ids) {
      const record = records.get(`seeker/${id}`)?.record;
      if (record && agreed(record)) rows.push(provisionRow(record, today));
    }
  }
  return rows;
}

const head = (): Row => ['年代', ...Object.values(providedFields).map((field) => field.label)];

function cells(values: Values): Row {
  const ages = integer(values['ages']);
  const told = Object.entries(providedFields).map(([name, field]) => {
    if (field.type === 'flag') return values[name] === true ? 'はい' : '';
    if (field.type !== 'choice' && field.type !== 'choices') return '';
    const codes = field.type === 'choice' ? [text(values[name]) ?? ''] : texts(values[name]);
    return codes.map((code) => codeLabel(field.list, code)).join('・');
  });
  return [ages === undefined ? '' : `${ages}代`, ...told];
}

function byContent(a: Row, b: Row): number {
  return a.join('\t') < b.join('\t') ? -1 : 1;
}
