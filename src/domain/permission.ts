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
  'device.admit': {
    label: '端末を登録・停止する',
    roles: ['supervisor'],
    orgs: desk,
    relations: ['none'],
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
