/** 未送信・要確認, 職員の要確認, どちらかに決める and 端末ごとの照合 as logic: lists, remedies, words. */
import { describe, expect, test } from 'vitest';
import { sideBySide } from '../../src/app/logic/conflict-view.ts';
import { enteredRows } from '../../src/app/logic/entered.ts';
import {
  fieldsNamed,
  isRefused,
  outboxLists,
  remedyOf,
  repairFields,
  whyOf,
} from '../../src/app/logic/outbox-view.ts';
import {
  byAuthor,
  dayFrom,
  dayState,
  epochFrom,
  pressOf,
  repairsFrom,
  whatWaits,
  wordsOfAlarm,
  type RepairLine,
  type TabletDay,
} from '../../src/app/logic/supervision.ts';
import { nobodyWords } from '../../src/app/logic/outbox-words.ts';
import { stuckPress } from '../../src/app/screens/outbox/stuck.tsx';
import { emptyWords, valueWords } from '../../src/app/logic/value-words.ts';
import type { OutboxItem, OutboxState } from '../../src/device/types.ts';
import type { Field } from '../../src/domain/field.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { ok } from '../../src/domain/problem.ts';

const moved = (...fields: string[]): Problem => ({ code: 'baseChanged', kind: 'seeker', fields });
const item = (state: OutboxState, change: Partial<OutboxItem> = {}): OutboxItem => ({
  id: `e-${state}`,
  seq: 1,
  verb: 'seeker.amend',
  title: '求職者の台帳を訂正',
  occurredAt: 0,
  businessDate: '2026-11-20',
  state,
  problem: undefined,
  args: { id: 's-1', phone: '011-222-2222' },
  records: [{ kind: 'seeker', id: 's-1' }],
  personName: undefined,
  ...change,
});

