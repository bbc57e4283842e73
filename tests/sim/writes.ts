/**
 * What staff enter on a simulated day: drawn from what the session shows, so that most of it is sensible; other tablets
 * draw from the same few people and visits, so that much of it meets. Arguments only; judging is the product's.
 */
import { choicesOf } from '../../src/domain/conflict.ts';
import { closingId } from '../../src/domain/kinds/day-closing.ts';
import { kinds } from '../../src/domain/kinds/index.ts';
import { settleArgs } from '../../src/domain/settle.ts';
import type { Session } from '../../src/device/types.ts';
import { partOf, type Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import type { Place } from './place.ts';
import type { Rng } from './rng.ts';
import { weightOf } from './weights.ts';
import { word } from './word.ts';

export interface Draft {
  readonly verb: string;
  readonly args: Values;
}

interface Draw {
  readonly session: Session;
  readonly rng: Rng;
  readonly now: number;
  readonly today: string;
  readonly orgs: Place['orgs'];
}

type Maker = (draw: Draw) => Draft | undefined;

const facts = (record: Rec | undefined): Values => partOf(record, 'facts');
const stateOf = (record: Rec) => word(facts(record)['state']);

function some({ session, rng }: Draw, kind: string, isMeant: (record: Rec) => boolean) {
  // Mostly the newest: those are at hand for everybody, and everybody changes them.
  const found = session.all(kind).peek().filter(isMeant);
  return found[found.length - 1 - Math.floor(rng.next() ** 2 * found.length)];
}

const own = (draw: Draw) =>
  some(
    draw,
    'seeker',
    (one) => facts(one)['org'] === draw.session.actor.org && stateOf(one) !== 'voided',
  );
const inState = (draw: Draw, kind: string, ...states: string[]) =>
  some(draw, kind, (one) => states.includes(stateOf(one)));

const arrival = ({ now, rng }: Draw): Values => ({
  arrivedAt: now,
  channel: rng.pick(['inPerson', 'phone']) ?? 'inPerson',
  visitKind: rng.pick(['new', 'return']) ?? 'new',
  purposes: [rng.pick(['jobCounselling', 'careerCounselling', 'jobSearchTerminal']) ?? ''],
});

/** A handful of names, so that different people look alike. */
export const card = (rng: Rng): Values => ({
  familyName: rng.pick(['試し', '見本', '例示']) ?? '',
  familyKana: rng.pick(['タメシ', 'ミホン']) ?? '',
  birthDate: rng.pick(['1990-04-01', '1985-12-31']) ?? '',
  phone: `011-000-${1000 + rng.below(3)}`,
});

/** Values of which several tablets choose, so that they meet: the same, another, or taken out. */
const amendment = (rng: Rng): Values => ({
  ...(rng.chance(0.6) ? { phone: `011-111-${1000 + rng.below(3)}` } : {}),
  ...(rng.chance(0.5) ? { address: `試し町${rng.below(3)}丁目` } : {}),
  ...(rng.chance(0.3) ? { postal: `003-000${rng.below(3)}` } : {}),
  ...(rng.chance(0.2) ? { givenName: rng.pick(['花', '一']) ?? '' } : {}),
  ...(rng.chance(0.15) ? { clear: [{ name: 'givenName' }] } : {}),
});

const move =
  (verb: string, kind: string, from: readonly string[], more: Values = {}): Maker =>
  (draw) => {
    const found = inState(draw, kind, ...from);
    return found && { verb, args: { id: found.id, ...more } };
  };

const about =
  (kind: string, verb: string, args: (draw: Draw, found: Rec) => Values | undefined): Maker =>
  (draw) => {
    const found =
      kind === 'seeker' ? own(draw) : some(draw, kind, (one) => stateOf(one) !== 'voided');
    const given = found && args(draw, found);
    return found && given && { verb, args: { id: found.id, ...given } };
  };

const other = ({ session, orgs }: Draw) => orgs.find((org) => org !== session.actor.org) ?? '';

const offer: Maker = (draw) => {
  const seeker = own(draw);
  if (!seeker) return undefined;
  const { session, rng } = draw;
  const ticked = rng.chance(0.5) ? ['consultations'] : ['consultations', 'consultationsBack'];
  const args = {
    id: session.newId(),
    newConsent: session.newId(),
    newLink: session.newId(),
    toOrg: other(draw),
    toSite: draw.session.actor.site,
    reason: 'jobReferral',
    urgency: 'normal',
    fromSeeker: seeker.id,
    items: ticked,
    message: '試しの引継ぎ',
    purpose: 'employment',
    medium: 'app',
    method: 'paper',
    expiresOn: rng.chance(0.2) ? draw.today : '2027-03-31',
  };
  return { verb: 'handoff.offer', args };
};

const slip: Maker = (draw) => ({
  verb: 'handoff.offerUnnamed',
  args: {
    id: draw.session.newId(),
    toOrg: other(draw),
    toSite: draw.session.actor.site,
    reason: 'jobReferral',
    urgency: 'normal',
    slip: String(100_000 + draw.rng.below(900_000)),
    message: '名前のない引継ぎ',
  },
});

const forMe = (draw: Draw, ...states: string[]) =>
  some(
    draw,
    'handoff',
    (one) => facts(one)['toOrg'] === draw.session.actor.org && states.includes(stateOf(one)),
  );

const received =
  (verb: string, states: readonly string[], more: Values = {}): Maker =>
  (draw) => {
    const found = forMe(draw, ...states);
    return found && { verb, args: { id: found.id, ...more } };
  };

const ofMine = (draw: Draw, isNamed: boolean, ...states: string[]) =>
  some(draw, 'handoff', (one) => {
    const { org, named } = facts(one);
    const isOwn = org === draw.session.actor.org && named === isNamed;
    return isOwn && states.includes(stateOf(one));
  });

const again =
  (
    verb: string,
    isNamed: boolean,
    states: readonly string[],
    more: (draw: Draw) => Values,
  ): Maker =>
  (draw) => {
    const found = ofMine(draw, isNamed, ...states);
    return found && { verb, args: { id: found.id, ...more(draw) } };
  };

const newTerms = ({ session, rng, today }: Draw): Values => ({
  newConsent: session.newId(),
  newLink: session.newId(),
  purpose: 'employment',
  medium: 'app',
  method: 'paper',
  expiresOn: rng.chance(0.2) ? today : '2027-03-31',
});

const accept: Maker = (draw) => {
  const [found, seeker] = [forMe(draw, 'sent', 'received'), own(draw)];
  return found && seeker && { verb: 'handoff.accept', args: { id: found.id, seeker: seeker.id } };
};
const acceptNew: Maker = (draw) => {
  const found = forMe(draw, 'sent', 'received');
  const newSeeker = draw.session.newId();
  return (
    found && { verb: 'handoff.acceptNew', args: { id: found.id, newSeeker, ...card(draw.rng) } }
  );
};

const consult: Maker = (draw) => {
  const visit = inState(draw, 'visit', 'waiting', 'called', 'withCity', 'withHW', 'done');
  const seeker = own(draw);
  const args = {
    id: draw.session.newId(),
    services: ['careerCounselling'],
    summary: `まとめ${draw.rng.below(100)}`,
    notes: '内部メモ',
    ...(seeker && draw.rng.chance(0.8) ? { seeker: seeker.id } : {}),
  };
  return visit && draw.rng.chance(0.8)
    ? { verb: 'consultation.record', args: { ...args, visit: visit.id } }
    : {
        verb: 'consultation.recordWalkIn',
        args: { ...args, newVisit: draw.session.newId(), ...arrival(draw) },
      };
};

const redraft = (isNamed: boolean) => again('handoff.redraft', isNamed, ['returned'], () => ({}));

const makers: readonly (readonly [name: string, usual: number, make: Maker])[] = [
  [
    'visit.log',
    12,
    (draw) => ({
      verb: 'visit.log',
      args: {
        id: draw.session.newId(),
        ...arrival(draw),
        ...(draw.rng.chance(0.3) && own(draw) ? { seeker: own(draw)?.id ?? '' } : {}),
      },
    }),
  ],
  [
    'seeker.register',
    7,
    (draw) => ({ verb: 'seeker.register', args: { id: draw.session.newId(), ...card(draw.rng) } }),
  ],
  ['seeker.amend', 16, about('seeker', 'seeker.amend', ({ rng }) => amendment(rng))],
  ['seeker.void', 1, about('seeker', 'seeker.void', () => ({ voidReason: 'mistake' }))],
  [
    'visit.attach',
    5,
    about('visit', 'visit.attach', (draw) => {
      const one = own(draw);
      return one && { seeker: one.id };
    }),
  ],
  [
    'visit.moveToSeeker',
    2,
    about('visit', 'visit.moveToSeeker', (draw) => {
      const one = own(draw);
      return one && { seeker: one.id };
    }),
  ],
  [
    'visit.amend',
    4,
    about('visit', 'visit.amend', ({ rng }) => ({
      heads: 1 + rng.below(3),
      visitKind: rng.pick(['new', 'return']) ?? 'new',
    })),
  ],
  ['visit.call', 4, move('visit.call', 'visit', ['waiting'])],
  ['visit.serveCity', 3, move('visit.serveCity', 'visit', ['waiting', 'called', 'withHW'])],
  ['visit.serveHW', 3, move('visit.serveHW', 'visit', ['waiting', 'called', 'withCity'])],
  ['visit.wait', 2, move('visit.wait', 'visit', ['called', 'withCity', 'withHW'])],
  ['visit.finish', 4, move('visit.finish', 'visit', ['waiting', 'called', 'withCity', 'withHW'])],
  ['visit.leave', 2, move('visit.leave', 'visit', ['waiting', 'called'])],
  ['visit.reopen', 1, move('visit.reopen', 'visit', ['done', 'left'])],
  ['visit.void', 2, about('visit', 'visit.void', () => ({ voidReason: 'mistake' }))],
  ['consultation.record', 9, consult],
  [
    'consultation.amend',
    3,
    about('consultation', 'consultation.amend', ({ rng }) => ({ summary: `直し${rng.below(4)}` })),
  ],
  [
    'consultation.moveToSeeker',
    1,
    about('consultation', 'consultation.moveToSeeker', (draw) => {
      const one = own(draw);
      return one && { toSeeker: one.id };
    }),
  ],
  [
    'consultation.void',
    1,
    about('consultation', 'consultation.void', () => ({ voidReason: 'mistake' })),
  ],
  ['handoff.offer', 9, offer],
  ['handoff.offerUnnamed', 2, slip],
  ['handoff.receive', 2, received('handoff.receive', ['sent'])],
  ['handoff.accept', 5, accept],
  ['handoff.acceptNew', 5, acceptNew],
  ['handoff.start', 1, received('handoff.start', ['accepted'])],
  [
    'handoff.report',
    1,
    received('handoff.report', ['accepted', 'inProgress'], { result: 'served' }),
  ],
  [
    'handoff.return',
    1,
    received('handoff.return', ['sent', 'received'], { returnReason: 'other' }),
  ],
  [
    'handoff.cancel',
    1,
    move('handoff.cancel', 'handoff', ['sent', 'received', 'accepted'], { cancelNote: '試し' }),
  ],
  // Only on days of their own (mixes.ts), like some of the steps.
  ['handoff.redraft', 0, (draw) => (draw.rng.chance(0.5) ? redraft(true) : redraft(false))(draw)],
  ['handoff.recordConsent', 0, again('handoff.recordConsent', true, ['draft'], newTerms)],
  ['handoff.send', 0, again('handoff.send', true, ['ready'], () => ({}))],
  ['handoff.sendUnnamed', 0, again('handoff.sendUnnamed', false, ['draft'], () => ({}))],
  ['handoff.close', 1, move('handoff.close', 'handoff', ['reported'])],
  ['consent.withdraw', 4, move('consent.withdraw', 'consent', ['live'])],
  ['seeker.merge', 4, (draw) => mergePeople(draw)],
  ['seeker.unmerge', 1, move('seeker.unmerge', 'seeker', ['merged'])],
  ['settle', 3, (draw) => settleOne(draw)],
  ['dayClosing', 2, (draw) => closeDay(draw)],
];

/** Two tablets may merge the same two the other way round. */
const mergePeople: Maker = (draw) => {
  const { org } = draw.session.actor;
  const active = draw.session
    .all('seeker')
    .peek()
    .filter((one) => facts(one)['org'] === org && stateOf(one) === 'active')
    .slice(0, 2);
  const [first, second] = [draw.rng.pick(active), draw.rng.pick(active)];
  if (!first || !second || first === second) return undefined;
  return { verb: 'seeker.merge', args: { id: first.id, into: second.id } };
};

const settleOne: Maker = (draw) => {
  for (const kind of kinds)
    for (const record of draw.session.all(kind.name).peek()) {
      const choice = draw.rng.pick(choicesOf(kind, record));
      const keep = draw.rng.chance(0.5) ? 'current' : 'other';
      if (choice)
        return {
          verb: `${kind.name}.settle`,
          args: settleArgs(kind, record.id, choice, keep),
        };
    }
  return undefined;
};

const closeDay: Maker = (draw) => {
  const { role, site } = draw.session.actor;
  if (role !== 'supervisor') return undefined;
  const id = closingId(site, draw.today);
  const found = draw.session.get('dayClosing', id);
  return found && stateOf(found) === 'closed'
    ? { verb: 'dayClosing.reopen', args: { id, reopenReason: 'lateEntry' } }
    : { verb: 'dayClosing.close', args: { id, date: draw.today, missing: draw.rng.below(2) } };
};

const weighted = makers.map(([name, usual, make]) => [weightOf(name, usual), make] as const);
const total = weighted.reduce((sum, [weight]) => sum + weight, 0);

export function drawWrite(draw: Draw): Draft | undefined {
  for (let tries = 0; tries < 4; tries++) {
    let at = draw.rng.next() * total;
    const [, make] = weighted.find(([weight]) => (at -= weight) < 0) ?? [];
    const draft = make?.(draw);
    if (draft) return draft;
  }
  return undefined;
}
