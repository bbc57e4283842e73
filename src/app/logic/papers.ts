/**
 * The papers of a desk, as what stands on them: for somebody, from the records that this tablet shows of her, or blank, for a
 * day when even tablets fail. A paper is lines, perhaps a table, what it is good for, and who signs. Whatever is no letter
 * of introduction says so; only a city's own referral is one (screens/referrals). Forms: domain.md §3, plan 4 (支援要請).
 */
import { codeLabel, codesOf, type ListName } from '../../domain/codes.ts';
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Actor, type Rec } from '../../domain/record.ts';
import { text, texts, type Value } from '../../domain/value.ts';
import { formatLongJa, formatWareki } from '../../domain/wareki.ts';
import type { NameOf } from './names-of.ts';

export interface Paper {
  readonly code: string;
  readonly title: string;
  /** The record it is made from, for the log of prints. */
  readonly about?: { readonly kind: string; readonly id: string };
  readonly warning?: string;
  readonly to?: string;
  /** A number or letter to be read from afar. */
  readonly big?: string;
  readonly lines: readonly Line[];
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly Cells[] };
  readonly notes: readonly string[];
  readonly signs: readonly Signature[];
}
export type Signature = 'client' | 'staff';
type Cells = readonly string[];
export type Line = readonly [label: string, value: string];

export interface PaperWorld {
  readonly seeker: Rec;
  readonly person: string;
  readonly about: readonly Rec[];
  readonly actor: Actor;
  readonly nameOf: NameOf;
  readonly today: string;
}

/** Room to write by hand. */
const room = '';
/** Room for a few lines. */
const largeRoom = '\n'.repeat(6);

/** A box and its word stay on one line. */
const box = (label: string) => `□\u00A0${label}`;

export function papersOf(world: PaperWorld): readonly Paper[] {
  return [
    proof(world),
    ...world.about
      .filter((record) => isLive(record, 'visit'))
      .slice(0, 1)
      .map(ticket(world)),
    ...world.about.filter((record) => isLive(record, 'consent')).map(consentForm(world)),
    ...world.about.filter((record) => isLive(record, 'handoff')).map(handoffSheet(world)),
    ...world.about.filter((record) => isLive(record, 'welfareCase')).map(supportRequest(world)),
    ...world.about.filter((record) => isLive(record, 'userCard')).map(cardPaper(world)),
  ];
}

function isLive(record: Rec, kind: string): boolean {
  const over = ['voided', 'withdrawn', 'expired', 'replaced', 'lost', 'cancelled'];
  return record.kind === kind && !over.includes(stateOf(record) ?? '');
}

const wareki = (value: Value | undefined) => {
  const date = text(value);
  return date === undefined ? room : formatWareki(date);
};

const labels = (list: ListName, value: Value | undefined) =>
  texts(value)
    .map((code) => codeLabel(list, code))
    .join('、');

/** What was done to find work and when; a session of Hello Work's and an application each on their own line. */
function proof({ person, about, nameOf, today }: PaperWorld): Paper {
  const rows = about
    .flatMap((record) => activity(record, nameOf))
    .toSorted(([a = ''], [b = '']) => a.localeCompare(b))
    .map(([date = '', ...rest]) => [formatWareki(date), ...rest]);
  return {
    code: 'proof',
    title: '求職活動・相談の証明',
    lines: [
      ['氏名', `${person} 様`],
      ['作成日', formatLongJa(today)],
    ],
    table: { head: ['日', '内容', '窓口・組織'], rows },
    notes: [
      '上のとおり、当窓口の記録にあることを証明します。',
      '求人検索機だけの利用は、求職活動に数えていません。',
    ],
    signs: ['staff'],
  };
}

function activity(record: Rec, nameOf: NameOf): Cells[] {
  const facts = partOf(record, 'facts');
  const date = text(facts['date']);
  if (facts['state'] === 'voided' || date === undefined) return [];
  const place = `${nameOf('site', facts['site'])}（${nameOf('organisation', facts['org'])}）`;
  switch (record.kind) {
    case 'consultation': {
      const services = texts(facts['services']).filter((code) => code !== 'terminalOnly');
      const words = services.map((code) => codeLabel('serviceCode', code)).join('、');
      return services.length > 0 ? [[date, `相談（${words}）`, place]] : [];
    }
    case 'referral':
      return [[date, '職業紹介', place]];
    case 'selfApplication':
      return [[text(facts['appliedOn']) ?? date, '自主応募', place]];
    default:
      return [];
  }
}

