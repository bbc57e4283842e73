/**
 * The demo's day. Every write goes through a tablet's one write path, sealed and signed, and is pushed and judged by the
 * server like any other; nothing is planted in a database.
 */
import type { Session, Tablet } from '../../src/device/types.ts';
import type { Result } from '../../src/domain/problem.ts';
import type { Values } from '../../src/domain/value.ts';
import { openDesk, type Desk } from './desk.ts';
import { demoPerson, type DemoPerson } from './people.ts';

export interface Played {
  visits: number;
  consultations: number;
  handoffs: number;
  referrals: number;
  placements: number;
}

const purposes = [
  'jobCounselling',
  'jobSearchTerminal',
  'careerCounselling',
  'referral',
  'welfare',
  'other',
];
const employers = ['見本介護センター', '例示警備', '架空清掃サービス', '模擬食品', '想定運輸'];
const visitsPerSite = 40;
const consultationsPerSite = 12;

function must<T>(result: Result<T>, what: string): T {
  if (!result.ok) throw new Error(`${what}: ${JSON.stringify(result.problem)}`);
  return result.value;
}

function session(tablet: Tablet): Session {
  const open = tablet.session.value;
  if (!open) throw new Error('nobody is signed in on the demo tablet');
  return open;
}

async function write(desk: Desk, verb: string, args: Values): Promise<void> {
  must(await session(desk.tablet).write(verb, args), verb);
}

/** Times of the day run on with the work; nothing lies in the future. */
function pace(desk: Desk, done: number, of: number): void {
  desk.clock.set(desk.from + Math.floor(((desk.until - desk.from) * done) / of));
}

async function registerPerson(desk: Desk, person: DemoPerson): Promise<string> {
  const id = session(desk.tablet).newId();
  await write(desk, 'seeker.register', {
    id,
    ...person,
    wishes: { occupations: ['08'], employmentTypes: ['1', '5'], place: '市内', hours: 'either' },
    clientCategories: ['general'],
  });
  return id;
}

async function arrive(desk: Desk, index: number, seeker?: string): Promise<string> {
  const id = session(desk.tablet).newId();
  await write(desk, 'visit.log', {
    id,
    arrivedAt: desk.clock.now(),
    channel: index % 13 === 12 ? 'phone' : 'inPerson',
    visitKind: index % 3 === 0 ? 'new' : 'returning',
    purposes: [purposes[index % purposes.length] ?? 'other'],
    heads: index % 17 === 16 ? 2 : 1,
    ticket: `${desk.letter}${index + 1}`,
    ...(seeker ? { seeker } : {}),
  });
  return id;
}

async function consult(
  desk: Desk,
  visit: string,
  seeker: string,
  index: number,
  after: 'visit.finish' | 'visit.wait',
): Promise<void> {
  const isHw = session(desk.tablet).actor.orgType === 'hw';
  await write(desk, isHw ? 'visit.serveHW' : 'visit.serveCity', { id: visit });
  await write(desk, 'consultation.record', {
    id: session(desk.tablet).newId(),
    visit,
    seeker,
    services: [
      isHw ? 'jobCounselling' : 'careerCounselling',
      ...(index % 3 === 0 ? ['documentReview'] : []),
    ],
    startedAt: desk.clock.now(),
    minutes: 20 + (index % 4) * 10,
    summary: '希望の仕事と働ける時間を確認。次は求人を一緒に見ます。',
    notes: '（体験用のメモ）落ち着いて話せていました。',
  });
  await write(desk, after, { id: visit });
}

async function offer(city: Desk, hw: Desk, seeker: string, person: DemoPerson): Promise<string> {
  const from = session(city.tablet);
  const id = from.newId();
  await write(city, 'handoff.offer', {
    id,
    newConsent: from.newId(),
    newLink: from.newId(),
    toOrg: session(hw.tablet).actor.org,
    toSite: session(hw.tablet).actor.site,
    fromSeeker: seeker,
    reason: 'jobReferral',
    urgency: 'normal',
    items: ['name', 'contact', 'wishes', 'consultations', 'referralsBack'],
    message: '介護の仕事を希望されています。',
    familyName: person.familyName,
    givenName: person.givenName,
    familyKana: person.familyKana,
    givenKana: person.givenKana,
    birthDate: person.birthDate,
    phone: person.phone,
    wishesText: '福祉・介護、市内、正社員かパート',
    purpose: 'employment',
    medium: 'app',
    method: 'signature',
    expiresOn: city.fiscalYearEnd,
  });
  return id;
}

