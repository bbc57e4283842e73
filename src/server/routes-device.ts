/** What tablets ask without a person: health, area, enrolment, sign-in of a store, push. */
import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import { containerRequest } from '../sync/container.ts';
import {
  deviceRequest,
  evictionRequest,
  epochResponse,
  futureRequest,
  nonceRequest,
  proofRequest,
  protocolVersion,
  pushRequest,
  sessionRequest,
  storeRequest,
  type PushRequest,
} from '../sync/protocol.ts';
import { release } from '../sync/release.ts';
import { surveyRequest } from '../sync/survey.ts';
import { readBody } from './body.ts';
import { takeContainer } from './container.ts';
import { demoArea } from './demo.ts';
import { evictions } from './evictions.ts';
import { admitDevice, enrolStaff } from './enrol.ts';
import { chainOf } from './epoch.ts';
import { teachEpochs } from './restore.ts';
import { fail, type Result } from '../domain/problem.ts';
import type { Expiry } from './expiry.ts';
import { addressOf } from './address.ts';
import { refuse } from './problem-response.ts';
import { proveDays } from './proof.ts';
import { push } from './push.ts';
import type { Server } from './server.ts';
import { openSession } from './session.ts';
import { takeSurvey } from './survey.ts';

const presentOrFuture = v.union([pushRequest, futureRequest]);

type Schema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;

/** Body in, result out. */
export async function answerWith<S extends Schema, T>(
  c: Context,
  schema: S,
  work: (body: v.InferOutput<S>) => Promise<Result<T>>,
  most?: number,
): Promise<Response> {
  const body = await readBody(c, schema, most);
  if (!body.ok) return refuse(c, body.problem);
  const result = await work(body.value);
  return result.ok ? c.json(result.value as object) : refuse(c, result.problem);
}

/** Where the routes are put. */
export type Api = Pick<Hono, 'get' | 'post' | 'use'>;

export function deviceRoutes(api: Api, server: Server, expiry: Expiry, trustProxy: boolean): void {
  const { tenant, area, isDemo } = server;
  api
    .get('/health', (c) =>
      c.json({
        ok: true,
        version: release,
        now: server.clock(),
        protocol: protocolVersion,
        epoch: server.epochNow.epoch,
      }),
    )
    .get('/area', async (c) =>
      c.json({ tenant, area, demo: isDemo, ...(isDemo ? await demoArea(server) : {}) }),
    )
    .post('/devices', (c) =>
      answerWith(c, deviceRequest, (body) => admitDevice(server, body, addressOf(c, trustProxy))),
    )
    .post('/stores', (c) => answerWith(c, storeRequest, (body) => enrolStaff(server, body)))
    .post('/nonce', (c) =>
      answerWith(c, nonceRequest, ({ store }) =>
        Promise.resolve({
          ok: true,
          value: { nonce: server.sessions.nonce(store, server.clock()) },
        } as const),
      ),
    )
    .post('/session', (c) => answerWith(c, sessionRequest, (body) => openSession(server, body)))
    .post('/evictions', (c) => answerWith(c, evictionRequest, (body) => evictions(server, body)))
    .post('/proof', (c) => answerWith(c, proofRequest, (body) => proveDays(server, body)))
    .post('/container', (c) =>
      answerWith(c, containerRequest, async (body) => {
        const wait = await server.limits.container(addressOf(c, trustProxy));
        if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
        await expiry.ifNewDay();
        return takeContainer(server, body);
      }),
    )
    .post('/surveys', (c) =>
      answerWith(c, surveyRequest, async (body) => {
        const wait = await server.limits.survey(addressOf(c, trustProxy));
        if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
        return takeSurvey(server, body);
      }),
    )
    .get('/epoch', async (c) =>
      c.json({ chain: await server.storage.read((tx) => chainOf(tx, tenant)) }),
    )
    .post('/epoch', (c) => answerWith(c, epochResponse, ({ chain }) => teachEpochs(server, chain)))
    .post('/push', (c) =>
      answerWith(c, presentOrFuture, async (body) => {
        if (!('entries' in body)) return fail({ code: 'serverOlder' });
        await expiry.ifNewDay();
        return push(server, body as PushRequest); // a future one has a protocol that push refuses before it looks further
      }),
    );
}
