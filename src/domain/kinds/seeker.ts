/**
 * A person's file at one organisation (求職者). The other organisation has its own; a link by consent joins them
 * (design.md §4). Names are stored exactly as entered; nothing here is ever an index in clear.
 * Field list: domain.md §3 after Hello Work's online form; 要配慮 items are marked special. Never asked: 人種・本籍・思想・
 * 組合, family's jobs or income (職業安定法5条の5 and its guideline), マイナンバー.
 */
import { chainFrom, mergedInto } from '../aliases.ts';
import type { Fields } from '../field.ts';
import { stateOf, type Kind } from '../kind.ts';
import { digitsOnly, phoneTail, searchKey } from '../names.ts';
import type { Problem } from '../problem.ts';
import { partOf, type View } from '../record.ts';
import { text, texts, type Value, type Values } from '../value.ts';
import { amends, creates, idOf, moves, stateFields, voids, type Shape } from '../verbs.ts';

const card: Fields = {
  familyName: { type: 'text', label: '姓', max: 40, required: true, sensitivity: 'personal' },
  givenName: {
    type: 'text',
    label: '名',
    max: 40,
    sensitivity: 'personal',
    hint: '名だけ・通称だけの方は、姓の欄だけで登録できます。',
  },
  familyKana: { type: 'kana', label: 'セイ', max: 60, required: true, sensitivity: 'personal' },
  givenKana: { type: 'kana', label: 'メイ', max: 60, sensitivity: 'personal' },
  alias: { type: 'text', label: '通称・旧姓', max: 60, sensitivity: 'personal' },
  glyphNote: {
    type: 'text',
    label: '字形の注記',
    max: 100,
    hint: '画面に出ない字があるときに書きます（例：はしごだか）。',
  },
  birthDate: { type: 'date', label: '生年月日', sensitivity: 'personal' },
  phoneTail: {
    type: 'code',
    format: 'phoneTail',
    label: '電話の下4けた',
    sensitivity: 'personal',
    hint: '電話番号を入れれば、空けておけます。',
  },
};

const contact: Fields = {
  gender: { type: 'choice', list: 'gender', label: '性別', absence: true, sensitivity: 'personal' },
  postal: { type: 'code', format: 'postal', label: '郵便番号', sensitivity: 'personal' },
  address: { type: 'text', label: '住所', max: 200, sensitivity: 'personal' },
  phone: { type: 'code', format: 'phone', label: '電話', sensitivity: 'personal' },
  safeContact: {
    type: 'group',
    label: '安全な連絡のとりかた',
    fields: {
      means: { type: 'choice', list: 'contactMeans', label: '手段' },
      hours: { type: 'text', label: '時間帯', max: 60 },
      mayNameUs: { type: 'flag', label: '窓口の名前を名乗ってよい' },
    },
  },
};

/** What she wishes for; its history is of the kind `preference`. */
export const wishFields: Fields = {
  occupations: { type: 'choices', list: 'occupation', label: '職種' },
  jobText: { type: 'text', label: '職種（くわしく）', max: 200 },
  employmentTypes: { type: 'choices', list: 'employmentType', label: '雇用形態' },
  place: { type: 'text', label: '勤務地', max: 100 },
  hours: { type: 'choice', list: 'workingHours', label: '時間' },
  hoursText: { type: 'text', label: '時間（くわしく）', max: 100 },
  wage: { type: 'text', label: '賃金', max: 60 },
};

const wishes: Fields = { wishes: { type: 'group', label: '希望', fields: wishFields } };

const history: Fields = {
  education: { type: 'choice', list: 'education', label: '学歴', absence: true },
  licences: { type: 'text', label: '免許・資格', max: 400, lines: 2 },
  careers: {
    type: 'list',
    label: '職歴',
    max: 20,
    fields: {
      employer: { type: 'text', label: '勤め先', max: 100, required: true },
      job: { type: 'text', label: '仕事の内容', max: 200 },
      from: { type: 'date', label: 'はじまり' },
      to: { type: 'date', label: 'おわり' },
      reason: { type: 'text', label: '離職の理由', max: 100 },
    },
  },
  considerations: {
    type: 'text',
    label: '配慮事項',
    max: 400,
    lines: 2,
    absence: true,
    sensitivity: 'special',
  },
};

/** Asked of people of these categories alone. */
function isOneOf(...wanted: readonly string[]) {
  return (values: Values) =>
    texts(values['clientCategories']).some((code) => wanted.includes(code));
}