const ticket =
  ({ nameOf }: PaperWorld) =>
  (visit: Rec): Paper => {
    const facts = partOf(visit, 'facts');
    return {
      code: 'ticket',
      title: '受付票',
      about: { kind: 'visit', id: visit.id },
      ...(text(facts['ticket']) ? { big: text(facts['ticket']) ?? '' } : {}),
      lines: [
        ['日', wareki(facts['date'])],
        ['窓口', nameOf('site', facts['site'])],
        ['用件', labels('purpose', facts['purposes'])],
      ],
      notes: ['この番号でお呼びします。'],
      signs: [],
    };
  };

const consentForm =
  ({ person, nameOf }: PaperWorld) =>
  (consent: Rec): Paper => {
    const facts = partOf(consent, 'facts');
    const terms = partOf(consent, 'terms');
    return {
      ...consentPaper(),
      about: { kind: 'consent', id: consent.id },
      lines: [
        ['氏名', `${person} 様`],
        ['伝える組織', nameOf('organisation', facts['org'])],
        [
          '受け取る組織',
          `${nameOf('organisation', facts['toOrg'])}　${nameOf('site', facts['toSite'])}`,
        ],
        ['目的', codeLabel('consentPurpose', text(terms['purpose']) ?? '')],
        ['伝える項目', labels('sharedItem', terms['items'])],
        ['伝える方法', codeLabel('consentMedium', text(terms['medium']) ?? '')],
        ['同意した日', wareki(facts['date'])],
        ['同意の期限', wareki(facts['expiresOn'])],
      ],
    };
  };

function consentPaper(): Paper {
  const items = codesOf('sharedItem').filter(({ code }) => !code.endsWith('Back'));
  return {
    code: 'consent',
    title: '情報を伝えることへの同意書',
    lines: [
      ['氏名', room],
      ['伝える組織', room],
      ['受け取る組織・窓口', room],
      ['目的', boxes('consentPurpose')],
      ['伝える項目', items.map(({ label }) => box(label)).join('　')],
      ['伝える方法', boxes('consentMedium')],
      ['同意の期限', '　　　年　　月　　日'],
    ],
    notes: [
      '上の内容を、上の組織に伝えることに同意します。同意は、いつでも窓口で撤回できます。',
      '撤回しても、それまでに伝えた内容がなかったことにはなりません。',
    ],
    signs: ['client', 'staff'],
  };
}

const boxes = (list: ListName) =>
  codesOf(list)
    .map(({ label }) => box(label))
    .join('　');

const handoffSheet =
  ({ person, nameOf }: PaperWorld) =>
  (handoff: Rec): Paper => {
    const facts = partOf(handoff, 'facts');
    return {
      ...handoffPaper(),
      about: { kind: 'handoff', id: handoff.id },
      lines: [
        ['氏名', facts['slip'] ? '（番号でのお渡し）' : `${person} 様`],
        ['渡す窓口', `${nameOf('organisation', facts['org'])}　${nameOf('site', facts['site'])}`],
        [
          '受ける窓口',
          `${nameOf('organisation', facts['toOrg'])}　${nameOf('site', facts['toSite'])}`,
        ],
        ['理由', codeLabel('handoffReason', text(facts['reason']) ?? '')],
        ['急ぎ', codeLabel('urgency', text(facts['urgency']) ?? '')],
        ['渡した日', wareki(facts['date'])],
        ['答えのほしい日', wareki(facts['dueOn'])],
        ['受けた日・名前', room],
      ],
    };
  };

function handoffPaper(): Paper {
  return {
    code: 'handoff',
    title: '引継ぎ票',
    lines: [
      ['氏名（同意のある時だけ）', room],
      ['番号（同意のない時）', room],
      ['渡す窓口', room],
      ['受ける窓口', room],
      ['理由', boxes('handoffReason')],
      ['急ぎ', boxes('urgency')],
      ['伝えること', largeRoom],
      ['受けた日・名前', room],
    ],
    notes: ['同意書のない時は、氏名と連絡先を書かないでください。'],
    signs: ['staff'],
  };
}

