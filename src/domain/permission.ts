/**
 * The one table of who may do what: action × role × organisation × relation to the person × restricted flag.
 * The tablet asks it before writing, the server asks it again before believing; scopes decide what is sent at all.
 * Source: security.md (b) matrix; design.md §3. Anything not listed is refused.
 *
 * Relations: own = the person's file belongs to the actor's organisation; linked = a live link by consent joins it to
 * one of hers; none = no person is touched. Restricted (DV) people have their own compartment and no row here yet.
 */
import type { OrganisationType, Role } from './record.ts';

export type Relation = 'none' | 'own' | 'linked' | 'foreign';

export interface Grant {
  readonly roles: readonly Role[];
  readonly orgs: readonly OrganisationType[];
  readonly relations: readonly Relation[];
  readonly label: string;
}

const desk: readonly OrganisationType[] = ['city', 'hw', 'pref', 'contractor'];
const staff: readonly Role[] = ['counsellor', 'supervisor'];

export const grants = {
  'counter.count': {
    label: '来所を数える',
    roles: ['counter', ...staff],
    orgs: desk,
    relations: ['none', 'own'],
  },
  'board.write': {
    label: '受付の状態を変える',
    roles: staff,
    orgs: desk,
    relations: ['none', 'own'],
  },
  'file.read': { label: '台帳を見る', roles: staff, orgs: desk, relations: ['own'] },
  'file.write': { label: '台帳を書く', roles: staff, orgs: desk, relations: ['own'] },
  'file.merge': {
    label: '同じ人の台帳を統合する',
    roles: staff,
    orgs: desk,
    relations: ['own'],
  },
  'welfare.write': {
    label: '福祉の欄を書く',
    roles: ['counsellor'],
    orgs: ['city'],
    relations: ['own'],
  },
  'case.write': {
    label: '相談・紹介を記録する',
    roles: staff,
    orgs: desk,
    relations: ['none', 'own'],
  },
  'case.correct': {
    label: '相談・紹介を訂正する',
    roles: staff,
    orgs: desk,
    relations: ['none', 'own'],
  },
  'referral.write': {
    label: '職業紹介を記録する',
    roles: staff,
    orgs: ['hw', 'city'],
    relations: ['own'],
  },
  'jobs.write': {
    label: '独自求人を書く',
    roles: staff,
    orgs: ['city', 'pref', 'contractor'],
    relations: ['none'],
  },
  'jobs.import': {
    label: '求人の一覧を取りこむ',
    roles: ['supervisor', 'system'],
    orgs: desk,
    relations: ['none'],
  },
  'consent.write': { label: '同意を記録する', roles: staff, orgs: desk, relations: ['own'] },
  'handoff.send': { label: '引き継ぐ', roles: staff, orgs: desk, relations: ['none', 'own'] },
  'handoff.receive': {
    label: '引継ぎを受ける',
    roles: staff,
    orgs: desk,
    relations: ['none', 'own'],
  },
  'target.write': {
    label: '目標を決める',
    roles: ['supervisor', 'system'],
    orgs: desk,
    relations: ['none'],
  },
  'area.write': {
    label: '組織・窓口・職員を登録する',
    roles: ['system'],
    orgs: desk,
    relations: ['none'],
  },
  'clock.expire': {
    label: '期限切れにする',
    roles: ['system'],
    orgs: desk,
    relations: ['none', 'own', 'foreign'],
  },
  'file.callUp': { label: '台帳を取り寄せる', roles: ['system'], orgs: desk, relations: ['own'] },
  'counts.export': {
    label: '公式の集計を書き出す',
    roles: ['supervisor'],
    orgs: desk,
    relations: ['none'],
  },
  'provision.export': {
    label: '求職情報を名前なしで書き出す',
    roles: ['supervisor'],
    orgs: desk,
    relations: ['none'],
  },
  'day.close': {
    label: '一日の集計を締める',
    roles: ['supervisor'],
    orgs: desk,
    relations: ['none'],
  },
  'repair.adopt': {
    label: '職員の要確認の記録を直す',
    roles: ['supervisor'],
    orgs: desk,
    relations: ['none'],
  },
  'roster.import': {
    label: '職員の名簿を取りこむ',
    roles: ['supervisor'],
    orgs: desk,
    relations: ['none'],
  },
  'device.admit': {
    label: '端末を登録・停止する',
    roles: ['supervisor'],
    orgs: desk,
    relations: ['none'],
  },
  'counter.close': {
    label: '窓口を閉じて移す',
    roles: ['supervisor'],
    orgs: desk,
    relations: ['none'],
  },
  'directory.write': {
    label: '案内先を書く',
    roles: [...staff, 'system'],
    orgs: desk,
    relations: ['none'],
  },
  'plan.write': {
    label: '協定・計画・要請を書く',
    roles: ['supervisor', 'system'],
    // A contractor is no party to an agreement, and these verbs take any organisation's.
    orgs: ['city', 'hw', 'pref'],
    relations: ['none'],
  },
  'event.write': { label: '催しを書く', roles: staff, orgs: desk, relations: ['none'] },
  'attendance.write': {
    label: '催しの参加を書く',
    roles: staff,
    orgs: desk,
    relations: ['none', 'own'],
  },
  'lead.write': { label: '事業所の相談を書く', roles: staff, orgs: desk, relations: ['none'] },
  'figures.reconcile': {
    label: 'ハローワークの数と突き合わせる',
    roles: ['supervisor'],
    orgs: desk,
    relations: ['none'],
  },
  'team.write': { label: 'チーム支援を書く', roles: staff, orgs: desk, relations: ['own'] },
  'welfareCase.city': {
    label: '自立促進の支援を要請する',
    roles: staff,
    orgs: ['city'],
    relations: ['own'],
  },
  'welfareCase.hw': {
    label: '自立促進の支援を引き受け、進める',
    roles: staff,
    orgs: ['hw'],
    relations: ['none', 'own'],
  },
  'welfareCase.either': {
    label: '自立促進の支援を止め、終える',
    roles: staff,
    orgs: ['city', 'hw'],
    relations: ['none', 'own'],
  },
  'training.write': {
    label: '訓練の受講をあっせんする',
    roles: staff,
    orgs: ['hw'],
    relations: ['own'],
  },
  'complaint.write': {
    label: '苦情・要望を受ける',
    roles: staff,
    orgs: desk,
    relations: ['none', 'own'],
  },
  'complaint.answer': {
    label: '苦情・要望に答える',
    roles: ['supervisor'],
    orgs: desk,
    relations: ['none', 'own'],
  },
  'rights.write': {
    label: '開示などの請求を受ける',
    roles: staff,
    orgs: desk,
    relations: ['none', 'own'],
  },
  'rights.decide': {
    label: '開示などの請求を決める',
    roles: ['supervisor'],
    // The one who holds the records decides; a contractor is entrusted with them.
    orgs: ['city', 'hw', 'pref'],
    relations: ['none', 'own'],
  },
} as const satisfies Readonly<Record<string, Grant>>;

export type Action = keyof typeof grants;

export function isAllowed(
  action: Action,
  actor: { readonly role: Role; readonly orgType: OrganisationType },
  relation: Relation,
): boolean {
  const grant: Grant = grants[action];
  return (
    grant.roles.includes(actor.role) &&
    grant.orgs.includes(actor.orgType) &&
    grant.relations.includes(relation)
  );
}
