/**
 * Consultation sessions. 職業相談件数 is Hello Work's alone; the city's counselling is a line of its own, as in the reports
 * of 一体的実施事業. A session in which only the job-search terminal was used is no consultation (glossary, domain.md §1).
 */
import { text, texts } from '../value.ts';
import {
  countsEach,
  isOn,
  settings,
  within,
  type Fact,
  type Period,
  type Switches,
} from './metric.ts';

const common = {
  countTerminalOnly: { label: '端末利用のみの記録も数える', default: false },
} as const;

function sessions(facts: readonly Fact[], period: Period, on: Switches): readonly Fact[] {
  return within(facts, 'consultation', period).filter(({ values }) => {
    const services = texts(values['services']);
    const isTerminalOnly = services.length === 1 && services[0] === 'terminalOnly';
    return !isTerminalOnly || isOn(on, 'countTerminalOnly');
  });
}

function ofTypes(events: readonly Fact[], types: readonly string[]): readonly Fact[] {
  return events.filter((fact) => types.includes(text(fact.values['orgType']) ?? ''));
}

export const consultations = countsEach({
  name: 'consultations',
  version: 1,
  label: '相談件数（全組織）',
  group: 'consult',
  unit: '件',
  kinds: ['consultation'],
  basis: '組織別の相談件数の合計（この窓口の読み方）',
  note: 'すべての組織の相談です。一回の来所で市とHWの両方に相談すると2件です。',
  siteField: 'site',
  switches: common,
  events: (facts, period, given) => sessions(facts, period, settings(common, given)),
});

export const consultationsHW = countsEach({
  name: 'consultationsHW',
  partOf: 'consultations',
  version: 1,
  label: '職業相談件数（HW）',
  group: 'consult',
  unit: '件',
  kinds: ['consultation'],
  basis: '厚生労働省「一体的実施事業」令和元年度実績（職業相談件数）',
  note: 'ハローワークの相談だけを数えます。',
  siteField: 'site',
  switches: common,
  events: (facts, period, given) =>
    ofTypes(sessions(facts, period, settings(common, given)), ['hw']),
});

const citySwitches = {
  ...common,
  countContractor: { label: '委託先の相談も市の相談に入れる', default: true },
} as const;

export const consultationsCity = countsEach({
  name: 'consultationsCity',
  partOf: 'consultations',
  version: 1,
  label: 'キャリアカウンセリング等の相談件数（市）',
  group: 'consult',
  unit: '件',
  kinds: ['consultation'],
  basis: '札幌市 平成23年提案書（市はキャリアカウンセリング等、国は職業相談・職業紹介）',
  note: '市の相談だけを数えます。職業相談件数には含めません。',
  siteField: 'site',
  switches: citySwitches,
  events: (facts, period, given) => {
    const on = settings(citySwitches, given);
    const types = isOn(on, 'countContractor') ? ['city', 'contractor'] : ['city'];
    return ofTypes(sessions(facts, period, on), types);
  },
});
