/**
 * 引継ぎ件数: people steered from one organisation to another with record and receiver, named or not. One handoff counts
 * once, on the day it was first sent, for the sending counter; an acceptance on its day, for the receiving counter.
 */
import { text } from '../value.ts';
import { countsEach, isOn, settings, within, type Metric } from './metric.ts';

const switches = {
  countUnnamed: { label: '名前を伝えない引継ぎも数える', default: true },
  countCancelled: { label: '送ったあとに取りやめたものも数える', default: true },
} as const;

const eventsOn =
  (dateField: string): Metric['events'] =>
  (facts, period, given) => {
    const on = settings(switches, given);
    return within(facts, 'handoff', period, dateField).filter(
      ({ values }) =>
        (values['named'] === true || isOn(on, 'countUnnamed')) &&
        (text(values['state']) !== 'cancelled' || isOn(on, 'countCancelled')),
    );
  };

export const handoffsSent = countsEach({
  name: 'handoffsSent',
  version: 1,
  label: '引継ぎ件数（送った）',
  group: 'consult',
  unit: '件',
  kinds: ['handoff'],
  basis: '一体的実施事業の連携指標（自治体からの誘導）をもとにした、この窓口の読み方',
  note: '送った日に、送った窓口で数えます。差し戻して送りなおしても1件です。',
  siteField: 'site',
  switches,
  events: eventsOn('sentOn'),
});

export const handoffsAccepted = countsEach({
  name: 'handoffsAccepted',
  version: 1,
  label: '引継ぎ件数（受け入れた）',
  group: 'consult',
  unit: '件',
  kinds: ['handoff'],
  basis: '一体的実施事業の連携指標（自治体からの誘導）をもとにした、この窓口の読み方',
  note: '受け入れた日に、受け入れた窓口で数えます。',
  siteField: 'toSite',
  switches,
  events: eventsOn('acceptedOn'),
});