const registrationFields: Fields = {
  hwSeekerNo: { type: 'code', format: 'hwSeekerNo', label: '求職番号', sensitivity: 'personal' },
  hwValidTo: { type: 'date', label: '求職の有効期限' },
  insuranceStatus: {
    type: 'choice',
    list: 'insuranceStatus',
    label: '雇用保険',
    absence: true,
  },
  clientCategories: { type: 'choices', list: 'clientCategory', label: '対象者区分' },
  disclosureScope: { type: 'choice', list: 'disclosureScope', label: '求職情報の公開・提供' },
  recallOn: {
    type: 'date',
    label: '季節の仕事に戻る予定日',
    shownWhen: isOneOf('seasonal'),
  },
  residenceStatus: {
    type: 'choice',
    list: 'residenceStatus',
    label: '在留資格',
    sensitivity: 'personal',
    shownWhen: isOneOf('foreigner', 'foreignStudent'),
    hint: '在留カードの写しや番号は残しません。',
  },
  residenceUntil: {
    type: 'date',
    label: '在留期間の満了日',
    sensitivity: 'personal',
    shownWhen: isOneOf('foreigner', 'foreignStudent'),
  },
  extraWorkPermit: {
    type: 'flag',
    label: '資格外活動の許可がある',
    sensitivity: 'personal',
    shownWhen: isOneOf('foreigner', 'foreignStudent'),
  },
  interpreterLanguage: {
    type: 'text',
    label: '通訳の言語',
    max: 40,
    sensitivity: 'personal',
    shownWhen: isOneOf('foreigner', 'foreignStudent'),
  },
  post: {
    type: 'text',
    label: '担当席',
    max: 40,
    hint: '担当は人でなく席に付きます。異動しても引き継がれます。',
  },
};

const shape: Shape = {
  name: 'seeker',
  label: '求職者',
  states: { active: '登録中', merged: '統合ずみ', voided: '取消' },
  persons: ['facts.mergedInto'],
  rules: [
    {
      level: 'warning',
      fields: ['phoneTail'],
      breaks: (values) => {
        const digits = text(values['phone'])?.replaceAll(/\D/g, '');
        const tail = text(values['phoneTail']);
        return digits && tail && !digits.endsWith(tail)
          ? '電話番号と「電話の下4けた」が合っていません。'
          : undefined;
      },
    },
  ],
  parts: {
    facts: {
      label: '登録',
      audience: 'card',
      person: 'id',
      listed: true,
      together: [['state', 'mergedInto']],
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        date: { type: 'date', label: '登録日', fixed: true },
        calledUpOn: { type: 'date', label: '取り寄せた日', fixed: true },
        calledUpAt: { type: 'ref', kind: 'site', label: '取り寄せた窓口', fixed: true },
        mergedInto: { type: 'ref', kind: 'seeker', label: '統合先の台帳', fixed: true },
      },
    },
    card: { label: '氏名', audience: 'card', listed: true, person: 'id', fields: card },
    file: {
      label: '台帳',
      audience: 'file',
      person: 'id',
      listed: false,
      together: [['postal', 'address']],
      fields: { ...contact, ...registrationFields, ...wishes, ...history },
    },
    welfare: {
      label: '福祉（市だけが見る欄）',
      audience: 'file',
      person: 'id',
      listed: false,
      fields: {
        welfareCategories: {
          type: 'choices',
          list: 'welfareCategory',
          label: '受けている制度',
          sensitivity: 'special',
        },
        disability: {
          type: 'text',
          label: '障害・病気のこと',
          max: 400,
          lines: 2,
          absence: true,
          sensitivity: 'special',
        },
        welfareOffice: {
          type: 'text',
          label: '担当の福祉事務所・係',
          max: 60,
          sensitivity: 'special',
        },
        welfareNote: {
          type: 'text',
          label: '福祉のメモ',
          max: 1000,
          lines: 3,
          sensitivity: 'special',
        },
      },
    },
  },
};

const plainFields = [...Object.keys(card), ...Object.keys(shape.parts['file']?.fields ?? {})];
const seekerOf = (view: View) => (id: string) => view.get('seeker', id);
const intoOf = (args: Values) => text(args['into']) ?? '';

