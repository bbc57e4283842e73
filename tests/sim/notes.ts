/** What is written down during a history: confirmed entries, answers of the server, accidents, violations. */
import type { Rec, Ref } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import type { Answer } from './server-run.ts';

/** An entry of which a tablet said 「この端末に保存しました」. */
export interface Confirmed {
  readonly id: string;
  readonly tablet: string;
  readonly verb: string;
  readonly store: string;
  /** How far the rows were that its author had before her. */
  readonly seen: number;
  /** What her screen said of the record that she acted on: rows that have just become durable are not on it yet. */
  readonly shown?: Rec | undefined;
  /** What the form said that she had had open since her last correction. */
  readonly form?: Values | undefined;
}

/** A record that a session has made: it must stay on its screen. */
export interface Creation extends Ref {
  readonly session: unknown;
}

export interface Violation {
  readonly rule: string;
  readonly what: string;
}

export interface Notes {
  readonly confirmed: Confirmed[];
  /** Arrivals and people by the entry that made them. */
  readonly creations: Map<string, Creation>;
  /** What the server told a locked tablet to take away, by `store/kind/id`: up to which sequence it spoke. */
  readonly toldGone: Map<string, number>;
  /** Stores whose databases the browser has thrown away, and their tablets. */
  readonly lost: Map<string, string>;
  /** The server was restored: numbers that tablets remember are of another life. */
  hasForgotten: boolean;
  readonly violations: Violation[];
  readonly faults: Map<string, number>;
  /** Requests that reached the server, by path. */
  readonly paths: Map<string, number>;
  readonly refusedPushes: string[];
  readonly counts: { writes: number; refusals: number; pushes: number; pulls: number };
  readonly fault: (what: string) => void;
  /** What happened, in words; kept only where somebody wants to read it. */
  readonly say: (words: () => string) => void;
  readonly violation: (rule: string, what: string) => void;
  readonly answer: (path: string, init: RequestInit, answer: Answer) => void;
}

const isTraced = process.env['SIM_TRACE'] !== undefined;

export function createNotes(): Notes {
  const faults = new Map<string, number>();
  const notes: Notes = {
    confirmed: [],
    creations: new Map(),
    toldGone: new Map(),
    lost: new Map(),
    hasForgotten: false,
    violations: [],
    faults,
    paths: new Map(),
    refusedPushes: [],
    counts: { writes: 0, refusals: 0, pushes: 0, pulls: 0 },
    fault: (what) => faults.set(what, (faults.get(what) ?? 0) + 1),
    say: (words) => {
      if (isTraced) console.log(words());
    },
    violation: (rule, what) => {
      notes.violations.push({ rule, what });
    },
    answer: (path, { body }, { status, text }) => {
      notes.say(
        () => `    ${path} ${status} ${text.slice(0, Number(process.env['SIM_TRACE']) || 300)}`,
      );
      notes.paths.set(path, (notes.paths.get(path) ?? 0) + 1);
      if (path === '/api/pull') notes.counts.pulls += 1;
      if (path === '/api/evictions' && status === 200) noteGone(notes.toldGone, body, text);
      if (path !== '/api/push') return;
      notes.counts.pushes += 1;
      if (status !== 200) notes.refusedPushes.push(`${status} ${text}`);
    },
  };
  return notes;
}

function noteGone(toldGone: Notes['toldGone'], body: RequestInit['body'], text: string): void {
  const { evicted, upTo } = JSON.parse(text) as {
    readonly evicted: readonly Ref[];
    readonly upTo: number;
  };
  if (evicted.length === 0 || typeof body !== 'string') return;
  const { store } = JSON.parse(body) as { readonly store: string };
  for (const { kind, id } of evicted) toldGone.set(`${store}/${kind}/${id}`, upTo);
}