async function accept(city: Desk, hw: Desk, id: string, person: DemoPerson): Promise<string> {
  await city.tablet.syncNow();
  await hw.tablet.syncNow();
  const newSeeker = session(hw.tablet).newId();
  await write(hw, 'handoff.acceptNew', { id, newSeeker, ...person });
  return newSeeker;
}

async function refer(hw: Desk, seeker: string, index: number): Promise<string> {
  const id = session(hw.tablet).newId();
  await write(hw, 'referral.record', {
    id,
    seeker,
    issuer: 'hw',
    employmentType: index % 2 === 0 ? '1' : '5',
    occupation: '08',
    jobMode: 'general',
    referralType: 'general',
    method: 'counter',
    employerName: employers[index % employers.length] ?? '見本',
    jobTitle: '介護職員',
    hwJobNo: `01230-${100000 + index}`,
  });
  return id;
}

async function place(hw: Desk, referral: string): Promise<void> {
  await write(hw, 'referral.hire', {
    id: referral,
    newPlacement: session(hw.tablet).newId(),
    resultSource: 'employer',
    startDate: hw.tablet.today(),
    term: 'regular',
    hiredAs: '1',
    weeklyHours: 40,
  });
}

/** Every third of those counselled goes on to Hello Work, which joins the same open visit. */
async function handOver(
  city: Desk,
  hw: Desk,
  visit: Handed,
  index: number,
  played: Played,
): Promise<void> {
  const offered = await offer(city, hw, visit.seeker, visit.person);
  played.handoffs += 1;
  // The last one lies unanswered in the inbox: whoever tries the demo has something to accept.
  if (index + 3 >= consultationsPerSite) return;
  const received = await accept(city, hw, offered, visit.person);
  await consult(hw, visit.id, received, index, 'visit.finish');
  played.consultations += 1;
  const referral = await refer(hw, received, index);
  played.referrals += 1;
  if (index % 6 !== 0) return;
  await place(hw, referral);
  played.placements += 1;
}

interface Handed {
  readonly id: string;
  readonly seeker: string;
  readonly person: DemoPerson;
}

async function playSite(
  origin: string,
  site: string,
  offset: number,
  played: Played,
): Promise<void> {
  const city = await openDesk(origin, site, 'city');
  const hw = await openDesk(origin, site, 'hw');
  let counselled = 0;
  for (let at = 0; at < visitsPerSite; at++) {
    pace(city, at, visitsPerSite);
    pace(hw, at, visitsPerSite);
    const isCounselled = at % 3 === 0 && counselled < consultationsPerSite;
    const person = demoPerson(offset + at);
    const seeker = isCounselled ? await registerPerson(city, person) : undefined;
    const id = await arrive(city, at, seeker);
    played.visits += 1;
    if (!seeker) {
      if (at < visitsPerSite - 4)
        await write(city, at % 9 === 8 ? 'visit.leave' : 'visit.finish', { id });
      continue;
    }
    const goesOn = counselled % 3 === 0;
    await consult(city, id, seeker, at, goesOn ? 'visit.wait' : 'visit.finish');
    played.consultations += 1;
    if (goesOn) await handOver(city, hw, { id, seeker, person }, counselled, played);
    counselled += 1;
  }
  for (const desk of [city, hw]) {
    await desk.tablet.syncNow();
    desk.tablet.lock();
  }
}

export async function playDay(origin: string, say: (line: string) => void): Promise<Played> {
  const played: Played = { visits: 0, consultations: 0, handoffs: 0, referrals: 0, placements: 0 };
  for (const [index, site] of ['shiroishi', 'toyohira'].entries()) {
    say(`${site} …`);
    await playSite(origin, site, index * 50, played);
  }
  return played;
}
