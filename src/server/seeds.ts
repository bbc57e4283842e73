/** The area's records as orders, from seeds/*.json: counters, organisations, targets. Ids are the seeds' own. */
import organisations from '../../seeds/organisations.json' with { type: 'json' };
import programmes from '../../seeds/programmes.json' with { type: 'json' };
import services from '../../seeds/service-entries.json' with { type: 'json' };
import figures from '../../seeds/sapporo-fy25.json' with { type: 'json' };
import sites from '../../seeds/sapporo-sites.json' with { type: 'json' };
import { codeLabel } from '../domain/codes.ts';
import type { Values } from '../domain/value.ts';
import type { Order } from './author.ts';

export const siteOrders: readonly Order[] = sites.rows.map((row) => ({
  verb: 'site.register',
  args: {
    id: row.id,
    name: row.name,
    ward: row.ward,
    municipalCode: row.municipalCode5,
    ...(row.siteType === null ? {} : { siteType: row.siteType }),
    ...(row.opened === null ? {} : { openedOn: row.opened }),
  },
}));

export const organisationOrders: readonly Order[] = organisations.rows.map((row) => ({
  verb: 'organisation.register',
  args: { id: row.id, name: row.name, orgType: row.type },
}));

/** By the numbers that the seeds give them. */
const planNames = [
  '北海道の令和6年度計画',
  '札幌市の票（2013）',
  '札幌市の提案書（2011）',
  '厚生労働省の令和元年度まとめ',
  '北九州市の令和6年度計画',
];

export const programmeOrders: readonly Order[] = programmes.rows.map((row) => ({
  verb: 'programme.register',
  args: {
    id: `programme-${row.code.toLowerCase()}`,
    code: row.code,
    programmeName: row.names.join('・').slice(0, 120),
    operator: row.operators.join('・').slice(0, 120),
    plans: row.plans.map((plan) => planNames[plan] ?? '').join('・'),
    needsConsent: row.consent,
    ...(row.clients.length > 0 ? { clients: row.clients.map(clientWords).join('・') } : {}),
  },
}));

function clientWords(code: string): string {
  return codeLabel('clientCategory', code);
}

/** Where people are guided: what the plans name and nothing more; hours and telephones are the desks' to add. */
export const serviceOrders: readonly Order[] = services.rows.map((row) => ({
  verb: 'serviceEntry.list',
  args: {
    id: row.id,
    serviceName: row.name,
    provider: row.provider,
    field: row.field,
    about: row.about,
    ...(row.eligibility === undefined ? {} : { eligibility: row.eligibility }),
  },
}));

type Figures = (typeof figures.rows)[number];

/** Users and placed persons of FY24 and FY25; a counter that did not exist yet has no target, not one of 0. */
export const targetOrders: readonly Order[] = figures.rows.flatMap((row) => [
  ...targetOf(row, 2012, 'visits', row.targetUsersFY24),
  ...targetOf(row, 2012, 'placedPersons', row.targetPlacedFY24),
  ...targetOf(row, 2013, 'visits', row.targetUsersFY25),
  ...targetOf(row, 2013, 'placedPersons', row.targetPlacedFY25),
]);

function targetOf(row: Figures, fiscalYear: number, metric: string, value: number | null): Order[] {
  if (value === null) return [];
  const id = `target-${row.site}-${fiscalYear}-${metric.toLowerCase()}`;
  const args: Values = { id, site: row.site, fiscalYear, metric, targetType: 'absolute', value };
  return [{ verb: 'target.set', args }];
}
