/** The permission table as security.md (b) has it: each right, and that everything else is refused. */
import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/domain/kinds/index.ts';
import { grants, isAllowed, type Action, type Relation } from '../../src/domain/permission.ts';
import type { OrganisationType, Role } from '../../src/domain/record.ts';

const roles: readonly Role[] = ['counter', 'counsellor', 'supervisor', 'system'];
const orgTypes: readonly OrganisationType[] = ['city', 'hw', 'pref', 'contractor'];
const relations: readonly Relation[] = ['none', 'own', 'linked', 'foreign'];
const actions = Object.keys(grants) as Action[];

const every = actions.flatMap((action) =>
  roles.flatMap((role) =>
    orgTypes.flatMap((orgType) =>
      relations.map((relation) => ({ action, role, orgType, relation })),
    ),
  ),
);
const allowed = every.filter(({ action, role, orgType, relation }) =>
  isAllowed(action, { role, orgType }, relation),
);
const mayDo = (rest: Partial<(typeof every)[number]>) =>
  allowed
    .filter((row) => Object.entries(rest).every(([key, value]) => Reflect.get(row, key) === value))
    .map((row) => row.action);

describe('the table', () => {
  test('every action has words and is used by a verb or named as a right of its own', () => {
    const used = new Set(
      kinds.flatMap((kind) => Object.values(kind.verbs).map((verb) => verb.may)),
    );
    const rights: Action[] = [
      'file.read',
      'counts.export',
      'provision.export',
      'device.admit',
      'roster.import',
      'counter.close',
      'repair.adopt',
    ];
    for (const action of actions) {
      expect(grants[action].label).not.toBe('');
      expect(used.has(action) || rights.includes(action)).toBe(true);
    }
  });

  test('the locked counter does nothing but count', () => {
    expect(new Set(mayDo({ role: 'counter' }))).toEqual(new Set(['counter.count']));
  });

  test("nobody of the staff touches another organisation's person", () => {
    const staffOnly = allowed.filter((row) => row.role !== 'system');
    expect(staffOnly.filter((row) => row.relation === 'foreign')).toEqual([]);
  });

  test('a link shows, it lets nobody write', () => {
    expect(mayDo({ relation: 'linked' })).toEqual([]);
  });

  test('welfare is written by counsellors of the city alone', () => {
    const rows = allowed.filter((row) => row.action === 'welfare.write');
    expect(rows).toEqual([
      { action: 'welfare.write', role: 'counsellor', orgType: 'city', relation: 'own' },
    ]);
  });

  test('referrals are recorded by Hello Work and the city, never without a person', () => {
    const rows = allowed.filter((row) => row.action === 'referral.write');
    expect(new Set(rows.map((row) => row.orgType))).toEqual(new Set(['hw', 'city']));
    expect(new Set(rows.map((row) => row.relation))).toEqual(new Set(['own']));
  });

  test('exports, devices and targets are for supervisors', () => {
    for (const action of ['counts.export', 'device.admit', 'target.write'] as const) {
      const own = allowed.filter((row) => row.action === action && row.role !== 'system');
      expect(new Set(own.map((row) => row.role))).toEqual(new Set(['supervisor']));
    }
  });

  test('expiry and the area itself are for the server', () => {
    for (const action of ['clock.expire', 'area.write'] as const) {
      const own = allowed.filter((row) => row.action === action);
      expect(new Set(own.map((row) => row.role))).toEqual(new Set(['system']));
    }
  });
});

test('the number of allowed combinations is what was reviewed: a change is meant or a mistake', () => {
  const count = (action: Action) => mayDo({ action }).length;
  expect(Object.fromEntries(actions.map((action) => [action, count(action)]))).toEqual({
    'counter.count': 24,
    'board.write': 16,
    'file.read': 8,
    'file.write': 8,
    'file.merge': 8,
    'welfare.write': 1,
    'case.write': 16,
    'case.correct': 16,
    'referral.write': 4,
    'jobs.write': 6,
    'jobs.import': 8,
    'consent.write': 8,
    'handoff.send': 16,
    'handoff.receive': 16,
    'target.write': 8,
    'area.write': 4,
    'clock.expire': 12,
    'file.callUp': 4,
    'counts.export': 4,
    'provision.export': 4,
    'repair.adopt': 4,
    'day.close': 4,
    'device.admit': 4,
    'roster.import': 4,
    'counter.close': 4,
    'training.write': 2,
    'complaint.write': 16,
    'complaint.answer': 8,
    'rights.write': 16,
    'rights.decide': 6,
    'attendance.write': 16,
    'directory.write': 12,
    'event.write': 8,
    'figures.reconcile': 4,
    'lead.write': 8,
    'plan.write': 6,
    'team.write': 8,
    'welfareCase.city': 2,
    'welfareCase.either': 8,
    'welfareCase.hw': 4,
  });
});
