/** The transitions that exist (domain.md §3, design.md §4), written down once more; '-' is: not there. */
const visitOpen = ['waiting', 'called', 'withCity', 'withHW'];
const handoffOpen = [
  'draft',
  'awaitingConsent',
  'ready',
  'sent',
  'received',
  'accepted',
  'inProgress',
  'returned',
];

const pairs: Readonly<
  Record<string, readonly (readonly [from: readonly string[], to: readonly string[]])[]>
> = {
  visit: [
    [['-'], ['waiting', 'withCity', 'withHW']],
    [visitOpen, [...visitOpen, 'done']],
    [['waiting', 'called'], ['left']],
    [['done', 'left'], ['waiting']],
    [[...visitOpen, 'done', 'left'], ['voided']],
  ],
  seeker: [
    [['-'], ['active']],
    [['active'], ['voided', 'merged']],
    [['merged'], ['active']],
  ],
  consultation: [
    [['-'], ['recorded']],
    [['recorded'], ['voided']],
  ],
  handoff: [
    [['-'], ['sent', 'draft']],
    [['sent'], ['received', 'expired']],
    [
      ['sent', 'received'],
      ['accepted', 'returned'],
    ],
    [['accepted'], ['inProgress']],
    [['accepted', 'inProgress'], ['reported']],
    [['reported'], ['closed']],
    [['returned'], ['draft']],
    [['draft'], ['sent', 'awaitingConsent', 'ready']],
    [['awaitingConsent'], ['ready', 'refused']],
    [['ready'], ['sent']],
    [handoffOpen, ['cancelled']],
    [[...handoffOpen, 'reported', 'closed', 'expired', 'cancelled', 'refused'], ['voided']],
  ],
  consent: [
    [['-'], ['live']],
    [['live'], ['withdrawn', 'expired', 'ended']],
    [['live', 'withdrawn', 'expired', 'ended'], ['voided']],
  ],
  link: [
    [['-'], ['live']],
    [['live'], ['ended']],
    [['live', 'ended'], ['voided']],
  ],
  dayClosing: [
    [['-', 'open'], ['closed']],
    [['closed'], ['open']],
    [['closed', 'open'], ['voided']],
    [['voided'], ['closed']],
  ],
  staff: [
    [['-'], ['active']],
    [['active'], ['ended']],
  ],
};

export function isLegal(kind: string, from: string, to: string): boolean {
  const known = pairs[kind];
  return !known || known.some(([froms, tos]) => froms.includes(from) && tos.includes(to));
}
