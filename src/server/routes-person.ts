/** What a person asks with her session's token: pull, search, readers, counts, codes and tablets of her counter. */
import type { Context } from 'hono';
import { compress } from 'hono/compress';
import * as v from 'valibot';
import { isIsoDate, addMonths } from '../domain/date.ts';
import { isAllowed, type Action } from '../domain/permission.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import type { Period } from '../domain/metrics/metric.ts';
import { isAtHand, partOf } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { canonical } from '../sync/bytes.ts';
import { callUpRequest, digestRequest, pullRequest, searchRequest } from '../sync/protocol.ts';
import { listAlarms } from './alarms.ts';
import { caseloads } from './caseload.ts';
import { callUp } from './call-up.ts';
import { officialCounts } from './counts.ts';
import { countsCsv } from './csv.ts';
import { compareDigest } from './digest.ts';
import { issueCode } from './device-codes.ts';
import { listStores, revokeStore } from './devices.ts';
import { epochState, release } from './epoch-state.ts';
import type { Expiry } from './expiry.ts';
import { refuse } from './problem-response.ts';
import { tabletDays } from './proof.ts';
import { provisionCsv } from './provision.ts';
import { pull } from './pull.ts';
import { readersOf } from './readers.ts';
import { hiresCsv } from './hires.ts';
import { importJobs, jobImportRequest, maxImportBody } from './job-import.ts';
import { whoMoved } from './moved-by.ts';
import { listRepairs, openRepair } from './repair-list.ts';
import { openIfReady } from './reoffer.ts';
import { answerWith, type Api } from './routes-device.ts';
import { logAsked, searchSeekers } from './search.ts';
import type { Server } from './server.ts';
import { askerOf, storeOfToken, type Asker } from './session.ts';
import { closeRequest, planClosing, takeBackClosing } from './site-close.ts';
import { importRoster, rosterRequest } from './roster.ts';
import { makeStartPasswords, startRequest, waitingStaff } from './start-passwords.ts';
import { surveyComments } from './survey.ts';
import { factsOfKind } from './staff.ts';

const id = v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/));
const revokeRequest = v.strictObject({ store: id });
const repairRequest = v.strictObject({ entry: id });
const movedRequest = v.strictObject({ kind: v.pipe(v.string(), v.maxLength(40)), id });
const nothing = v.strictObject({});
/**
 * Records come by the megabyte. Nothing else is compressed: other answers are small, or carry a token or what the asker has
 * typed beside what she may only partly know, and lengths would tell; the hints have to leave at once.
 */
const pages = compress({ encoding: 'gzip' });

export function personRoutes(api: Api, server: Server, expiry: Expiry): void {
  const asked = asker(server);
  const withToken = tokenAsker(server);
  api
    .use('/pull', pages)
    .use('/digest', pages)
    .post('/digest', (c) =>
      withToken(c, (store) =>
        answerWith(c, digestRequest, (body) => compareDigest(server, store, body)),
      ),
    )
    .get('/hints', (c) =>
      asked(c, undefined, async ({ store: { store } }) => {
        const token = (c.req.header('authorization') ?? '').replace(/^Bearer /, '');
        return c.body(server.hints.open(store, token), 200, {
          'Content-Type': 'text/event-stream; charset=utf-8',
          'X-Accel-Buffering': 'no',
        });
      }),
    )
    .post('/pull', (c) =>
      withToken(c, async (store) => {
        await expiry.ifNewDay();
        return answerWith(c, pullRequest, (body) => pull(server, store, body));
      }),
    )
    .post('/search', (c) =>
      asked(c, 'file.read', (who) =>
        answerWith(c, searchRequest, (body) => searchSeekers(server, who, body.text)),
      ),
    )
    .post('/call-up', (c) =>
      asked(c, 'file.read', (who) =>
        answerWith(c, callUpRequest, ({ seeker }) => callUp(server, who, seeker)),
      ),
    )
    .get('/readers', (c) =>
      asked(c, 'file.read', async (who) =>
        send(c, await readersOf(server, who, c.req.query('kind') ?? '', c.req.query('id') ?? '')),
      ),
    )
    .get('/repair', (c) =>
      asked(c, 'repair.adopt', async (who) => c.json(await listRepairs(server, who))),
    )
    .post('/repair/open', (c) =>
      asked(c, 'repair.adopt', (who) =>
        answerWith(c, repairRequest, ({ entry }) => openRepair(server, who, entry)),
      ),
    )
    .post('/moved', (c) =>
      asked(c, 'file.read', (who) =>
        answerWith(c, movedRequest, ({ kind, id }) => whoMoved(server, who, kind, id)),
      ),
    );
  listRoutes(api, server, asked);
  tabletRoutes(api, server, asked);
}