const supportRequest =
  ({ person, nameOf }: PaperWorld) =>
  (welfare: Rec): Paper => {
    const facts = partOf(welfare, 'facts');
    return {
      ...requestPaper(),
      about: { kind: 'welfareCase', id: welfare.id },
      ...(facts['toSite'] ? { to: `${nameOf('site', facts['toSite'])} 御中` } : {}),
      lines: [
        ['氏名', `${person} 様`],
        ['区分', labels('welfareCategory', facts['welfareCategory'])],
        ['要請した日', wareki(facts['requestedOn'])],
        ['要請する組織', nameOf('organisation', facts['org'])],
        ['対象者に決めた日', wareki(facts['targetOn'])],
      ],
    };
  };

function requestPaper(): Paper {
  return {
    code: 'supportRequest',
    title: '就労支援要請書（生活保護受給者等就労自立促進事業）',
    lines: [
      ['氏名', room],
      ['区分', boxes('welfareCategory')],
      ['要請する組織・担当', room],
      ['働くうえで配慮すること', largeRoom],
      ['同意書', box('あり（写しを付ける）')],
    ],
    notes: ['本人の同意を得たうえで、上の方の就労支援を要請します。'],
    signs: ['client', 'staff'],
  };
}

const cardPaper =
  ({ person, nameOf }: PaperWorld) =>
  (card: Rec): Paper => {
    const facts = partOf(card, 'facts');
    return {
      code: 'userCard',
      title: '利用者カード',
      about: { kind: 'userCard', id: card.id },
      big: text(partOf(card, 'card')['cardNo']) ?? '',
      lines: [
        ['氏名', `${person} 様`],
        ['発行', `${nameOf('site', facts['site'])}　${wareki(facts['date'])}`],
      ],
      notes: [
        facts['link']
          ? '同意のある窓口では、このカードで相談のようすが分かります。'
          : 'このカードは、発行した窓口で使えます。',
      ],
      signs: [],
    };
  };

/** For days when even tablets fail; what is written on them is entered afterwards. */
export function blankPapers(): readonly Paper[] {
  return [
    visitList(),
    consultationPaper(),
    handoffPaper(),
    consentPaper(),
    referralPaper(),
    requestPaper(),
  ];
}

function visitList(): Paper {
  const row = [
    '',
    '',
    `${box('新規')}　${box('再来')}`,
    codesOf('purpose')
      .map((one) => box(one.label))
      .join(' '),
  ];
  return {
    code: 'visitList',
    title: '来所の記録（受付）',
    lines: [
      ['日', '　　　年　　月　　日'],
      ['窓口', room],
    ],
    table: {
      head: ['時刻', '人数', '新規・再来', '用件'],
      rows: Array.from({ length: 12 }, () => row),
    },
    notes: ['氏名は書かないでください。相談した方は「相談の記録」に書きます。'],
    signs: ['staff'],
  };
}

function consultationPaper(): Paper {
  return {
    code: 'consultation',
    title: '相談の記録',
    lines: [
      ['日・時刻', '　　　年　　月　　日　　　時　　分から　　分'],
      ['氏名・フリガナ', room],
      ['生年月日', '　　　年　　月　　日'],
      ['電話', room],
      ['したこと', boxes('serviceCode')],
      ['共有のまとめ', largeRoom],
      ['自分の組織だけのメモ', largeRoom],
      ['次回予約', '　　月　　日　　　時　　分'],
    ],
    notes: ['マイナンバーは書かないでください。'],
    signs: ['staff'],
  };
}

function referralPaper(): Paper {
  return {
    code: 'referralNote',
    title: '紹介の記録',
    warning: 'これは紹介状ではありません。',
    lines: [
      ['日', '　　　年　　月　　日'],
      ['氏名', room],
      ['求人番号', room],
      ['事業所名', room],
      ['雇用形態', boxes('employmentType')],
      ['面接', '　　月　　日　　　時　　分'],
    ],
    notes: [],
    signs: ['staff'],
  };
}
