/** Pure logic of the handoff screens: proposed texts, ticked items only, the preview, the boxes, slips, open visits. */
import { describe, expect, test } from 'vitest';
import { linkedOrgs, readersOfItem } from '../../src/app/logic/audience.ts';
import { boxes, bySlip, handoffSteps, stateWords } from '../../src/app/logic/handoff-boxes.ts';
import { seekerFromOffer } from '../../src/app/logic/accept-offer.ts';
import { drawn } from '../../src/app/form/form-values.ts';
import { desks } from '../../src/app/logic/desks.ts';
import {
  consentExpiry,
  namedArgs,
  redoArgs,
  unnamedArgs,
} from '../../src/app/logic/handoff-form.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import { parseFields } from '../../src/domain/parse.ts';
import { offerArgs, offerItems, proposedOffer } from '../../src/app/logic/offer.ts';
import { handoffHead, offerPreview } from '../../src/app/logic/offer-preview.ts';
import { newSlip } from '../../src/app/logic/slip.ts';
import { handoff, offerFieldsByItem } from '../../src/domain/kinds/handoff.ts';
import type { Actor, Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const rec = (kind: string, id: string, parts: Record<string, Values>): Rec => ({ kind, id, parts });

const seeker = rec('seeker', 'a', {
  card: { familyName: '山田', familyKana: 'ヤマダ', birthDate: '1963-04-02' },
  file: {
    phone: '090-1234-5678',
    safeContact: { means: 'mobile', hours: '午前', mayNameUs: false },
    wishes: { occupations: ['08', '10'], place: '白石区', hours: 'part', wage: '時給1,100円' },
    careers: [{ employer: '北建設', job: '測量', from: '1985-04-01', to: '2005-03-31' }],
    licences: '普通自動車',
    considerations: { absent: 'none' },
  },
  welfare: { welfareCategories: ['livelihood'], welfareOffice: '白石区保護一課' },
});

const consultation = (date: string, summary: string, state = 'recorded') =>
  rec('consultation', date, {
    facts: { date, state, services: ['careerCounselling'] },
    shared: { summary },
    private: { notes: '見せない' },
  });

describe('texts proposed from the opened file', () => {
  const proposed = proposedOffer(seeker, [
    consultation('2025-11-01', '希望を整理'),
    consultation('2025-11-10', '応募書類'),
    consultation('2025-11-15', '取消', 'voided'),
  ]);

  test.each([
    ['familyName', '山田'],
    ['birthDate', '1963-04-02'],
    ['safeContact', '携帯電話・午前・窓口の名は名乗らない'],
    [
      'wishesText',
      '職種：福祉・介護の職業、警備・保安の職業\n勤務地：白石区\n時間：パート\n賃金：時給1,100円',
    ],
    ['careersText', '1985〜2005 北建設 測量\n免許・資格：普通自動車'],
    ['considerationsText', '該当なし'],
    ['welfareText', '制度：生活保護\n担当：白石区保護一課'],
    [
      'supportHistory',
      '11月10日(月) キャリアカウンセリング：応募書類\n11月1日(土) キャリアカウンセリング：希望を整理',
    ],
  ])('%s', (name, text) => {
    expect(proposed[name]).toBe(text);
  });

  test('a private note is in none of them', () => {
    expect(JSON.stringify(proposed)).not.toContain('見せない');
  });

  test('an empty file proposes nothing', () => {
    expect(proposedOffer(undefined, [])).toEqual({});
  });

  test('items say whether the file has something for them', () => {
    const items = new Map(offerItems(proposed).map(({ item, hasText }) => [item, hasText]));
    expect([items.get('careers'), items.get('consultations')]).toEqual([true, false]);
    expect(new Map(offerItems({}).map(({ item, hasText }) => [item, hasText])).get('name')).toBe(
      false,
    );
  });
});

describe('only ticked items leave the page', () => {
  const texts = { familyName: '山田', phone: '090', welfareText: '保護', wishesText: '' };
  test.each<[string, string[], Values]>([
    ['nothing', [], { items: [] }],
    ['the name', ['name'], { items: ['name'], familyName: '山田' }],
    ['welfare', ['welfare'], { items: ['welfare'], welfareText: '保護' }],
    ['an emptied text', ['wishes'], { items: ['wishes'] }],
    ['from now on', ['consultations'], { items: ['consultations'] }],
  ])('%s', (_title, items, expected) => {
    expect(offerArgs(items, texts)).toEqual(expected);
  });

  test('every offer field belongs to an item of the kind', () => {
    const copied = Object.keys(handoff.parts['offer']?.fields ?? {}).filter(
      (name) => !['items', 'message'].includes(name),
    );
    expect(Object.values(offerFieldsByItem).flat().sort()).toEqual(copied.sort());
  });
});

describe('preview', () => {
  const offer = {
    items: ['name', 'consultations'],
    message: 'よろしくお願いします',
    familyName: '山田',
    givenName: '太郎',
    familyKana: 'ヤマダ',
    birthDate: '1963-04-02',
    welfareText: '保護',
  };

  test('shows what the ticked items tell, with 和暦, and nothing else', () => {
    const preview = offerPreview(offer);
    expect(preview).toMatchObject({
      name: '山田 太郎',
      kana: 'ヤマダ',
      message: 'よろしくお願いします',
    });
    expect(preview.sections[0]?.rows).toEqual([
      { label: '氏名', text: '山田 太郎' },
      { label: 'フリガナ', text: 'ヤマダ' },
      { label: '生年月日', text: '昭和38年4月2日' },
    ]);
    expect(preview.sections[1]).toMatchObject({ isFromNowOn: true, rows: [] });
    expect(JSON.stringify(preview)).not.toContain('保護');
  });

  test('without the item there is no name', () => {
    expect(offerPreview({ ...offer, items: ['welfare'] }).name).toBeUndefined();
  });

  test('the head says reason, urgency and the day of the answer', () => {
    expect(handoffHead({ reason: 'training', urgency: 'today', dueOn: '2025-11-21' })).toEqual({
      reason: '職業訓練',
      urgency: '今日中',
      isUrgent: true,
      accompany: false,
      dueOn: '11月21日(金)',
    });
  });
});

const facts = (state: string, over: Values = {}): Values => ({
  org: 'city',
  site: 's1',
  toOrg: 'hw',
  toSite: 's1',
  date: '2025-11-18',
  named: true,
  state,
  ...over,
});
const handoffRec = (id: string, state: string, over: Values = {}) =>
  rec('handoff', id, { facts: facts(state, over) });
const city = { org: 'city', site: 's1' };
const hw = { org: 'hw', site: 's1' };

test.each([
  ['sent', hw, '未開封'],
  ['received', hw, '返事がまだ'],
  ['received', city, '相手が見た'],
  ['accepted', hw, '受け入れた'],
  ['accepted', city, '相手が受け入れた'],
  ['inProgress', city, '相手が対応中'],
  ['reported', city, '結果が届いた'],
])('%s to %o reads %s', (state, desk, words) => {
  expect(stateWords(handoffRec('h', state), desk)).toBe(words);
});

describe('boxes', () => {
  test.each<[string, { org: string; site: string }, string]>([
    ['sent', hw, 'fresh'],
    ['received', hw, 'fresh'],
    ['accepted', hw, 'mine'],
    ['reported', hw, 'mine'],
    ['returned', hw, 'ended'],
    ['sent', city, 'waiting'],
    ['received', city, 'waiting'],
    ['accepted', city, 'mine'],
    ['inProgress', city, 'mine'],
    ['reported', city, 'mine'],
    ['returned', city, 'back'],
    ['draft', city, 'back'],
    ['closed', city, 'ended'],
  ])('%s for %o is %s', (state, desk, box) => {
    const found = boxes([handoffRec('h', state)], desk, '2025-11-20');
    const full = Object.entries(found).filter(([, rows]) => rows.length > 0);
    expect(full.map(([name]) => name)).toEqual([box]);
    expect(full[0]?.[1][0]?.days).toBe(3);
  });

  test('another counter of the same organisation receives nothing', () => {
    const found = boxes([handoffRec('h', 'sent')], { org: 'hw', site: 's2' }, '2025-11-20');
    expect(Object.values(found).flat()).toEqual([]);
  });

  test('the urgent first, then the oldest', () => {
    const rows = [
      handoffRec('new', 'sent'),
      handoffRec('old', 'sent', { date: '2025-11-10' }),
      handoffRec('urgent', 'sent', { urgency: 'today' }),
    ];
    const ids = boxes(rows, hw, '2025-11-20').fresh.map(({ record }) => record.id);
    expect(ids).toEqual(['urgent', 'old', 'new']);
  });
});

/** The table of steps is held against the verbs: every step offered is one that the state lets through. */
describe('steps offered are steps allowed', () => {
  const actor = (desk: { org: string; site: string }): Actor => ({
    user: 'u',
    role: 'counsellor',
    orgType: desk.org === 'hw' ? 'hw' : 'city',
    ...desk,
  });
  const states = Object.keys(handoff.states ?? {});
  test.each(states.flatMap((state) => [['city', state] as const, ['hw', state] as const]))(
    '%s, %s',
    (side, state) => {
      const desk = side === 'city' ? city : hw;
      const record = handoffRec('h', state);
      const view = { get: (kind: string) => (kind === 'handoff' ? record : rec(kind, 'x', {})) };
      const moment = { occurredAt: 0, businessDate: '2025-11-20' };
      const allowed = (name: string) => {
        const problem = handoff.verbs[name]?.check?.(
          { id: 'h', seeker: 'x' },
          view,
          actor(desk),
          moment,
        );
        return problem?.code !== 'illegalState' && problem?.code !== 'notAllowed';
      };
      for (const step of handoffSteps(record, desk))
        expect([step, allowed(step)]).toEqual([step, true]);
    },
  );

  test('both sides have steps at all', () => {
    expect(handoffSteps(handoffRec('h', 'sent'), hw)).toEqual(['accept', 'return']);
    expect(handoffSteps(handoffRec('h', 'reported'), city)).toEqual(['close']);
    expect(handoffSteps(handoffRec('h', 'returned'), city)).toEqual(['redraft', 'cancel']);
  });

  test('what the other desk has taken over is no longer called off', () => {
    const steps = (state: string) => handoffSteps(handoffRec('h', state), city);
    expect(['sent', 'received', 'accepted', 'inProgress'].map(steps)).toEqual([
      ['cancel'],
      ['cancel'],
      [],
      [],
    ]);
  });

  test('without a name, what came back goes again or is given up, never consented to', () => {
    const steps = (state: string) => handoffSteps(handoffRec('h', state, { named: false }), city);
    expect(steps('returned')).toEqual(['redraft', 'cancel']);
    expect(steps('draft')).toEqual(['sendUnnamed', 'cancel']);
  });
});

describe('slips', () => {
  const open = handoffRec('h', 'sent', { slip: '012345' });
  test.each([
    ['012345', 'h'],
    ['０１２ ３４５', 'h'],
    ['12345', undefined],
    ['999999', undefined],
  ])('%s finds %s', (typed, id) => {
    expect(bySlip([open], typed, hw)?.id).toBe(id);
  });

  test('another desk does not find it', () => {
    expect(bySlip([open], '012345', city)).toBeUndefined();
  });

  test('a taken number is drawn again; six digits always', () => {
    const numbers = [12, 12, 34];
    expect(newSlip(new Set(['000012']), () => numbers.shift() ?? 0)).toBe('000034');
  });
});

describe('who reads what is shared', () => {
  const link = (state: string, linkItems: string[]) =>
    rec('link', 'l', {
      facts: { state, org: 'city', toOrg: 'hw' },
      ties: { fromSeeker: 'a', toSeeker: 'x', linkItems },
    });
  test.each<[string, string, Rec, string[]]>([
    ['the receiver, when the item is agreed', 'a', link('live', ['consultations']), ['hw']],
    ['nobody without the item', 'a', link('live', ['name']), []],
    ['nobody after withdrawal', 'a', link('ended', ['consultations']), []],
    ['the sender needs the item back', 'x', link('live', ['consultations']), []],
    ['the sender with it', 'x', link('live', ['consultationsBack']), ['city']],
  ])('%s', (_title, person, one, orgs) => {
    expect(readersOfItem(person, [one], 'consultations')).toEqual(orgs);
  });

  test.each<[string, string, Rec, string[]]>([
    ['the other end of a consent, whatever it names', 'a', link('live', ['name']), ['hw']],
    ['from the receiver’s end too', 'x', link('live', ['name']), ['city']],
    ['nobody after withdrawal', 'a', link('ended', ['name']), []],
    ['nobody of another person', 'q', link('live', ['name']), []],
  ])('linked: %s', (_title, person, one, orgs) => {
    expect(linkedOrgs(person, [one])).toEqual(orgs);
  });
});

describe('the form over its verbs', () => {
  const form = {
    toOrg: 'hw',
    toSite: 's1',
    reason: 'jobReferral',
    urgency: 'normal',
    items: ['name', 'consultations'],
    message: 'よろしく',
    familyName: '山田',
    familyKana: 'ヤマダ',
    welfareText: '生活保護',
    purpose: 'employment',
    medium: 'app',
    method: 'signature',
    expiresOn: '2026-03-31',
  };
  const checked = (verb: string, args: Values) => {
    const parsed = parseFields(verbNamed(verb)?.args ?? {}, args);
    return parsed.ok ? [] : parsed.problems;
  };

  test('with a name: unticked texts are left out, the verb takes the rest', () => {
    const args = { ...namedArgs(form), id: 'h', newConsent: 'c', newLink: 'l', fromSeeker: 'a' };
    expect(args).not.toHaveProperty('welfareText');
    expect(checked('handoff.offer', args)).toEqual([]);
  });

  test('without a name: nothing that names or consents', () => {
    const args = { ...unnamedArgs(form), id: 'h', slip: '012345' };
    expect(args).not.toHaveProperty('familyName');
    expect(args).not.toHaveProperty('items');
    expect(checked('handoff.offerUnnamed', args)).toEqual([]);
  });

  test('what came back: only the changes, and the consent apart', () => {
    const before = { ...form, items: ['name', 'welfare'], message: 'よろしく' };
    const { amend, consent } = redoArgs(before, form);
    expect(amend).toEqual({ items: ['name', 'consultations'], clear: [{ name: 'welfareText' }] });
    expect(checked('handoff.amend', { id: 'h', ...amend })).toEqual([]);
    expect(
      checked('handoff.recordConsent', { id: 'h', newConsent: 'c', newLink: 'l', ...consent }),
    ).toEqual([]);
  });

  test.each([
    ['2025-11-20', '2026-03-31'],
    ['2026-03-31', '2026-03-31'],
    ['2026-04-01', '2027-03-31'],
  ])('consent of %s lasts until %s', (today, until) => {
    expect(consentExpiry(today)).toBe(until);
  });
});

describe('desks', () => {
  const member = (id: string, org: string, site: string, state = 'active') =>
    rec('staff', id, { facts: { org, site, state } });
  const staff = [
    member('1', 'city', 's1'),
    member('2', 'city', 's2'),
    member('3', 'hw', 's2'),
    member('4', 'hw', 's1'),
    member('5', 'hw', 's1'),
    member('6', 'pref', 's1', 'ended'),
  ];
  test('the other organisation next to me first; never my own desk, never one without staff', () => {
    expect(desks(staff, city).map(({ key }) => key)).toEqual(['hw/s1', 'hw/s2', 'city/s2']);
  });
});

describe('accepting begins from the offer', () => {
  test('plain fields, wishes and considerations; welfare stays in the handoff', () => {
    const offer = {
      familyName: '山田',
      birthDate: '1963-04-02',
      wishesText: '介護',
      welfareText: '保護',
      items: ['name'],
    };
    expect(seekerFromOffer(offer)).toEqual({
      familyName: '山田',
      birthDate: '1963-04-02',
      wishes: { jobText: '介護' },
    });
  });

  test('what the file cannot hold is not cut silently but left in the handoff', () => {
    expect(seekerFromOffer({ wishesText: 'あ'.repeat(201) })).toEqual({});
  });
});

/** A form draws what a verb asks: what a step takes must not be lost because the kind itself never asks it. */
test.each([
  ['handoff.return', 'returnReason'],
  ['handoff.report', 'result'],
  ['referral.hire', 'resultSource'],
  ['referral.reject', 'rejectionReasons'],
])('%s draws %s', (verb, name) => {
  expect(Object.keys(drawn(verbNamed(verb)?.args ?? {}))).toContain(name);
});
