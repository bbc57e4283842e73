/**
 * A small sharing area in memory, made by the real verbs: the city and Hello Work at 白石, the city at 豊平, a few
 * plainly fictional people, visits, a handoff that was accepted, referrals and a hire. Writes go through the real
 * `judge`, which here may look at nothing but what the verb declared to read: an undeclared read throws.
 */
import {
  partOf,
  type Actor,
  type Change,
  type Moment,
  type Rec,
  type View,
} from '../../src/domain/record.ts';
import { applyChange, refKey } from '../../src/domain/record.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import type { Values } from '../../src/domain/value.ts';
import {
  judge,
  parseProposal,
  readsOf,
  type Judged,
  type Proposal,
} from '../../src/sync/evaluate.ts';

export const today = '2026-04-20';
/** 10:00 in Japan. */
export const now = Date.UTC(2026, 3, 20, 1, 0);
export const moment: Moment = { occurredAt: now, businessDate: today };

const city = { org: 'o-city', orgType: 'city', site: 's-shiroishi' } as const;
const hw = { org: 'o-hw', orgType: 'hw', site: 's-shiroishi' } as const;

export const actors = {
  counter: { user: 'd-counter', role: 'counter', ...city },
  cityCounsellor: { user: 'st-city', role: 'counsellor', ...city, post: 'p-city' },
  citySupervisor: { user: 'st-city-head', role: 'supervisor', ...city },
  cityElsewhere: { user: 'st-toyohira', role: 'counsellor', ...city, site: 's-toyohira' },
  citySupervisorElsewhere: {
    user: 'st-toyohira-head',
    role: 'supervisor',
    ...city,
    site: 's-toyohira',
  },
  hwCounsellor: { user: 'st-hw', role: 'counsellor', ...hw, post: 'p-hw' },
  hwSupervisor: { user: 'st-hw-head', role: 'supervisor', ...hw },
  hwElsewhere: { user: 'st-hw-toyohira', role: 'counsellor', ...hw, site: 's-toyohira' },
  contractor: {
    user: 'st-contractor',
    role: 'counsellor',
    org: 'o-contractor',
    orgType: 'contractor',
    site: 's-shiroishi',
  },
  system: { user: 'system', role: 'system', ...city },
} as const satisfies Readonly<Record<string, Actor>>;
export type ActorName = keyof typeof actors;

const maxRounds = 4;

export class World {
  private readonly records = new Map<string, Rec>();
  readonly view: View = { get: (kind, id) => this.records.get(refKey({ kind, id })) };

  apply(changes: readonly Change[]): void {
    for (const change of changes)
      this.records.set(refKey(change), applyChange(this.records.get(refKey(change)), change));
  }

  /** Puts values in place without a verb: for situations that would take many. */
  set(kind: string, id: string, part: string, set: Change['set']): void {
    this.apply([{ kind, id, part, set }]);
  }

  part(path: string): Values {
    const [kind = '', id = '', part = ''] = path.split('/');
    return partOf(this.view.get(kind, id), part);
  }

  state(kind: string, id: string): unknown {
    return this.part(`${kind}/${id}/facts`)['state'];
  }

  judge(verb: string, args: unknown, as: ActorName, more: Partial<Proposal & Moment> = {}): Judged {
    const actor = actors[as];
    const version = verbNamed(verb)?.version ?? 1;
    const proposal: Proposal = { verb, version, args, ...more };
    return judge(proposal, this.declared(proposal, actor), actor, { ...moment, ...more });
  }

  /** Judges and, when it is applied, keeps the changes. */
  write(verb: string, args: unknown, as: ActorName, more: Partial<Proposal & Moment> = {}): Judged {
    const judged = this.judge(verb, args, as, more);
    if (judged.outcome === 'applied') this.apply(judged.changes);
    return judged;
  }

  must(verb: string, args: unknown, as: ActorName, more: Partial<Proposal & Moment> = {}): void {
    const judged = this.write(verb, args, as, more);
    if ('problem' in judged) throw new Error(`${verb} by ${as}: ${JSON.stringify(judged.problem)}`);
  }

  /** Only what the verb asks for, asked again with what was found, as the server loads it. */
  private declared(proposal: Proposal, actor: Actor): View {
    const parsed = parseProposal(proposal);
    const known = new Map<string, Rec | undefined>();
    const found: View = { get: (kind, id) => known.get(refKey({ kind, id })) };
    for (let round = 0; 'verb' in parsed && round < maxRounds; round++) {
      const refs = readsOf(parsed.verb, parsed.args, found, actor);
      for (const ref of refs) known.set(refKey(ref), this.view.get(ref.kind, ref.id));
    }
    return {
      get: (kind, id) => {
        const key = refKey({ kind, id });
        if (id !== '' && !known.has(key))
          throw new Error(`${proposal.verb} read ${key} without declaring it`);
        return known.get(key);
      },
    };
  }
}

