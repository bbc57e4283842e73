/**
 * Anonymous answers on their way: a queue of its own, in no stream, sealed to the server one by one as they are given. Each leaves
 * at a moment drawn by lot, alone and in no order, so that neither the hour nor the company of an answer says who was
 * there; what is of a past month goes at once. A row goes when the server has it: sending twice is harmless, losing is not.
 */
import type Dexie from 'dexie';
import type { Table } from 'dexie';
import { signal, type ReadonlySignal } from '@preact/signals-core';
import { businessDateJst } from '../domain/date.ts';
import { monthOf } from '../domain/month.ts';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import type { Values } from '../domain/value.ts';
import { surveyResponse } from '../sync/survey.ts';
import type { CryptoPorts } from './crypto.ts';
import { readCounter } from './device-db.ts';
import { dexieOf, durably, putAway } from './durable.ts';
import { later } from './later.ts';
import type { Net } from './net.ts';
import type { Clock, StoragePort } from './ports.ts';
import type { Stores } from './stores.ts';
import type { SurveyRow } from './survey-seal.ts';
import type { SyncStep } from './sync-loop.ts';

const sealing = later(() => import('./survey-seal.ts'));

type SurveyDb = Dexie & { readonly answers: Table<SurveyRow, string> };

export interface Surveys {
  readonly answer: (values: Values) => Promise<Result<void>>;
  /** Answers not yet at the server, as last looked. */
  readonly waiting: ReadonlySignal<number>;
  readonly look: () => Promise<unknown>;
  readonly step: SyncStep;
  readonly close: () => void;
}

interface Ports extends CryptoPorts {
  readonly clock: Clock;
  readonly storage: StoragePort;
  readonly chance: () => number;
}

/** A draw at most every half minute; one in 240 goes: two hours on average, of an open tablet. */
const betweenDraws = 30_000;
const share = 1 / 240;

export function createSurveys(ports: Ports, net: Net, stores: Stores): Surveys {
  const db = openSurveyDb(ports.storage);
  const waiting = signal(0);
  let drawnAt = -Infinity;
  const look = async (): Promise<Result<readonly SurveyRow[]>> => {
    const rows = await durably(db, () => db.answers.toArray());
    if (rows.ok) waiting.value = rows.value.length;
    return rows;
  };
  const answer = async (values: Values): Promise<Result<void>> => {
    const known = await durably(stores.device, () => readCounter(stores.device));
    if (!known.ok) return known;
    const { enrolment, pass } = known.value;
    if (!enrolment)
      return fail({ code: 'refused', reason: 'この端末は、まだ窓口に登録されていません。' });
    const loaded = await sealing();
    if (!loaded.ok) return loaded;
    const row = await loaded.value.sealAnswer(ports, enrolment, pass, values);
    if (!row.ok) return row;
    const kept = await durably(db, () => db.answers.put(row.value));
    if (!kept.ok) return kept;
    await look();
    return ok(undefined);
  };
  const step = async (): Promise<Problem | undefined> => {
    const now = ports.clock.now();
    if (Math.abs(now - drawnAt) < betweenDraws) return undefined;
    drawnAt = now;
    const rows = await look();
    if (!rows.ok) return rows.problem;
    const month = monthOf(businessDateJst(now));
    const due = rows.value.filter((row) => row.month < month || ports.chance() < share);
    const problem = due.length > 0 ? await send(net, stores, db, due) : undefined;
    if (due.length > 0) await look();
    return problem;
  };
  return { answer, waiting, look, step, close: () => putAway(db) };
}

function openSurveyDb(storage: StoragePort): SurveyDb {
  const db = dexieOf(storage, 'madoguchi-survey');
  db.version(1).stores({ answers: 'id' });
  // The table just declared is what the type says; Dexie adds it as a property at run time.
  return db as SurveyDb;
}

/** In the order of random ids, which is none. One that is refused keeps none of the others back. */
async function send(
  net: Net,
  stores: Stores,
  db: SurveyDb,
  rows: readonly SurveyRow[],
): Promise<Problem | undefined> {
  const known = await durably(stores.device, () => readCounter(stores.device));
  if (!known.ok) return known.problem;
  let problem: Problem | undefined;
  for (const { id, sealed, pass = known.value.pass } of rows) {
    // Brought by the next session of anybody at this counter.
    if (pass === undefined) continue;
    const sent = await net.post('/api/surveys', { pass, ...sealed }, surveyResponse);
    if (!sent.ok) {
      problem = sent.problem;
      if (problem.code === 'offline' || problem.code === 'tooManyRequests') return problem;
      continue;
    }
    const gone = await durably(db, () => db.answers.delete(id));
    if (!gone.ok) return gone.problem;
  }
  return problem;
}