/** Followed to where the person is found now: what two tablets merged the other way round must not become a circle. */
function unfitTarget(args: Values, view: View): Problem | undefined {
  const get = seekerOf(view);
  const chain = chainFrom(intoOf(args), get);
  const root = get(chain.at(-1) ?? '');
  const refused = (reason: string) => ({ code: 'refused', reason }) as const;
  if (intoOf(args) === idOf(args)) return refused('同じ台帳どうしは統合できません。');
  if (chain.includes(idOf(args)))
    return refused('選んだ台帳は、すでにこの方の台帳に統合されています。');
  if (mergedInto(root) !== undefined)
    return refused('統合が何重にもなっています。いま使っている台帳を開いて、統合してください。');
  return stateOf(root) === 'voided' ? refused('取り消された台帳には統合できません。') : undefined;
}

/** As the form fills it in (src/app/logic/registration-parts.ts). */
export function tailOf(phone: Value): string | undefined {
  const number = text(phone) ?? '';
  return digitsOnly(number).length < 10 ? undefined : phoneTail(number);
}

const isRestricted = (codes: readonly string[]) => codes.includes('dv');

export function seekerName(
  record: { readonly parts: Readonly<Record<string, object>> } | undefined,
): string {
  const values = (record?.parts['card'] ?? {}) as Readonly<Record<string, unknown>>;
  return [values['familyName'], values['givenName']].filter(Boolean).join(' ');
}

export const seeker: Kind = {
  ...shape,
  number: 6,
  retention: 'placement',
  siteFields: ['site'],
  moves: true,
  days: ['date'],
  follows: { phoneTail: { of: 'phone', as: tailOf } },
  summary: seekerName,
  searchKeys: (record) => {
    const values = partOf(record, 'card');
    const join = (...names: string[]) => names.map((name) => text(values[name]) ?? '').join('');
    return [
      searchKey(join('familyName', 'givenName')),
      searchKey(join('familyKana', 'givenKana')),
      searchKey(text(values['alias']) ?? ''),
      text(values['phoneTail']) ?? '',
    ].filter((key) => key !== '');
  },
  verbs: {
    register: creates(shape, 'register', {
      title: '求職者を登録',
      may: 'case.write',
      only: plainFields,
      check: (args) =>
        isRestricted(texts(args['clientCategories'])) ? { code: 'restrictedPerson' } : undefined,
      fixed: (_args, actor, moment) => ({
        org: actor.org,
        site: actor.site,
        date: moment.businessDate,
        state: 'active',
      }),
    }),
    amend: amends(shape, {
      title: '求職者の台帳を訂正',
      may: 'file.write',
      only: plainFields,
      check: (args) =>
        isRestricted(texts(args['clientCategories'])) ? { code: 'restrictedPerson' } : undefined,
    }),
    amendWelfare: amends(
      shape,
      {
        title: '福祉の欄を書く',
        may: 'welfare.write',
        only: Object.keys(shape.parts['welfare']?.fields ?? {}),
      },
      'amendWelfare',
    ),
    // Asked of the server by a member of staff whose tablet does not hold the person (src/server/call-up.ts).
    callUp: amends(
      shape,
      {
        title: '台帳を取り寄せる',
        may: 'file.callUp',
        only: [],
        extra: {
          at: { type: 'ref', kind: 'site', label: '窓口', required: true },
          on: { type: 'date', label: '日', required: true },
        },
        also: (args) => [
          {
            kind: 'seeker',
            id: idOf(args),
            part: 'facts',
            set: { calledUpAt: args['at'] as Value, calledUpOn: args['on'] as Value },
          },
        ],
      },
      'callUp',
    ),
    merge: moves(shape, 'merge', {
      title: '同じ人の台帳を統合する',
      may: 'file.merge',
      from: ['active'],
      to: 'merged',
      extra: { into: { type: 'ref', kind: 'seeker', label: '統合先の台帳', required: true } },
      reads: (args, view) =>
        chainFrom(intoOf(args), seekerOf(view)).map((id) => ({ kind: 'seeker', id })),
      people: (args) => [idOf(args), intoOf(args)],
      check: unfitTarget,
      fixed: (args) => ({ mergedInto: intoOf(args) }),
    }),
    unmerge: moves(shape, 'unmerge', {
      title: '台帳の統合を解く',
      may: 'file.merge',
      from: ['merged'],
      to: 'active',
      people: (args) => [idOf(args)],
      fixed: () => ({ mergedInto: null }),
    }),
    void: voids(shape, {
      title: '求職者の登録を取り消す',
      may: 'file.write',
      people: (args) => [idOf(args)],
      check: (args, view) =>
        mergedInto(view.get('seeker', idOf(args))) === undefined
          ? undefined
          : { code: 'illegalState', kind: 'seeker', found: '統合ずみ' },
    }),
  },
};
