/** What each kind is called, apart from the kinds themselves: words of problems need no more, and the lock screen waits for no rules. */
export const kindLabels = {
  organisation: '組織',
  site: '窓口',
  staff: '職員',
  target: '目標',
  visit: '来所',
  seeker: '求職者',
  registration: '求職申込',
  consent: '同意',
  link: 'つながり',
  consultation: '相談',
  handoff: '引継ぎ',
  referral: '紹介',
  placement: '就職',
  dayClosing: '締め',
  seekerPair: '別人の確認',
} as const;

const labels = new Map<string, string>(Object.entries(kindLabels));

export function kindLabel(name: string): string {
  return labels.get(name) ?? name;
}
