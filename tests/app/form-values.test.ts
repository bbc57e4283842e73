import { describe, expect, test } from 'vitest';
import { optional, type Fields } from '../../src/domain/field.ts';
import { argsOf, defaultsOf, drawn } from '../../src/app/form/form-values.ts';
import { createForm } from '../../src/app/form/use-form.ts';

const fields: Fields = {
  id: { type: 'id', label: '番号' },
  seeker: { type: 'ref', kind: 'seeker', label: '求職者' },
  familyName: { type: 'text', label: '姓', max: 40, required: true },
  familyKana: { type: 'kana', label: 'セイ', max: 60 },
  method: { type: 'choice', list: 'consentMethod', label: '方法' },
  witness: {
    type: 'text',
    label: '立会い',
    max: 40,
    shownWhen: (values) => values['method'] === 'oral',
  },
  heads: { type: 'integer', label: '人数', min: 1, max: 20, default: 1 },
  services: { type: 'choices', list: 'serviceCode', label: 'したこと' },
  next: { type: 'group', label: '次回', fields: { date: { type: 'date', label: '日' } } },
  state: { type: 'text', label: '状態', max: 20, fixed: true },
};

describe('arguments of a form', () => {
  test('blanks, empty lists and empty groups stay out, everything else goes as it is', () => {
    const values = {
      familyName: ' 髙橋 ',
      familyKana: '   ',
      services: [],
      next: { date: '' },
      heads: 2,
    };
    expect(argsOf(fields, values)).toEqual({ familyName: ' 髙橋 ', heads: 2 });
  });

  test('what is not shown is not sent, even when it was filled before', () => {
    expect(argsOf(fields, { method: 'paper', witness: '相川' })).toEqual({ method: 'paper' });
    expect(argsOf(fields, { method: 'oral', witness: '相川' })).toHaveProperty('witness');
  });

  test('ids, references and what the verb sets are not drawn', () => {
    expect(Object.keys(drawn(fields))).not.toContain('id');
    expect(Object.keys(drawn(fields))).not.toContain('seeker');
    expect(Object.keys(drawn(fields))).not.toContain('state');
    expect(Object.keys(drawn(fields))).toContain('next');
  });

  test('declared defaults fill a new form, never an amendment', () => {
    expect(defaultsOf(fields)).toEqual({ heads: 1 });
    expect(defaultsOf(optional(fields))).toEqual({});
  });
});

describe('a form', () => {
  test('is dirty by comparison, not by history', () => {
    const form = createForm('f', { fields, initial: { familyName: '佐藤' } });
    form.set('familyName', '斎藤');
    expect(form.isDirty).toBe(true);
    form.set('familyName', '佐藤');
    expect(form.isDirty).toBe(false);
    form.set('familyKana', 'サ');
    form.set('familyKana', '');
    expect(form.isDirty).toBe(false);
  });

  test('a corrected field loses its problem, the others keep theirs', () => {
    const form = createForm('f', { fields });
    form.setProblems([
      { field: 'familyName', reason: 'a' },
      { field: 'next.date', reason: 'b' },
    ]);
    form.set('next', { date: '2026-11-20' });
    expect(form.problems.map(({ field }) => field)).toEqual(['familyName']);
  });

  test('a draft that comes late never overwrites what was typed meanwhile', () => {
    const form = createForm('f', { fields });
    form.set('familyName', '佐々木');
    form.restore({ familyName: '佐藤', familyKana: 'サトウ' });
    expect(form.values['familyName']).toBe('佐々木');
    expect(form.values['familyKana']).toBe('サトウ');
    expect(form.isRestored).toBe(true);
  });

  test('kana that is there from the beginning counts as typed by a person', () => {
    expect(createForm('f', { fields, initial: { familyKana: 'サトウ' } }).ownKana).toContain(
      'familyKana',
    );
    expect(createForm('f', { fields }).ownKana).not.toContain('familyKana');
  });

  test('after a save nothing is dirty and the draft is dropped', () => {
    const form = createForm('f', { fields });
    let dropped = 0;
    form.onDrop = () => (dropped += 1);
    form.set('familyName', '佐藤');
    form.saved();
    expect([form.isDirty, dropped, form.values['familyName']]).toEqual([false, 1, '佐藤']);
  });
});
