/** What nearly every record's facts say of where it was written: organisation, its type, counter, business date. */
import type { Fields } from '../field.ts';
import type { Actor, Moment } from '../record.ts';
import type { Patch } from '../value.ts';

export const deskFields: Fields = {
  org: { type: 'ref', kind: 'organisation', label: '組織', fixed: true },
  orgType: { type: 'choice', list: 'organisationType', label: '組織の種別', fixed: true },
  site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
  date: { type: 'date', label: '業務日', fixed: true },
};

export const atDesk = (actor: Actor, moment: Moment): Patch => ({
  org: actor.org,
  orgType: actor.orgType,
  site: actor.site,
  date: moment.businessDate,
});
