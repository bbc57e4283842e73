/**
 * 誘導: people or firms steered to another service, in any direction, with what was heard of their arrival. Counted on the
 * day of the guidance for the counter that guided; an arrival on the day it was heard of.
 */
import { countsEach, isOn, settings, within, type Metric } from './metric.ts';

const switches = {
  countFirms: { label: '事業所の誘導も数える', default: false },
} as const;

const common = {
  version: 1,
  group: 'cooperation',
  unit: '件',
  kinds: ['guidance'],
  siteField: 'site',
  switches,
} as const;

const eventsOn =
  (dateField: string): Metric['events'] =>
  (facts, period, given) => {
    const on = settings(switches, given);
    return within(facts, 'guidance', period, dateField).filter(
      ({ values }) => values['party'] !== 'employer' || isOn(on, 'countFirms'),
    );
  };

export const guidances = countsEach({
  ...common,
  name: 'guidances',
  label: '誘導件数',
  basis: '北海道・北九州市 令和6年度計画（誘導・相互取り次ぎ）をもとにした、この窓口の読み方',
  note: '案内した日に、案内した窓口で数えます。名前を伝えたかどうかは問いません。事業所の誘導は別に数えます。',
  events: eventsOn('date'),
});

const arrived = eventsOn('receivedOn');

export const guidancesReceived = countsEach({
  ...common,
  name: 'guidancesReceived',
  label: '誘導先に着いた件数',
  basis: '北海道・北九州市 令和6年度計画（誘導・相互取り次ぎ）をもとにした、この窓口の読み方',
  note: '着いたと分かった日に、案内した窓口で数えます。',
  events: (facts, period, given) =>
    arrived(facts, period, given).filter(({ values }) => values['state'] === 'received'),
});
