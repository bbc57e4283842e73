/** A day of as many verbs as a tablet can write, for record-outbox.ts: offline by turns, in an order that makes sense. */
import { text, type Values } from '../../src/domain/value.ts';
import { demoPerson } from './people.ts';
import type { Seat } from './play-programmes.ts';

export async function playOutbox(city: Seat, hw: Seat) {
  const written = new Set<string>();
  const refused: string[] = [];
  const id = () => city.session().newId();
  const say = async (seat: Seat, verb: string, args: Values): Promise<string> => {
    const done = await seat.session().write(verb, args);
    if (done.ok) written.add(verb);
    else refused.push(`${verb}: ${JSON.stringify(done.problem)}`);
    return text(args['id']) ?? '';
  };
  const sync = async () => {
    for (const seat of [city, hw, city, hw]) await seat.tablet.syncNow();
  };
  const visit = (more: Values = {}): Values => ({
    id: id(),
    arrivedAt: city.tablet.now(),
    channel: 'inPerson',
    visitKind: 'new',
    purposes: ['jobCounselling'],
    heads: 1,
    ...more,
  });
  const person = (n: number): Values => ({
    id: id(),
    ...demoPerson(n),
    wishes: { occupations: ['08'], employmentTypes: ['1'], place: '市内', hours: 'either' },
    clientCategories: ['general'],
  });

  const counted = await city.tablet.count({
    channel: 'phone',
    visitKind: 'new',
    purposes: ['other'],
    heads: 2,
  });
  if (counted.ok) await city.tablet.undoCount(counted.value.id);
  const seeker = await say(city, 'seeker.register', person(1));
  const second = await say(city, 'seeker.register', person(2));
  await say(city, 'seeker.amend', { id: seeker, phone: '09000000000' });
  await say(city, 'seeker.amendWelfare', {
    id: seeker,
    welfareCategories: ['livelihood'],
    welfareNote: '申請中',
  });
  const first = await say(city, 'visit.log', visit({ seeker }));
  const plain = await say(city, 'visit.log', visit());
  await say(city, 'visit.attach', { id: plain, seeker: second });
  await say(city, 'visit.moveToSeeker', { id: plain, seeker });
  await say(city, 'visit.call', { id: first });
  await say(city, 'visit.serveCity', { id: first });
  const consultation = (more: Values): Values => ({
    id: id(),
    seeker,
    services: ['careerCounselling'],
    startedAt: city.tablet.now(),
    minutes: 30,
    summary: '希望の仕事を確認。',
    notes: '落ち着いて話せた。',
    ...more,
  });
  const talk = await say(city, 'consultation.record', consultation({ visit: first }));
  await say(city, 'consultation.amend', { id: talk, minutes: 40 });
  await say(city, 'consultation.moveToSeeker', { id: talk, toSeeker: second });
  await say(
    city,
    'consultation.recordWalkIn',
    consultation({
      newVisit: id(),
      arrivedAt: city.tablet.now(),
      channel: 'phone',
      visitKind: 'returning',
      purposes: ['jobCounselling'],
    }),
  );
  await say(city, 'visit.wait', { id: first });
  await say(city, 'visit.finish', { id: first });
  await say(city, 'visit.reopen', { id: first });
  await say(city, 'visit.amend', { id: first, heads: 2 });
  await say(city, 'visit.void', { id: plain, voidReason: 'mistake' });
  const terms = {
    purpose: 'employment',
    medium: 'app',
    method: 'signature',
    expiresOn: '2027-03-31',
  };
  const { familyName, givenName, familyKana, givenKana, birthDate, phone } = demoPerson(1);
  const named = { familyName, givenName, familyKana, givenKana, birthDate, phone };
  const items = ['name', 'contact', 'wishes', 'consultations', 'referralsBack'];
  const to = {
    toOrg: hw.session().actor.org,
    toSite: hw.session().actor.site,
    fromSeeker: seeker,
    reason: 'jobReferral',
    urgency: 'normal',
    items,
    message: '介護の仕事を希望。',
    wishesText: '福祉・介護',
  };
  const offer = (): Values => ({
    id: id(),
    newConsent: id(),
    newLink: id(),
    ...to,
    ...named,
    ...terms,
  });
  const offered = await say(city, 'handoff.offer', offer());
  const returned = await say(city, 'handoff.offer', offer());
  const cancelled = await say(city, 'handoff.offer', offer());
  await say(city, 'handoff.cancel', { id: cancelled, cancelNote: '入れまちがい' });
  const { toOrg, toSite } = to;
  const unnamed = { id: id(), toOrg, toSite, reason: 'jobReferral', urgency: 'normal' };
  await say(city, 'handoff.offerUnnamed', { ...unnamed, slip: '654321', message: '相談希望' });
  const draft = await say(city, 'handoff.draft', { id: id(), ...to, ...named });
  await say(city, 'handoff.amend', { id: draft, urgency: 'today' });
  await say(city, 'handoff.askConsent', { id: draft });
  const ids = { newConsent: id(), newLink: id() };
  await say(city, 'handoff.recordConsent', { id: draft, ...ids, ...terms });
  await say(city, 'handoff.send', { id: draft });
  const declined = await say(city, 'handoff.draft', { id: id(), ...to });
  await say(city, 'handoff.askConsent', { id: declined });
  await say(city, 'handoff.refuseConsent', { id: declined });
  const wrongDraft = await say(city, 'handoff.draft', { id: id(), ...to });
  await say(city, 'handoff.void', { id: wrongDraft, voidReason: 'mistake' });
  const consent = await say(city, 'consent.record', {
    id: id(),
    ...terms,
    seeker,
    items: ['name'],
    toOrg: to.toOrg,
    toSite: to.toSite,
  });
  await say(city, 'consent.amend', { id: consent, expiresOn: '2027-01-31' });
  await say(city, 'consent.withdraw', { id: consent });
  await sync();
  await say(hw, 'visit.serveHW', { id: first });
  await say(hw, 'handoff.receive', { id: offered });
  const newSeeker = hw.session().newId();
  await say(hw, 'handoff.acceptNew', { id: offered, newSeeker, ...demoPerson(1) });
  await say(hw, 'handoff.start', { id: offered });
  await say(hw, 'handoff.report', { id: offered, result: '紹介を進めています。' });
  await say(hw, 'handoff.return', { id: returned, returnReason: 'other' });
  const referral = (n: number): Values => ({
    id: hw.session().newId(),
    seeker: newSeeker,
    issuer: 'hw',
    employmentType: '1',
    occupation: '08',
    jobMode: 'general',
    referralType: 'general',
    method: 'counter',
    employerName: '見本介護センター',
    jobTitle: '介護職員',
    hwJobNo: `01230-10000${n}`,
  });
  const got = await say(hw, 'referral.record', referral(1));
  for (const step of ['apply', 'interview', 'awaitResult'])
    await say(hw, `referral.${step}`, { id: got });
  const newPlacement = hw.session().newId();
  const hired = {
    resultSource: 'employer',
    startDate: hw.tablet.today(),
    term: 'regular',
    hiredAs: '1',
    weeklyHours: 40,
  };
  await say(hw, 'referral.hire', { id: got, newPlacement, ...hired });
  await say(hw, 'placement.amend', { id: newPlacement, weeklyHours: 35 });
  for (const [n, step] of ['reject', 'withdraw', 'noShow', 'closeJob'].entries()) {
    const other = await say(hw, 'referral.record', referral(n + 2));
    const why = step === 'reject' ? { rejectionReasons: ['skills'] } : {};
    await say(hw, `referral.${step}`, { id: other, resultSource: 'employer', ...why });
  }
  const wrong = await say(hw, 'referral.record', referral(7));
  await say(hw, 'referral.amend', { id: wrong, jobTitle: '調理' });
  await say(hw, 'referral.void', { id: wrong, voidReason: 'mistake' });
  for (const step of ['start', 'trial', 'convert', 'end'])
    await say(hw, `referral.${step}`, { id: got });
  const considered = { ...referral(8), id: hw.session().newId() };
  await say(hw, 'referral.consider', considered);
  for (const step of ['contactEmployer', 'issue'])
    await say(hw, `referral.${step}`, { id: considered.id });
  const registration = await say(hw, 'registration.record', {
    id: hw.session().newId(),
    registrationKind: 'new',
    seeker: newSeeker,
    hwSeekerNo: '01040-1234567',
  });
  await say(hw, 'registration.amend', { id: registration, hwSeekerNo: '01040-7654321' });
  await say(hw, 'registration.void', { id: registration, voidReason: 'mistake' });
  await city.session().logAccess('print', { kind: 'seeker', id: seeker });
  await city.session().openPerson(seeker, 'consultation');
  await sync();
  await say(city, 'handoff.close', { id: offered });
  await say(city, 'handoff.redraft', { id: returned });
  await say(city, 'seeker.void', { id: second, voidReason: 'mistake' });
  // Refused by the server alone: the visit moved elsewhere meanwhile.
  const contested = await say(city, 'visit.log', visit());
  await sync();
  await say(hw, 'visit.call', { id: contested });
  await say(city, 'visit.leave', { id: contested });
  await hw.tablet.syncNow();
  await sync();
  return { written, refused };
}
