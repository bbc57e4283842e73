/**
 * The report of hires owed for 求人情報オンライン提供: confirmed hires of the period that a municipality's own referral to a
 * posting of Hello Work's list brought, by posting number and without any name. Source: domain.md §2, plan 3.
 */
import { codeLabel } from '../domain/codes.ts';
import { within, type Period } from '../domain/metrics/metric.ts';
import { partOf } from '../domain/record.ts';
import { text, type Values } from '../domain/value.ts';
import { toCsv, type Row } from './csv.ts';
import { logAsked } from './search.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { factsOfKind, readRecords } from './staff.ts';

export async function hiresCsv(server: Server, asker: Asker, period: Period): Promise<string> {
  await logAsked(server, asker, 'hiresReport', '', 'placement');
  const rows = await server.storage.read(async (tx) => {
    const placed = await factsOfKind(server, tx, 'placement');
    const facts = placed.map((one) => ({
      kind: one.kind,
      id: one.id,
      values: partOf(one, 'facts'),
    }));
    const owed = within(facts, 'placement', period).filter(
      ({ values }) =>
        values['issuer'] === 'city' &&
        values['org'] === asker.member.org &&
        values['state'] === 'confirmed',
    );
    const records = await readRecords(
      server,
      tx,
      owed.map(({ values }) => text(values['referral']) ?? ''),
    );
    return owed.flatMap(({ values }): Row[] => {
      const referral = records.get(`referral/${text(values['referral']) ?? ''}`)?.record;
      const number = text(partOf(referral, 'detail')['hwJobNo']);
      return number === undefined ? [] : [line(number, values)];
    });
  });
  const sorted = rows.toSorted((a, b) => (a.join('\t') < b.join('\t') ? -1 : 1));
  return toCsv([
    ['期間', period.from, period.to],
    ['採用件数', sorted.length],
    [],
    ['求人番号', '確認した日', '職業分類', '雇用形態'],
    ...sorted,
  ]);
}

function line(number: string, values: Values): Row {
  return [
    number,
    text(values['date']) ?? '',
    codeLabel('occupation', text(values['occupation']) ?? ''),
    codeLabel('employmentType', text(values['employmentType']) ?? ''),
  ];
}
