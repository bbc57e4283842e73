/** Pure logic of the person's screens: typed text carried along, look-alikes, timeline, 前回から, next steps. */
import { describe, expect, test } from 'vitest';
import { amendArgs, isUnchanged } from '../../src/app/logic/amend-args.ts';
import {
  folds,
  seekerFields,
  withoutRestricted,
  withPhoneTail,
} from '../../src/app/logic/registration-parts.ts';
import type { Fields } from '../../src/domain/field.ts';
import { daysAgo, daysLeft } from '../../src/app/logic/days.ts';
import { isCalledOtherwise, isLikely, lookAlikes } from '../../src/app/logic/look-alikes.ts';
import { namesOf } from '../../src/app/logic/names-of.ts';
import { nextSteps } from '../../src/app/logic/next-steps.ts';
import { idsOfPerson, lastVisits, personCard, recordsAbout } from '../../src/app/logic/person.ts';
import { sinceLast } from '../../src/app/logic/since-last.ts';
import { timeline } from '../../src/app/logic/timeline.ts';
import { typedPerson } from '../../src/app/logic/typed-person.ts';
import { uuidTime } from '../../src/app/logic/uuid-time.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const today = '2025-11-20';
const rec = (kind: string, id: string, parts: Record<string, Values>): Rec => ({ kind, id, parts });
/** A UUIDv7 of a moment, as devices make them. */
const idAt = (iso: string, tail = '0') => {
  const hex = new Date(iso).getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${tail.padStart(12, '0')}`;
};

const seeker = (id: string, card: Values, facts: Values = {}) =>
  rec('seeker', id, { facts: { org: 'city', site: 's1', state: 'active', ...facts }, card });

describe('what was typed is carried into the registration', () => {
  test.each<[string, Values]>([
    ['山田 太郎', { familyName: '山田', givenName: '太郎' }],
    ['山田　太郎', { familyName: '山田', givenName: '太郎' }],
    ['髙橋', { familyName: '髙橋' }],
    ['やまだ たろう', { familyKana: 'ヤマダ', givenKana: 'タロウ' }],
    ['ﾔﾏﾀﾞ', { familyKana: 'ヤマダ' }],
    ['昭和38年4月2日', { birthDate: '1963-04-02' }],
    ['S38.4.2', { birthDate: '1963-04-02' }],
    ['１２３４', { phoneTail: '1234' }],
    ['090-1234-567', {}],
    ['  ', {}],
  ])('%s', (typed, expected) => {
    expect(typedPerson(typed)).toEqual(expected);
  });
});

describe('look-alikes', () => {
  const people = [
    seeker('a', { familyKana: 'ヤマダ', givenKana: 'タロウ', familyName: '山田' }),
    seeker('b', { familyKana: 'サトウ', birthDate: '1963-04-02', phoneTail: '1234' }),
    seeker('c', { familyKana: 'ヤマダ', givenKana: 'タロウ' }, { org: 'hw' }),
    seeker('d', { familyKana: 'ヤマダ', givenKana: 'タロウ' }, { state: 'voided' }),
  ];
  test.each<[string, Values, string[]]>([
    [
      'same kana, own organisation, not voided',
      { familyKana: 'やまだ', givenKana: 'たろう' },
      ['a'],
    ],
    ['same birth date', { birthDate: '1963-04-02' }, ['b']],
    ['the phone’s end', { phone: '090-0000-1234' }, ['b']],
    ['nothing typed', {}, []],
    ['another name', { familyKana: 'スズキ' }, []],
  ])('%s', (_title, typed, ids) => {
    expect(lookAlikes(people, 'city', typed).map(({ record }) => record.id)).toEqual(ids);
  });

  test('the one like in more ways comes first', () => {
    const typed = {
      familyKana: 'ヤマダ',
      givenKana: 'タロウ',
      birthDate: '1963-04-02',
      phoneTail: '1234',
    };
    const found = lookAlikes(people, 'city', typed);
    expect(found.map(({ record, why }) => [record.id, why])).toEqual([
      ['b', ['birth', 'phone']],
      ['a', ['kana']],
    ]);
    expect(found.map((one) => isLikely(one))).toEqual([true, true]);
    const bornLater = { birthDate: '2000-03-03' };
    expect(found.map((one) => isLikely(one, bornLater))).toEqual([false, true]);
    expect(lookAlikes(people, 'city', { phoneTail: '1234' }).map((one) => isLikely(one))).toEqual([
      false,
    ]);
    const born = lookAlikes(people, 'city', { birthDate: '1963-04-02' });
    expect(born.map((one) => isLikely(one))).toEqual([false]);
  });

  test('is called otherwise where no name is the same, as far as both have one', () => {
    const told = { familyName: '山田', familyKana: 'ヤマダ' };
    const hanako = { ...told, givenName: '花子', givenKana: 'ハナコ' };
    const taro = { ...told, givenName: '太郎', givenKana: 'タロウ' };
    expect(isCalledOtherwise(told, hanako)).toBe(false);
    expect(isCalledOtherwise(hanako, taro)).toBe(true);
    expect(isCalledOtherwise(told, { familyName: '鈴木', familyKana: 'スズキ' })).toBe(true);
    expect(isCalledOtherwise({}, taro)).toBe(false);
  });
});

describe('the person in words', () => {
  test('kana, age on the day and 和暦 birth date', () => {
    const card = personCard(
      seeker('a', {
        familyName: '山田',
        givenName: '太郎',
        familyKana: 'ヤマダ',
        birthDate: '1963-11-21',
      }),
      today,
    );
    expect(card).toMatchObject({ name: '山田 太郎', kana: 'ヤマダ', age: '61歳' });
    expect(card.birth).toBe('昭和38年11月21日');
  });

  test('an unknown birth date says nothing', () => {
    expect(personCard(seeker('a', {}), today)).toMatchObject({ age: undefined, birth: undefined });
  });

  const link = (state: string) =>
    rec('link', 'l', { facts: { state }, ties: { fromSeeker: 'a', toSeeker: 'x' } });

  test('a live link names her at the other organisation, an ended one does not', () => {
    expect(idsOfPerson('a', [link('live')])).toEqual(['a', 'x']);
    expect(idsOfPerson('x', [link('live')])).toEqual(['x', 'a']);
    expect(idsOfPerson('a', [link('ended')])).toEqual(['a']);
  });

  test('records of both files belong to her story only while the link lives', () => {
    const other = rec('consultation', 'c', { facts: { org: 'hw' }, shared: { seeker: 'x' } });
    expect(recordsAbout([other], 'a', [link('live')])).toEqual([other]);
    expect(recordsAbout([other], 'a', [link('ended')])).toEqual([]);
  });

  test('last visit is the latest not voided', () => {
    const visit = (id: string, date: string, state = 'done') =>
      rec('visit', id, { facts: { date, state }, city: { citySeeker: 'a' } });
    const visits = [
      visit('1', '2025-11-01'),
      visit('2', '2025-10-01'),
      visit('3', today, 'voided'),
    ];
    expect(lastVisits(visits).get('a')).toBe('2025-11-01');
  });
});

const nameOf = namesOf((kind, id) => rec(kind, id, { facts: { name: `${kind}:${id}` } }));
const mine = idAt('2025-11-10T01:00:00Z', '1');
const theirs = idAt('2025-11-12T02:00:00Z', '2');
const old = idAt('2025-11-01T02:00:00Z', '3');
const records: Rec[] = [
  rec('consultation', mine, {
    facts: {
      org: 'city',
      site: 's1',
      staff: 'me',
      date: '2025-11-10',
      state: 'recorded',
      services: ['careerCounselling'],
    },
    shared: { seeker: 'a', summary: '希望を整理', next: { date: '2025-11-25', time: '10:00' } },
    private: { notes: '家のこと' },
  }),
  rec('consultation', theirs, {
    facts: {
      org: 'hw',
      site: 's1',
      staff: 'you',
      date: '2025-11-12',
      state: 'recorded',
      services: ['jobCounselling'],
    },
    shared: { seeker: 'x', summary: '求人を見た' },
  }),
  rec('handoff', old, {
    facts: {
      org: 'city',
      site: 's1',
      toOrg: 'hw',
      toSite: 's1',
      date: '2025-11-01',
      state: 'accepted',
      acceptedOn: '2025-11-13',
      reason: 'jobReferral',
    },
    sender: { fromSeeker: 'a' },
  }),
];

describe('timeline', () => {
  const items = timeline(records, 'city', nameOf);

  test('newest first, with who, where and whose', () => {
    expect(items.map(({ record }) => record.id)).toEqual([theirs, mine, old]);
    expect(items[1]).toMatchObject({
      label: '相談',
      title: 'キャリアカウンセリング',
      who: 'staff:me',
      place: 'organisation:city・site:s1',
      isOwn: true,
    });
    expect(items[0]).toMatchObject({ isOwn: false });
  });

  test('a private note is marked, a summary is not', () => {
    expect(items[1]?.lines).toEqual([
      { label: 'まとめ', text: '希望を整理', isPrivate: false },
      { label: '自分の組織だけのメモ', text: '家のこと', isPrivate: true },
      { label: '次回', text: '11月25日(火) 10:00', isPrivate: false },
    ]);
  });

  test('on one day the later moment stands first', () => {
    const at = (id: string, startedAt: number) =>
      rec('consultation', id, { facts: { date: today, startedAt }, shared: {} });
    const ids = timeline([at('a', 1000), at('b', 2000)], 'city', nameOf).map((i) => i.record.id);
    expect(ids).toEqual(['b', 'a']);
  });

  test('a voided record stays, with its reason', () => {
    const voided = rec('referral', 'r', {
      facts: { state: 'voided', voidReason: 'mistake', date: today },
    });
    expect(timeline([voided], 'city', nameOf)[0]).toMatchObject({
      isVoided: true,
      voidReason: '入力まちがい',
    });
  });
});

describe('前回から', () => {
  const items = timeline(records, 'city', nameOf);

  test('what others wrote after my last record, and what changed', () => {
    const since = sinceLast(items, 'me');
    expect(since.last).toBe('2025-11-10');
    expect(since.news.map(({ what }) => what)).toEqual([
      '相談が加わりました',
      '引継ぎが「受け入れた」になりました',
    ]);
  });

  test('a handoff and a consent of the own desk are no news by themselves', () => {
    const own = ['handoff', 'consent'].map((kind) =>
      rec(kind, idAt('2025-11-13T01:00:00Z', kind === 'consent' ? '5' : '4'), {
        facts: { org: 'city', date: '2025-11-10' },
      }),
    );
    const all = timeline([...records, ...own], 'city', nameOf);
    expect(sinceLast(all, 'me').news).toHaveLength(sinceLast(items, 'me').news.length);
  });

  test('the one who wrote last has only the change', () => {
    expect(sinceLast(items, 'you').news.map(({ item }) => item.kind)).toEqual(['handoff']);
  });

  test('who never recorded anything has no last time', () => {
    expect(sinceLast(items, 'new')).toEqual({ last: undefined, news: [] });
  });
});

describe('next steps', () => {
  const file = rec('seeker', 'a', { file: { hwValidTo: '2025-11-30' } });
  const referral = rec('referral', 'r', {
    facts: { state: 'applied', date: '2025-11-05' },
    shared: { employerName: '北の警備' },
  });
  const consent = rec('consent', 'c', { facts: { state: 'live', expiresOn: '2026-03-31' } });

  test('the overdue first, then the soon, then the calm', () => {
    const steps = nextSteps(file, [...records, referral, consent], today);
    expect(steps.map(({ label, tone, text }) => [label, tone, text])).toEqual([
      ['採否待ち', 'overdue', '北の警備（応募した）・紹介から16日目'],
      ['求職の有効期限', 'soon', '11月30日(日)（あと10日）'],
      ['次回予約', 'calm', '11月25日(火) 10:00'],
      ['引継ぎ', 'calm', '受け入れた・20日目'],
      ['同意の期限', 'calm', '3月31日(火)（あと131日）'],
    ]);
  });

  test('an appointment is one while it is open', () => {
    const facts = { dueOn: '2025-11-21', time: '09:30' };
    const booked = (state: string) =>
      rec('appointment', 'ap', { facts: { ...facts, state }, shared: { purpose: '書類' } });
    expect(nextSteps(undefined, [booked('booked')], today)).toMatchObject([
      { label: '次回予約', tone: 'calm', text: '11月21日(金) 09:30 書類' },
    ]);
    expect(nextSteps(undefined, [booked('cancelled')], today)).toEqual([]);
  });

  test('a past appointment and a known result are no step', () => {
    const past = rec('consultation', 'p', { shared: { next: { date: '2025-11-19' } } });
    const hired = rec('referral', 'h', { facts: { state: 'hired', date: '2025-11-01' } });
    expect(nextSteps(undefined, [past, hired], today)).toEqual([]);
  });

  const hiredOnTrial = (state: string) => [
    rec('referral', 'h', { facts: { state, date: '2025-11-01' } }),
    rec('placement', 'p', {
      facts: { state: 'confirmed', referral: 'h', trialUsed: true, trialEnd: '2025-12-01' },
    }),
  ];

  test('a trial ends, until it is known what became of it', () => {
    expect(nextSteps(undefined, hiredOnTrial('trial'), today)).toEqual([
      {
        key: 'trial-p',
        label: 'トライアルの終わり',
        text: '12月1日(月)（あと11日）',
        tone: 'soon',
        screen: 'referrals',
        id: 'h',
      },
    ]);
    expect(nextSteps(undefined, hiredOnTrial('converted'), today)).toEqual([]);
  });

  test('what records say is due: all that is near, and of a kind the next one', () => {
    const check = (id: string, dueOn: string, state = 'due') =>
      rec('retentionCheck', id, { facts: { state, dueOn } });
    const planned = [
      check('6m', '2026-05-20'),
      check('3m', '2026-02-20'),
      check('1m', '2025-11-19'),
      check('1w', '2025-10-27', 'checked'),
    ];
    const asked = rec('employerContact', 'e', { facts: { state: 'asked', date: '2025-12-20' } });
    expect(
      nextSteps(undefined, [...planned, asked], today).map(({ key, text }) => [key, text]),
    ).toEqual([
      ['1m', '在職を確かめる　11月19日(水)（1日すぎています）'],
      ['e', '求人者の返事を記録　12月20日(土)（あと30日）'],
    ]);
    expect(nextSteps(undefined, planned.slice(0, 2), today)).toMatchObject([
      { key: '3m', screen: 'records', kind: 'retentionCheck', tone: 'calm' },
    ]);
  });

  test('a passed date of validity is overdue', () => {
    const passed = rec('seeker', 'a', { file: { hwValidTo: '2025-11-19' } });
    expect(nextSteps(passed, [], today)[0]).toMatchObject({
      tone: 'overdue',
      text: '11月19日(水)（1日すぎています）',
    });
  });
});

test.each([
  ['2025-11-20', '今日', '今日まで'],
  ['2025-11-19', '昨日', '1日すぎています'],
  ['2025-11-10', '10日前', '10日すぎています'],
  ['2025-11-22', 'あと2日', 'あと2日'],
])('days in words: %s', (date, ago, left) => {
  expect(daysAgo(date, today)).toBe(ago);
  expect(daysLeft(date, today)).toBe(left);
});

test('the moment of a UUIDv7, and of nothing else', () => {
  expect(uuidTime(idAt('2025-11-10T01:00:00.123Z'))).toBe(Date.parse('2025-11-10T01:00:00.123Z'));
  expect(uuidTime('1b4e28ba-2fa1-41d2-883f-0016d3cca427')).toBeUndefined();
});

describe('the long form', () => {
  test('every field of the registration stands in exactly one fold', () => {
    const names = folds.flatMap((fold) => fold.names);
    expect([...names].sort()).toEqual(Object.keys(seekerFields).sort());
  });

  test('DV is taken back, the rest stays', () => {
    expect(withoutRestricted({ clientCategories: ['youth', 'dv'] })).toEqual({
      values: { clientCategories: ['youth'] },
      wasRestricted: true,
    });
    expect(withoutRestricted({ clientCategories: ['youth'] }).wasRestricted).toBe(false);
  });

  test.each<[Values, string | undefined]>([
    [{ phone: '011-123-4567' }, '4567'],
    [{ phone: '011-123-4567', phoneTail: '0000' }, '0000'],
    [{ phone: '011' }, undefined],
  ])('the phone’s end follows %o', (values, tail) => {
    expect(withPhoneTail(values)['phoneTail']).toBe(tail);
  });
});

describe('a correction carries only what changed', () => {
  const fields: Fields = {
    a: { type: 'text', label: 'a', max: 9 },
    b: { type: 'flag', label: 'b' },
    c: { type: 'choices', label: 'c', list: 'purpose' },
  };
  test.each<[string, Values, Values, Values]>([
    ['nothing', { a: 'x', c: ['other'] }, { a: 'x', b: false, c: ['other'] }, {}],
    ['a new value', { a: 'x' }, { a: 'y' }, { a: 'y' }],
    ['an emptied text', { a: 'x' }, { a: '' }, { clear: [{ name: 'a' }] }],
    ['an emptied choice', { c: ['other'] }, { c: [] }, { clear: [{ name: 'c' }] }],
    ['a flag taken away', { b: true }, { b: false }, { b: false }],
    ['still empty', {}, { a: '', c: [] }, {}],
  ])('%s', (_title, before, after, expected) => {
    expect(amendArgs(fields, before, after)).toEqual(expected);
    expect(isUnchanged(amendArgs(fields, before, after))).toBe(Object.keys(expected).length === 0);
  });
});