/** What comes in and goes out by the list: postings, counts, people without names, hires. */
function listRoutes(api: Api, server: Server, asked: ReturnType<typeof asker>): void {
  api
    .post('/jobs/import', (c) =>
      asked(c, 'jobs.import', (who) =>
        answerWith(c, jobImportRequest, (body) => importJobs(server, who, body), maxImportBody),
      ),
    )
    .post('/roster/import', (c) =>
      asked(c, 'roster.import', (who) =>
        answerWith(c, rosterRequest, (body) => importRoster(server, who, body), maxImportBody),
      ),
    )
    .get('/roster/waiting', (c) =>
      asked(c, 'roster.import', async (who) =>
        c.json({ waiting: await waitingStaff(server, who) }),
      ),
    )
    .get('/caseloads', (c) =>
      asked(c, 'roster.import', async (who) =>
        c.json(await caseloads(server, who, c.req.query('post'))),
      ),
    )
    .post('/roster/passwords', (c) =>
      asked(c, 'roster.import', (who) =>
        answerWith(c, startRequest, (body) => makeStartPasswords(server, who, body)),
      ),
    )
    .get('/provision', (c) =>
      asked(c, 'provision.export', async (who) => {
        const to = c.req.query('to');
        return to === 'municipality' || to === 'private'
          ? c.json({ csv: await provisionCsv(server, who, to) })
          : refuse(c, { code: 'malformed', reason: 'to' });
      }),
    )
    .get('/hires', (c) =>
      asked(c, 'counts.export', async (who) => {
        const period = periodOf(c);
        return period
          ? c.json({ csv: await hiresCsv(server, who, period) })
          : refuse(c, { code: 'malformed', reason: 'period' });
      }),
    )
    .get('/counts', (c) =>
      asked(c, 'counts.export', async (who) => send(c, await countsAsked(server, c, who))),
    )
    .get('/survey-comments', (c) =>
      asked(c, 'counts.export', async (who) => send(c, await commentsAsked(server, c, who))),
    )
    .get('/counts.csv', (c) => asked(c, 'counts.export', (who) => csv(server, c, who)));
}

/** The counter's tablets: which there are, what went wrong, what a restored server waits for. */
function tabletRoutes(api: Api, server: Server, asked: ReturnType<typeof asker>): void {
  api
    .post('/device-codes', (c) =>
      asked(c, 'device.admit', (who) =>
        answerWith(c, nothing, async () => ok(await issueCode(server, who.member))),
      ),
    )
    .get('/stores', (c) =>
      asked(c, 'device.admit', async (who) => c.json(await listStores(server, who))),
    )
    .post('/stores/revoke', (c) =>
      asked(c, 'device.admit', (who) =>
        answerWith(c, revokeRequest, ({ store }) => revokeStore(server, who, store)),
      ),
    )
    .post('/counter/close', (c) =>
      asked(c, 'counter.close', (who) =>
        answerWith(c, closeRequest, (body) => planClosing(server, who, body)),
      ),
    )
    .post('/counter/stay', (c) =>
      asked(c, 'counter.close', (who) =>
        answerWith(c, nothing, () => takeBackClosing(server, who)),
      ),
    )
    .get('/alarms', (c) =>
      asked(c, 'device.admit', async (who) => c.json(await listAlarms(server, who))),
    )
    .get('/proof', (c) =>
      asked(c, 'device.admit', async (who) =>
        send(c, await tabletDays(server, who, c.req.query('day') ?? '')),
      ),
    )
    .get('/epoch/state', (c) =>
      asked(c, 'device.admit', async () => c.json(await epochState(server))),
    )
    .post('/epoch/release', (c) =>
      asked(c, 'device.admit', (who) =>
        answerWith(c, nothing, async () => {
          await release(server, who);
          await openIfReady(server);
          return ok(await epochState(server));
        }),
      ),
    );
}

function send<T>(c: Context, result: Result<T>): Response {
  return result.ok ? c.json(result.value as object) : refuse(c, result.problem);
}

