/** Tables that are no figures: counters, code lists, organisations, fictional staff. */
import { factFields } from '../../src/domain/metrics/fact-fields.ts';
import { metricNamed } from '../../src/domain/metrics/index.ts';
import { municipalCode6 } from '../../src/domain/names.ts';
import { differs, seed, twice, type Check } from './common.ts';

interface SiteRow {
  readonly id: string;
  readonly ward: string;
  readonly municipalCode5: string;
  readonly municipalCode6: string;
  readonly hwOffice: string | null;
}

export const sites: Check = () => {
  const { rows } = seed<SiteRow>('sapporo-sites');
  const offices = organisationIds();
  return {
    said: `reproduced ${rows.length} counters, check digits of their codes`,
    breaches: [
      ...differs('counters', 10, rows.length),
      ...twice(rows.flatMap((row) => [row.id, row.ward, row.municipalCode5])),
      ...rows.flatMap((row) =>
        differs(row.ward, municipalCode6(row.municipalCode5), row.municipalCode6),
      ),
      ...rows
        .filter((row) => row.hwOffice !== null && !offices.has(row.hwOffice))
        .map((row) => `${row.ward}: unknown office`),
    ],
  };
};

const organisationIds = () =>
  new Set(seed<{ id: string }>('organisations').rows.map(({ id }) => id));

interface CodeRow {
  readonly list: string;
  readonly code: string;
  readonly label: string;
  readonly origin: string;
}

export const codeLists: Check = () => {
  const { rows } = seed<CodeRow>('code-lists');
  return {
    said: `checked ${rows.length} codes of ${new Set(rows.map((row) => row.list)).size} lists`,
    breaches: [
      ...twice(rows.map((row) => `${row.list}/${row.code}`)),
      ...twice(rows.map((row) => `${row.list}「${row.label}」`)),
      ...rows
        .filter((row) => !row.code || !row.label || !row.origin)
        .map((row) => `${row.list}/${row.code} lacks a label or an origin`),
    ],
  };
};

export const organisations: Check = () => {
  const { rows } = seed<{ id: string; type: string }>('organisations');
  const types = new Set(
    seed<CodeRow>('code-lists')
      .rows.filter((row) => row.list === 'organisationType')
      .map((row) => row.code),
  );
  return {
    said: `checked ${rows.length} organisations`,
    breaches: [
      ...twice(rows.map((row) => row.id)),
      ...rows.filter((row) => !types.has(row.type)).map((row) => `${row.id}: unknown type`),
    ],
  };
};

interface StaffRow {
  readonly id: string;
  readonly organisation: string;
  readonly site: string;
  readonly post: string;
}

export const staff: Check = () => {
  const { rows } = seed<StaffRow>('demo-staff');
  const places = new Set(seed<SiteRow>('sapporo-sites').rows.map((row) => row.id));
  const known = organisationIds();
  return {
    said: `checked ${rows.length} fictional members of staff`,
    breaches: [
      ...twice([...rows.map((row) => row.id), ...rows.map((row) => row.post)]),
      ...rows
        .filter((row) => !known.has(row.organisation) || !places.has(row.site))
        .map((row) => `${row.id}: unknown organisation or site`),
    ],
  };
};

interface ProgrammeRow {
  readonly code: string;
  readonly kinds: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

export const programmes: Check = () => {
  const { rows } = seed<ProgrammeRow>('programmes');
  return {
    said: `checked ${rows.length} programmes: their records and counts exist (walked by verify:programmes)`,
    breaches: [
      ...twice(rows.map((row) => row.code)),
      ...rows.flatMap((row) => [
        ...row.kinds.filter((kind) => !factFields(kind)).map((kind) => `${row.code}: no ${kind}`),
        ...Object.keys(row.counts)
          .filter((name) => !metricNamed(name))
          .map((name) => `${row.code}: no count ${name}`),
      ]),
    ],
  };
};

interface ServiceRow {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
}

export const serviceEntries: Check = () => {
  const { rows } = seed<ServiceRow>('service-entries');
  return {
    said: `checked ${rows.length} services to guide to`,
    breaches: [
      ...twice(rows.flatMap((row) => [row.id, row.name])),
      ...rows.filter((row) => !row.name || !row.provider).map((row) => `${row.id} lacks a name`),
    ],
  };
};
