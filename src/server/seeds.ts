/** The area's records as orders, from seeds/*.json: counters, organisations, targets. Ids are the seeds' own. */
import organisations from '../../seeds/organisations.json' with { type: 'json' };
import figures from '../../seeds/sapporo-fy25.json' with { type: 'json' };
import sites from '../../seeds/sapporo-sites.json' with { type: 'json' };
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