/** For pages of records: who asks is read together with them, so that both are of one moment. */
function tokenAsker(server: Server) {
  return async (c: Context, work: (store: string) => Promise<Response>): Promise<Response> => {
    const store = storeOfToken(server, c.req.header('authorization'));
    if (!store.ok) return refuse(c, store.problem);
    const wait = await server.limits.pull(store.value);
    return wait > 0 ? refuse(c, { code: 'tooManyRequests', waitSeconds: wait }) : work(store.value);
  };
}

/** Answered with what is known of people. */
const showing: readonly (Action | undefined)[] = ['file.read', 'repair.adopt'];

/** The token first, then the permission; only then is the body read. It may come slowly: who is shown people is asked again. */
function asker(server: Server) {
  return async (
    c: Context,
    action: Action | undefined,
    work: (who: Asker) => Promise<Response>,
  ): Promise<Response> => {
    const who = await letIn(server, c, action);
    if (!who.ok) return refuse(c, who.problem);
    const answer = await work(who.value);
    if (!showing.includes(action)) return answer;
    const still = await letIn(server, c, action);
    if (!still.ok) return refuse(c, still.problem);
    const isSame = canonical(still.value.actor) === canonical(who.value.actor);
    return isSame ? answer : refuse(c, { code: 'serverTrouble' }); // asked again, she is answered as who she is now
  };
}

async function letIn(
  server: Server,
  c: Context,
  action: Action | undefined,
): Promise<Result<Asker>> {
  const who = await askerOf(server, c.req.header('authorization'));
  if (!who.ok) return who;
  // 'own': the records asked about are her organisation's, which each answer checks for itself.
  const relation = action === 'file.read' ? 'own' : 'none';
  return action && !isAllowed(action, who.value.actor, relation)
    ? fail({ code: 'notAllowed', action })
    : who;
}

const longestMonths = 36;

function periodOf(c: Context): Period | undefined {
  const [from = '', to = ''] = [c.req.query('from'), c.req.query('to')];
  if (!isIsoDate(from) || !isIsoDate(to) || from > to || !from.startsWith('20')) return undefined;
  return addMonths(from, longestMonths) >= to ? { from, to } : undefined;
}

/** Of one of her counters. Two periods can be subtracted from each other: which were asked for stays on record. */
async function figuresAsked(
  server: Server,
  c: Context,
  who: Asker,
  what: 'officialCounts' | 'surveyComments',
): Promise<Result<{ readonly site: string; readonly period: Period }>> {
  const period = periodOf(c);
  if (!period) return fail({ code: 'malformed', reason: 'period' });
  const site = c.req.query('site') ?? who.member.site;
  if (!isAtHand(who.member, site)) return fail({ code: 'notAllowed', action: 'counts.export' });
  await logAsked(server, who, what, `${site} ${period.from}/${period.to}`, 'counts');
  return ok({ site, period });
}

async function countsAsked(server: Server, c: Context, who: Asker) {
  const asked = await figuresAsked(server, c, who, 'officialCounts');
  return asked.ok ? ok(await officialCounts(server, asked.value.site, asked.value.period)) : asked;
}

async function commentsAsked(server: Server, c: Context, who: Asker) {
  const asked = await figuresAsked(server, c, who, 'surveyComments');
  if (!asked.ok) return asked;
  return ok({ comments: await surveyComments(server, asked.value.site, asked.value.period) });
}

async function csv(server: Server, c: Context, who: Asker): Promise<Response> {
  const counts = await countsAsked(server, c, who);
  if (!counts.ok) return refuse(c, counts.problem);
  const [sites, organisation, programme, event] = await server.storage.read(async (tx) => [
    await factsOfKind(server, tx, 'site'),
    await factsOfKind(server, tx, 'organisation'),
    await factsOfKind(server, tx, 'programme'),
    await factsOfKind(server, tx, 'event'),
  ]);
  const name = (records: typeof sites, wanted: string) => {
    const facts = partOf(
      records?.find((one) => one.id === wanted),
      'facts',
    );
    return text(facts['name'] ?? facts['programmeName'] ?? facts['eventName']) ?? wanted;
  };
  const file = countsCsv(counts.value, name(sites, counts.value.site), (kind, id) =>
    name({ organisation, programme, event }[kind], id),
  );
  // The tablet speaks JSON both ways and makes the file itself.
  const wantsJson = /json/.test(c.req.header('content-type') ?? c.req.header('accept') ?? '');
  if (wantsJson) return c.json({ csv: file });
  const { from, to } = counts.value.period;
  return c.body(file, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="counts-${from}-${to}.csv"`,
  });
}
