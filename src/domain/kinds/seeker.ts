/**
 * A person's file at one organisation (求職者). The other organisation has its own; a link by consent joins them
 * (design.md §4). Names are stored exactly as entered; nothing here is ever an index in clear.
 * Field list: domain.md §3 after Hello Work's online form; 要配慮 items are marked special. Never asked: 人種・本籍・思想・
 * 組合, family's jobs or income (職業安定法5条の5 and its guideline), マイナンバー.
 */
import type { Fields } from '../field.ts';
import type { Kind } from '../kind.ts';
import { searchKey } from '../names.ts';
import { partOf } from '../record.ts';
import { text, texts, type Value } from '../value.ts';
import { amends, creates, idOf, stateFields, voids, type Shape } from '../verbs.ts';

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

const wishes: Fields = {
  wishes: {
    type: 'group',
    label: '希望',
    fields: {
      occupations: { type: 'choices', list: 'occupation', label: '職種' },
      jobText: { type: 'text', label: '職種（くわしく）', max: 200 },
      employmentTypes: { type: 'choices', list: 'employmentType', label: '雇用形態' },
      place: { type: 'text', label: '勤務地', max: 100 },
      hours: { type: 'choice', list: 'workingHours', label: '時間' },
      hoursText: { type: 'text', label: '時間（くわしく）', max: 100 },
      wage: { type: 'text', label: '賃金', max: 60 },
    },
  },
};

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
  states: { active: '登録中' },
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
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        date: { type: 'date', label: '登録日', fixed: true },
        calledUpOn: { type: 'date', label: '取り寄せた日', fixed: true },
        calledUpAt: { type: 'ref', kind: 'site', label: '取り寄せた窓口', fixed: true },
      },
    },
    card: { label: '氏名', audience: 'card', listed: true, person: 'id', fields: card },
    file: {
      label: '台帳',
      audience: 'file',
      person: 'id',
      listed: false,
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
    void: voids(shape, { title: '求職者の登録を取り消す', may: 'file.write' }),
  },
};