export const consentTerms = {
  purpose: 'employment',
  medium: 'app',
  method: 'signature',
  expiresOn: '2027-03-31',
} as const;

export const arrival = {
  arrivedAt: now,
  channel: 'inPerson',
  visitKind: 'new',
  purposes: ['jobCounselling'],
} as const;

export const issued = {
  issuer: 'hw',
  employmentType: '1',
  jobMode: 'general',
  referralType: 'general',
  method: 'counter',
  employerName: '架空ビル管理',
  hwJobNo: '01040-1234567',
} as const;

export const hired = {
  resultSource: 'employer',
  startDate: '2026-05-01',
  term: 'regular',
  hiredAs: '1',
} as const;

export const toHW = {
  toOrg: 'o-hw',
  toSite: 's-shiroishi',
  reason: 'jobReferral',
  urgency: 'normal',
} as const;

function area(world: World): void {
  const organisations = [
    ['o-city', '架空市', 'city'],
    ['o-hw', 'ハローワーク架空', 'hw'],
    ['o-contractor', '架空委託', 'contractor'],
  ];
  for (const [id, name, orgType] of organisations)
    world.must('organisation.register', { id, name, orgType }, 'system');
  for (const [id, ward, municipalCode] of [
    ['s-shiroishi', '白石区', '01104'],
    ['s-toyohira', '豊平区', '01105'],
  ])
    world.must('site.register', { id, name: `窓口${ward}`, ward, municipalCode }, 'system');
  for (const [id, org, role, name] of [
    ['st-city', 'o-city', 'counsellor', '架空 市子'],
    ['st-city-head', 'o-city', 'supervisor', '架空 長子'],
    ['st-hw', 'o-hw', 'counsellor', '架空 職夫'],
  ])
    world.must(
      'staff.register',
      { id, name, kana: 'カクウ', org, site: 's-shiroishi', role },
      'system',
    );
  const target = { id: 't-visits', site: 's-shiroishi', fiscalYear: 2026, metric: 'visits' };
  world.must('target.set', { ...target, targetType: 'absolute', value: 9000 }, 'citySupervisor');
}

function people(world: World): void {
  for (const [id, familyName, as] of [
    ['c-sato', '佐藤', 'cityCounsellor'],
    ['c-tanaka', '田中', 'cityCounsellor'],
    ['h-sato', '佐藤', 'hwCounsellor'],
    ['h-mori', '森', 'hwCounsellor'],
  ] as const)
    world.must('seeker.register', { id, familyName, familyKana: 'カクウ' }, as);
}

function day(world: World): void {
  world.must('visit.log', { id: 'v-nobody', ...arrival }, 'counter');
  world.must('visit.log', { id: 'v-sato', ...arrival, seeker: 'c-sato' }, 'cityCounsellor');
  const session = { id: 'k-city', visit: 'v-sato', services: ['careerCounselling'] };
  world.must(
    'consultation.record',
    { ...session, seeker: 'c-sato', summary: '希望を聞いた', notes: '内部' },
    'cityCounsellor',
  );
}

function handoffs(world: World): void {
  const offer = { ...toHW, ...consentTerms, items: ['name', 'consultations'] };
  const ids = (name: string) => ({
    id: `ho-${name}`,
    newConsent: `co-${name}`,
    newLink: `li-${name}`,
  });
  world.must(
    'handoff.offer',
    { ...offer, ...ids('sato'), fromSeeker: 'c-sato', familyName: '佐藤', familyKana: 'カクウ' },
    'cityCounsellor',
  );
  world.must('handoff.accept', { id: 'ho-sato', seeker: 'h-sato' }, 'hwCounsellor');
  world.must(
    'handoff.offer',
    { ...offer, ...ids('tanaka'), fromSeeker: 'c-tanaka', familyName: '田中' },
    'cityCounsellor',
  );
  world.must('handoff.offerUnnamed', { id: 'ho-slip', ...toHW, slip: '123456' }, 'cityCounsellor');
  world.must(
    'handoff.draft',
    { id: 'ho-draft', ...toHW, fromSeeker: 'c-tanaka', items: ['name'], familyName: '田中' },
    'cityCounsellor',
  );
}

function referrals(world: World): void {
  world.must(
    'registration.record',
    { id: 'rg-sato', registrationKind: 'new', seeker: 'h-sato' },
    'hwCounsellor',
  );
  world.must('referral.record', { id: 'rf-open', ...issued, seeker: 'h-sato' }, 'hwCounsellor');
  world.must('referral.record', { id: 'rf-hired', ...issued, seeker: 'h-sato' }, 'hwCounsellor');
  world.must(
    'referral.hire',
    { id: 'rf-hired', ...hired, newPlacement: 'pl-sato' },
    'hwCounsellor',
  );
}

export function createWorld(world = new World()): World {
  for (const fill of [area, people, day, handoffs, referrals]) fill(world);
  return world;
}
