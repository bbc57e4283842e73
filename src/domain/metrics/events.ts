/**
 * 催し: seminars, interview days, temporary desks. Numbers are those that were confirmed after the event (seekers, firms,
 * hires, childcare places); an event not confirmed yet is unknown, not nought. The list of attendances is a line of its own.
 */
import { integer } from '../value.ts';
import { settings, tallied, within, type Fact, type Metric } from './metric.ts';

const held: Metric['events'] = (facts, period, given) => {
  settings({}, given);
  return within(facts, 'event', period, 'heldOn').filter(
    ({ values }) => values['state'] !== 'cancelled',
  );
};

const isConfirmed = ({ values }: Fact) => values['state'] === 'confirmed';

interface Sum {
  readonly name: string;
  readonly label: string;
  readonly unit: Metric['unit'];
  readonly sums: string;
  readonly note: string;
  /** What an event adds where the number was left out. */
  readonly otherwise: number;
}

/** Of a confirmed event a number left out is what its form says it is; of one to be confirmed nothing is known. */
function confirmed({ otherwise, ...spec }: Sum): Metric {
  return tallied({
    ...spec,
    version: 1,
    group: 'events',
    kinds: ['event'],
    counting: 'sum',
    basis: '厚生労働省「雇用対策協定」令和元年度事例（面接会・託児付きセミナーの実績）',
    siteField: 'site',
    switches: {},
    events: held,
    tally: (events) => {
      const known = events.filter(isConfirmed);
      return {
        value: known.reduce(
          (sum, { values }) => sum + (integer(values[spec.sums]) ?? otherwise),
          0,
        ),
        unknown: events.length - known.length,
      };
    },
  });
}

const later = '結果を確定した催しだけを数えます。まだのものは「未照合」として別に示します。';

export const eventsHeld = confirmed({
  name: 'eventsHeld',
  label: '催しの回数',
  unit: '回',
  sums: 'times',
  note: `行った日に、主催した窓口で数えます。${later}`,
  otherwise: 1,
});
export const eventSeekers = confirmed({
  name: 'eventSeekers',
  label: '催しの参加者数（求職者）',
  unit: '人',
  sums: 'seekers',
  note: `延べの人数です。${later}`,
  otherwise: 0,
});
export const eventFirms = confirmed({
  name: 'eventFirms',
  label: '催しの参加企業数',
  unit: '社',
  sums: 'firms',
  note: `延べの社数です。${later}`,
  otherwise: 0,
});
export const eventHires = confirmed({
  name: 'eventHires',
  label: '催しでの採用者数',
  unit: '人',
  sums: 'hired',
  note: `就職件数とは別の数です。${later}`,
  otherwise: 0,
});
export const eventChildcare = confirmed({
  name: 'eventChildcare',
  label: '催しの託児利用数',
  unit: '人',
  sums: 'childcare',
  note: `延べの人数です。${later}`,
  otherwise: 0,
});

const came: Metric['events'] = (facts, period, given) => {
  settings({}, given);
  return within(facts, 'attendance', period, 'heldOn').filter(
    ({ values }) => values['came'] === true && values['party'] !== 'firm',
  );
};

export const attendances = tallied({
  name: 'attendances',
  version: 1,
  label: '名簿で来たことを確かめた人数',
  group: 'events',
  unit: '人',
  kinds: ['attendance'],
  counting: 'sum',
  sums: 'heads',
  basis: '参加の記録（この窓口の読み方）',
  note: '参加の記録から数えた求職者の延べ人数です。催しの結果として確定した人数とは別です。',
  siteField: 'site',
  switches: {},
  events: came,
  tally: (events) => ({
    value: events.reduce((sum, { values }) => sum + (integer(values['heads']) ?? 1), 0),
    unknown: 0,
  }),
});
