/**
 * 利用者数（延べ）: arrivals at a counter, not people. The Sapporo FY25 sheet's placements are 3.3–4.2 % of its users, which
 * only fits arrivals (domain.md §4). Whether telephone, companions and terminals count is nowhere written: switches.
 */
import { integer, text, texts } from '../value.ts';
import {
  isOn,
  settings,
  tallied,
  within,
  type Fact,
  type Period,
  type Switches,
} from './metric.ts';

/** Shared with 実人員, which looks at the same arrivals. */
export const arrivalSwitches = {
  countPhone: { label: '電話も数える', default: false },
  countOnline: { label: 'オンラインも数える', default: false },
  countOutreach: { label: '訪問・巡回も数える', default: true },
  countTerminalOnly: { label: '求人検索端末だけの利用も数える', default: true },
  countLeft: { label: '相談せずに帰った人も数える', default: true },
} as const;

const switches = {
  ...arrivalSwitches,
  countCompanions: { label: '一緒に来た人も人数に入れる', default: false },
  countSecondArrival: { label: '同じ日の二度目の来所も数える', default: true },
} as const;

const switchOfChannel: Readonly<Record<string, string>> = {
  phone: 'countPhone',
  online: 'countOnline',
  outreach: 'countOutreach',
};

/** Arrivals that count, before the second arrivals of a day are looked at. */
export function arrivals(facts: readonly Fact[], period: Period, on: Switches): readonly Fact[] {
  return within(facts, 'visit', period).filter(({ values }) => {
    const channel = switchOfChannel[text(values['channel']) ?? ''];
    const purposes = texts(values['purposes']);
    const isTerminalOnly = purposes.length === 1 && purposes[0] === 'jobSearchTerminal';
    return (
      (channel === undefined || isOn(on, channel)) &&
      (!isTerminalOnly || isOn(on, 'countTerminalOnly')) &&
      (values['state'] !== 'left' || isOn(on, 'countLeft'))
    );
  });
}

function firstOfDay(visits: readonly Fact[]): readonly Fact[] {
  const seen = new Set<string>();
  const arrived = ({ values }: Fact) => integer(values['arrivedAt']) ?? 0;
  // Two of one moment by their ids, so that every device takes the same one as the first.
  const inOrder = visits.toSorted((a, b) => arrived(a) - arrived(b) || (a.id < b.id ? -1 : 1));
  return inOrder.filter(({ values }) => {
    const person = text(values['personKey']);
    if (person === undefined) return true;
    const key = [text(values['site']), text(values['date']), person].join(' ');
    return !seen.has(key) && seen.add(key);
  });
}

function events(facts: readonly Fact[], period: Period, given?: Switches): readonly Fact[] {
  const on = settings(switches, given);
  const counted = arrivals(facts, period, on);
  return isOn(on, 'countSecondArrival') ? counted : firstOfDay(counted);
}

export const visits = tallied({
  name: 'visits',
  version: 1,
  label: '利用者数（延べ）',
  group: 'use',
  unit: '人',
  kinds: ['visit'],
  counting: 'events',
  basis: '札幌市 平成25年度「あいワーク」実績と目標の表（利用者数）',
  note: '来所の延べ数です。取り消した来所は数えません。',
  siteField: 'site',
  switches,
  events,
  tally: (counted, given) => {
    const on = settings(switches, given);
    const heads = (fact: Fact) => (isOn(on, 'countCompanions') ? headsOf(fact) : 1);
    return {
      value: counted.reduce((sum, fact) => sum + heads(fact), 0),
      // Of nobody known, one cannot tell whether she had been there before that day.
      unknown: isOn(on, 'countSecondArrival')
        ? 0
        : counted.filter((fact) => fact.values['personKey'] === undefined).length,
    };
  },
});

function headsOf(fact: Fact): number {
  return integer(fact.values['heads']) ?? 1;
}