describe('未送信・要確認', () => {
  test('every state is in one list; what took effect is in none', () => {
    const states = [
      'pending',
      'applied',
      'merged',
      'conflict',
      'blocked',
      'rejected',
      'quarantined',
    ] as const;
    const lists = outboxLists(states.map((state) => item(state)));
    const of = (list: readonly OutboxItem[]) => list.map(({ state }) => state);
    expect(of(lists.refused)).toEqual(['conflict', 'rejected', 'quarantined']);
    expect(of(lists.waiting)).toEqual(['blocked']);
    expect(of(lists.pending)).toEqual(['pending']);
    expect(states.filter(isRefused)).toEqual(of(lists.refused));
  });

  test('kept values are decided, a moved state and a refusal are sent again', () => {
    expect(remedyOf(item('conflict', { problem: moved('phone') }))).toBe('decide');
    expect(remedyOf(item('conflict', { problem: moved('state') }))).toBe('repair');
    expect(remedyOf(item('quarantined', { problem: { code: 'revoked' } }))).toBe('repair');
  });

  test('what another entry has put right already is not written a second time', () => {
    const twice = item('rejected', { problem: { code: 'superseded' } });
    expect(remedyOf(twice)).toBe('look');
    const press = stuckPress({ ...twice, title: '' }, false);
    expect(press).toContain('二重に数えない');
    expect(press).not.toContain('送りなおす');
  });

  test('a choice that would be refused for good is none: it is withdrawn', () => {
    const two = item('conflict', { problem: moved('phone') });
    const problem: Problem = { code: 'illegalState', kind: 'seeker', found: '取消ずみ' };
    expect(remedyOf(two, { deadEnd: undefined })).toBe('decide');
    expect(remedyOf(two, { deadEnd: { problem } })).toBeUndefined();
    const press = whyOf(two, { remedy: undefined, refused: problem })?.press;
    expect(press).toContain('「取消ずみ」');
    expect(press).toContain('「理由を書いて取り下げる」');
    expect(press).not.toContain('「どちらかに決める」');
  });

  test('no button leads nowhere: without arguments, an unknown verb, a restricted person', () => {
    expect(remedyOf(item('rejected', { args: undefined }))).toBeUndefined();
    expect(remedyOf(item('rejected', { verb: 'seeker.none' }))).toBeUndefined();
    expect(remedyOf(item('rejected', { problem: { code: 'restrictedPerson' } }))).toBeUndefined();
    expect(remedyOf(item('conflict', { problem: moved('phone'), records: [] }))).toBeUndefined();
  });

  test('peers 13: the reason names the field by its label and the button by its words', () => {
    const why = whyOf(item('conflict', { problem: moved('phone') }));
    expect(why?.what).toBe(
      '求職者の「電話」には、あなたの値より先に、別の値がサーバーに届いていました。',
    );
    expect(why?.press).toContain('「どちらかに決める」');
    const again = whyOf(item('conflict', { problem: moved('state') }))?.press;
    expect(again).toContain('「直して送りなおす」');
    expect(again).toContain('「理由を書いて取り下げる」');
    expect(
      whyOf(item('rejected', { problem: { code: 'notFound', kind: 'visit' } }))?.what,
    ).toContain('来所');
  });

  test('what is gone or past that step is not to be sent again: it is looked at', () => {
    const problem: Problem = { code: 'illegalState', kind: 'seeker', found: '取消ずみ' };
    const gone = item('rejected', { problem });
    expect(remedyOf(gone)).toBe('look');
    expect(whyOf(gone)?.press).toContain('「内容を確かめる」');
    const step = { verb: 'visit.call', args: { id: 'v-1' } };
    expect(remedyOf(item('rejected', { ...step, problem }))).toBe('look');
    const overtaken = item('conflict', { ...step, problem: moved('state') });
    expect(remedyOf(overtaken, { deadEnd: { problem } })).toBe('look');
    expect(remedyOf(overtaken, { deadEnd: undefined })).toBe('again');
    const waits = item('blocked', { problem: { code: 'waitsFor', kind: 'visit' } });
    expect(remedyOf(waits, { deadEnd: { problem } })).toBe('repair');
    expect(whyOf(overtaken, { remedy: 'look' })?.press).not.toContain('「もう一度送る」');
    const own: Problem = { code: 'alreadyExists', kind: 'seeker' };
    expect(remedyOf(item('rejected', { problem: own }))).toBe('look');
    const other: Problem = { code: 'alreadyExists', kind: 'appointment' };
    expect(remedyOf(item('rejected', { problem: other }))).toBe('repair');
  });

  test('what cannot be read here is not called kept here, and no button is named that is not there', () => {
    const problem: Problem = { code: 'refused', reason: 'いまは受け付けられません。' };
    const why = whyOf(item('rejected', { args: undefined, problem }));
    expect(why?.what).toBe('いまは受け付けられません。');
    expect(why?.safe).toContain('この端末ではもう読めません');
    expect(why?.press).toContain('「理由を書いて取り下げる」');
    expect(why?.press).not.toContain('もう一度押して');
    expect(nobodyWords({ verb: 'seeker.amend', args: undefined })).toContain('読めない');
  });

  test('a step that was refused is not pressed again as long as the judgement says the same', () => {
    const problem: Problem = { code: 'refused', reason: 'もう結びついています。' };
    const step = { verb: 'visit.attach', args: { id: 'v-1', seeker: 's-1' }, problem };
    expect(remedyOf(item('rejected', step))).toBe('look');
    expect(remedyOf(item('rejected', step), { deadEnd: undefined })).toBe('again');
    expect(remedyOf(item('rejected', { problem }))).toBe('repair');
  });

  test('what waits for something that does not come is looked at, not waited for', () => {
    const waits: Problem = { code: 'waitsFor', kind: 'seeker' };
    const one = item('blocked', { problem: waits });
    const what = '待っていても入りません。';
    const deadEnd = { problem: waits, neverComes: true, what, safe: '残っています。' } as const;
    expect(remedyOf(one, { deadEnd: { problem: waits } })).toBe('repair');
    expect(remedyOf(one, { deadEnd })).toBe('look');
    expect(whyOf(one, { remedy: 'look', deadEnd })?.what).toBe(what);
  });

  test('a step that somebody overtook has nothing to be put right: it is sent again or withdrawn', () => {
    const step = item('conflict', {
      verb: 'visit.call',
      args: { id: 'v-1' },
      problem: moved('state'),
    });
    expect(repairFields(step.verb)).toEqual({});
    expect(remedyOf(step)).toBe('again');
    expect(whyOf(step)?.press).toContain('「もう一度送る」');
  });

  test('peers 13: the form is led to the fields that the problem names', () => {
    const fields = [{ field: 'phone', reason: '「電話」が正しくありません。' }];
    expect(fieldsNamed({ code: 'invalidFields', fields })).toEqual(fields);
    expect(fieldsNamed(moved('phone')).map(({ field }) => field)).toEqual(['phone']);
    expect(fieldsNamed({ code: 'superseded' })).toEqual([]);
  });
});

test('what was entered is read in the order of the form, whatever order it was stored in', () => {
  const args = { phone: '011-222-2222', id: 's-1', givenName: '試', familyName: '見本' };
  const rows = enteredRows({ verb: 'seeker.amend', args }, () => '');
  expect(rows.map(({ label }) => label)).toEqual(['姓', '名', '電話']);
});

test('職員の要確認 speaks to the supervisor: nobody is sent to her but herself', () => {
  const stopped: Problem = { code: 'revoked' };
  expect(whatWaits(stopped)).toContain('サーバーで預かっています');
  expect(pressOf(stopped, 'repair')).toContain('「引き取って直す」');
  expect(pressOf(moved('state'), 'again')).toContain('「引き取ってもう一度送る」');
  expect(pressOf({ code: 'restrictedPerson' }, undefined)).toContain('紙の手順');
});

test('どちらかに決める: both values in words, with whose the other is', () => {
  const conflicts = [{ field: 'phone', value: '011-222-2222', entry: 'e-1', actor: 'me', at: 5 }];
  const record = {
    kind: 'seeker',
    id: 's-1',
    parts: { file: { phone: '011-111-1111', conflicts } },
  };
  const [shown, ...more] = sideBySide(record, 'me', () => '');
  expect(more).toEqual([]);
  expect(shown).toMatchObject({ isMine: true, choice: { entry: 'e-1', at: 5 } });
  expect(shown?.rows).toEqual([{ label: '電話', current: '011-111-1111', other: '011-222-2222' }]);
  expect(sideBySide(record, 'other', () => '')[0]?.isMine).toBe(false);
  expect(sideBySide(record, 'me', () => '', 'e-2')).toEqual([]);
});

test('of fields that go together those that say the same on both sides are not shown', () => {
  const by = { entry: 'e-1', actor: 'me', at: 5 };
  const conflicts = [
    { field: 'items', value: ['name', 'contact'], ...by },
    { field: 'familyName', value: '姓', ...by },
  ];
  const parts = { offer: { items: ['name'], familyName: '姓', conflicts } };
  const [shown] = sideBySide({ kind: 'handoff', id: 'h-1', parts }, 'me', () => '');
  expect(shown?.rows.map(({ label }) => label)).toEqual(['伝える項目']);
});

test('a value in words: codes by label, dates by era, nothing as empty', () => {
  const words = (field: Field, value: Parameters<typeof valueWords>[1]) =>
    valueWords(field, value, () => '髙田 試');
  const label = '';
  expect(words({ type: 'date', label }, '1965-04-01')).toBe('昭和40年4月1日');
  expect(words({ type: 'choices', list: 'purpose', label }, ['unemploymentInsurance'])).toBe(
    '雇用保険',
  );
  expect(words({ type: 'flag', label }, false)).toBe('いいえ');
  expect(words({ type: 'integer', min: 0, max: 9, unit: '人', label }, 2)).toBe('2人');
  expect(words({ type: 'ref', kind: 'seeker', label }, 's-1')).toBe('髙田 試');
  expect(words({ type: 'text', max: 9, label }, { absent: 'declined' })).toBe('回答しない');
  expect(words({ type: 'text', max: 9, label }, undefined)).toBe(emptyWords);
});

describe('職員の要確認', () => {
  const line = (
    author: string,
    occurredAt: number,
    change: Partial<RepairLine> = {},
  ): RepairLine => ({
    entry: `${author}-${occurredAt}`,
    author,
    authorName: `${author}さん`,
    isCounter: false,
    site: 'shiroishi',
    verb: 'visit.log',
    code: 'rejected',
    occurredAt,
    businessDate: '2026-11-20',
    ...change,
  });

  test('by author, who has waited longest first', () => {
    const groups = byAuthor([line('b', 3), line('a', 2), line('b', 1)]);
    expect(groups.map(({ author, lines }) => [author, lines.map((one) => one.occurredAt)])).toEqual(
      [
        ['b', [1, 3]],
        ['a', [2]],
      ],
    );
  });

  test('a counter is named by its tablet, a colleague who has left all the same', () => {
    const [counter] = byAuthor([line('d-1', 1, { isCounter: true, authorName: '窓口1' })]);
    expect(counter?.name).toBe('受付（窓口1）');
    expect(byAuthor([line('x', 1, { authorName: '' })])[0]?.name).toMatch(/所属していない/);
  });

  test('an answer that does not fit is no answer', () => {
    expect(repairsFrom(ok({ repairs: [line('a', 1)], limited: false })).ok).toBe(true);
    expect(
      repairsFrom(ok({ repairs: [{ ...line('a', 1), code: 'new' }], limited: false })).ok,
    ).toBe(false);
    expect(repairsFrom(ok('<html>')).ok).toBe(false);
    const closed = { state: 'closed', madeAt: 1, releases: [], missing: [] };
    expect(epochFrom(ok(closed))).toEqual(ok(closed));
    expect(epochFrom(ok({ ...closed, state: 'ajar' })).ok).toBe(false);
    expect(dayFrom(ok({ day: '2026-11-20', tablets: [{ name: 'x' }] })).ok).toBe(false);
  });
});

describe('端末ごとの照合', () => {
  const tablet: TabletDay = {
    device: 'd-1',
    name: '窓口1',
    claimed: { count: 31, at: 1 },
    received: 31,
    isMatched: true,
    care: 0,
    withdrawn: 0,
    pushedAt: 1,
  };
  test.each([
    ['the same entries', {}, '一致', 'good'],
    ['some have not arrived', { received: 28, isMatched: false }, '不足 3件', 'danger'],
    ['as many, but not the same', { isMatched: false }, '内容が一致しません', 'danger'],
    ['more since it last spoke', { received: 32, isMatched: false }, '報告のあとに1件', 'warning'],
    ['it has not spoken', { claimed: null, isMatched: false }, '未報告', 'plain'],
  ] as const)('%s', (_, change, words, tone) => {
    expect(dayState({ ...tablet, ...change })).toEqual({ words, tone });
  });
});

test('every alarm has words, one that is not known yet as well', () => {
  for (const what of ['fork', 'digest', 'restore', 'somethingNew']) {
    const [said, press] = wordsOfAlarm({ id: 'a', what, at: 0 });
    expect([said, press].every((words) => words.endsWith('。'))).toBe(true);
  }
});
