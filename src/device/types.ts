/**
 * What the rest of the app sees of a tablet. Screens read signals synchronously and write with one call; nothing else
 * reaches storage, keys or the network. Every expected failure is a Problem in a Result.
 */
import type { ReadonlySignal } from '@preact/signals-core';
import type { Problem, Result } from '../domain/problem.ts';
import type { Actor, Rec, Ref } from '../domain/record.ts';
import type { Values } from '../domain/value.ts';
import type { VerdictCode } from '../sync/verdict.ts';

export interface StaffOption {
  readonly id: string;
  readonly name: string;
  readonly org: string;
  readonly orgName: string;
  readonly role: string;
  /** Has a store on this tablet and can unlock with a PIN. */
  readonly isEnrolled: boolean;
  /** Her store on this tablet was stopped by a supervisor, and she has no other here. */
  readonly isStopped?: boolean;
}

export interface Enrolment {
  readonly device: string;
  readonly deviceName: string;
  readonly tenant: string;
  readonly area: string;
  readonly site: { readonly id: string; readonly name: string };
  readonly staff: readonly StaffOption[];
  /** Before the first sign-in on it: tablets of this counter that the server has not heard of for long. */
  readonly silent: readonly { readonly name: string; readonly heardAt: number }[];
  /** Why the counter's own store takes nothing more: `admit` with a supervisor's code puts it right; the old one is still sent. */
  readonly admitAnew?: 'forked' | 'storageLost';
}

/** Sync in facts; the app makes words of it. `online` is what the last heartbeat found, not navigator.onLine. */
export interface SyncState {
  readonly online: boolean | undefined;
  /** Entries of all stores on this tablet not yet at the server. */
  readonly pending: number;
  /** How many of them nobody entered: views of files and the like, sent for the log of who has seen what. */
  readonly views?: number;
  /** Entries refused, in conflict or quarantined, of all stores, that nobody has cleared. */
  readonly needsCare: number;
  /** How many of them go on by themselves when the rest arrives. */
  readonly waits?: number;
  readonly syncedAt: number | undefined;
  readonly busy: boolean;
  /** Answer of storage.persist(); undefined where the browser has no such question. */
  readonly persisted: boolean | undefined;
  /** Something answers that is not the server: a Wi-Fi that wants a sign-in first. */
  readonly isPortal?: boolean;
  /** The browser's room for this tablet is nearly used up. */
  readonly isRoomLow?: boolean;
  /** Why the server did not take or give what was asked last; being offline is no problem. */
  readonly problem?: Problem | undefined;
}

/** What the browser says of its storage; undefined where it does not say. */
export interface StorageReport {
  /** True: the browser promised not to clear it by itself. */
  readonly persisted: boolean | undefined;
  readonly usedBytes: number | undefined;
  readonly quotaBytes: number | undefined;
}

/** What the morning's check is made from; times are the device's clock, leases the server's. */
export interface Readiness {
  readonly now: number;
  /** undefined: it does not answer now. */
  readonly server: { readonly version: string | undefined } | undefined;
  /** Device clock minus server clock, milliseconds; the last known where the server does not answer. */
  readonly skew: number | undefined;
  readonly pending: number;
  /** The browser has cleared a store that is in use here. */
  readonly isLost: boolean;
  /** Who can unlock this tablet. */
  readonly staff: readonly {
    readonly id: string;
    /** Last completed pull. */
    readonly asOf: number | undefined;
    readonly usableUntil: number;
  }[];
}

/** One entry as the end-of-day proof names it. */
export interface ReportedEntry {
  readonly id: string;
  /** Who wrote it; '' for the counter. */
  readonly staff: string;
  readonly title: string;
  readonly occurredAt: number;
}

/** What was entered on this tablet on a day, by its own clock, and what the server says it has of it. */
export interface DayReport {
  readonly day: string;
  readonly count: number;
  readonly hash: string;
  /** Answered for by receipts of the server, one each. */
  readonly receipted: number;
  /** Refused, in conflict, waiting or in quarantine, and not cleared. */
  readonly care: number;
  /** How many of them go on by themselves when the rest arrives. */
  readonly waits: number;
  /** Refused, and withdrawn with a reason: received, and in no record. */
  readonly withdrawn: number;
  /** undefined while the server was not reached: then nothing can be called the same. */
  readonly server:
    { readonly count: number; readonly hash: string; readonly at: number } | undefined;
  readonly problem: Problem | undefined;
  readonly isMatched: boolean;
  /** Entered here and not received, oldest first. */
  readonly missing: readonly ReportedEntry[];
  /** Received from this tablet and not found on it. */
  readonly extra: number;
}

/** A file to be carried by hand. */
export interface SealedFile {
  readonly name: string;
  readonly text: string;
}

export interface HandoverFile extends SealedFile {
  /** Shown once; told to the colleague, never written into the file. */
  readonly passphrase: string;
}

export interface RescueFile extends SealedFile {
  readonly entries: number;
  /** Stores of this tablet that could not be read. */
  readonly unreadable: number;
}

/** A handoff taken over by hand that the server has not told of. */
export interface CarriedHandoff {
  readonly handoff: string;
  readonly takenAt: number;
  /** The server has it, and it came to nothing. */
  readonly isRefused: boolean;
}

/** What became of a rescue file, store by store. */
export interface ImportReport {
  readonly stores: readonly ImportedStore[];
  /** Why some of the file did not get through as a whole; the rest did. */
  readonly problems: readonly Problem[];
}

export interface ImportedStore {
  readonly store: string;
  readonly actor: string;
  readonly arrived: number;
  readonly known: number;
  readonly missing: number;
  /** Entries that arrived and are without effect. */
  readonly refused: readonly string[];
  readonly problem?: Problem;
}

/** Records that are gone from this browser's database and of which there was a second copy. */
export interface Spared {
  /** Some are of stores that it does not know at all any more. */
  readonly isCleared: boolean;
  readonly found: number;
  /** Of them, those that the server has not taken yet. */
  readonly left: number;
  /** Taken, and without effect. */
  readonly refused: number;
  readonly unreadable: number;
}

export interface Tablet {
  readonly enrolment: ReadonlySignal<Enrolment | undefined>;
  /** No tablet, though this browser was one before: its storage is gone. What had not been sent: `spared`. */
  readonly wasCleared: ReadonlySignal<boolean>;
  /** What of it lay in a second place, and goes to the server from there; undefined before anybody has looked. */
  readonly spared: ReadonlySignal<Spared | undefined>;
  readonly session: ReadonlySignal<Session | undefined>;
  readonly sync: ReadonlySignal<SyncState>;
  /** Online: joins this tablet to a site by a supervisor's code. */
  readonly admit: (input: { code: string; name: string }) => Promise<Result<void>>;
  /** Online: makes a store for a member of staff, opens it and sets her PIN (6 to 8 digits). */
  readonly enrolStaff: (input: {
    staff: string;
    password: string;
    pin: string;
    /** Where the password is the one on the sheet: her own, from now on. */
    readonly newPassword?: string;
  }) => Promise<Result<void>>;
  /** Offline too. Waits after wrong PINs are kept across restarts; after five the store wants enrolStaff again. */
  readonly unlock: (staff: string, pin: string) => Promise<Result<void>>;
  /** Seconds until this member may try a PIN again; 0 when at once. */
  readonly pinWait: (staff: string) => Promise<number>;
  /** Drops keys, records and drafts from memory, in every tab; durable things stay sealed. */
  readonly lock: () => void;
  /** The same for this tab alone: it was left untouched, another one may be in use. */
  readonly lockHere: () => void;
  /** The lock screen's count: no key, no person; authored by the counter's own stream. */
  readonly count: (input: CountInput) => Promise<Result<{ readonly id: string }>>;
  readonly undoCount: (id: string) => Promise<Result<void>>;
  /** Visits counted by this counter's stream and not yet seen back, newest first (facts only). */
  readonly counted: ReadonlySignal<readonly Rec[]>;
  /** Anonymous answers of users: in no stream, under no name, sent at a moment drawn by lot. Needs nobody to be there. */
  readonly answerSurvey: (values: Values) => Promise<Result<void>>;
  readonly surveysWaiting: ReadonlySignal<number>;
  /** The unsent entries of every store of this tablet, sealed to the server; needs nobody to be there. */
  readonly rescue: () => Promise<Result<RescueFile>>;
  /** Asks for a push and a pull now; returns when both have ended. */
  readonly syncNow: () => Promise<void>;
  /** Asks the browser anew, and for its promise once more where it is not given yet. */
  readonly storage: () => Promise<StorageReport>;
  /** End-of-day proof; needs nobody to be there. */
  readonly dayReport: (day: string) => Promise<Result<DayReport>>;
  /** For the morning's check; needs nobody to be there. */
  readonly readiness: () => Promise<Result<Readiness>>;
  readonly now: () => number;
  /** JST business date at this moment. */
  readonly today: () => string;
}

export interface CountInput {
  readonly purposes: readonly string[];
  readonly visitKind: string;
  readonly channel: string;
  readonly heads: number;
}

export type OutboxState = 'pending' | VerdictCode;

/** One entry as 未送信・要確認 shows it. Argument values are there while their sealed copy is. */
export interface OutboxItem {
  readonly id: string;
  readonly seq: number;
  readonly verb: string;
  readonly title: string;
  readonly occurredAt: number;
  /** The day it counts for; an entry that puts it right keeps it. */
  readonly businessDate: string;
  readonly state: OutboxState;
  readonly problem: Problem | undefined;
  readonly args: Values | undefined;
  /** What its author saw of the record in the fields that it sets, where its copy says so. */
  readonly seen?: Values | undefined;
  /** What it changes, as its author saw it; empty once its sealed copy is gone. Where its kept values are (conflict.ts). */
  readonly records: readonly Ref[];
  /** The counter of which it makes a record; of a colleague's entry, the one at which it was written. */
  readonly site?: string | undefined;
  /** The person concerned, when known on this tablet. */
  readonly personName: string | undefined;
}

/** An entry that was withdrawn with a reason; what it said is no longer readable here. */
export interface WithdrawnItem {
  readonly id: string;
  readonly verb: string;
  readonly title: string;
  readonly occurredAt: number;
  /** undefined where it was withdrawn elsewhere, by a supervisor. */
  readonly withdrawnAt: number | undefined;
  /** undefined where somebody else withdrew it, or where what it was about may not be seen here any more. */
  readonly reason: string | undefined;
  /** Some of it is in the records all the same. */
  readonly hasEffect: boolean;
  /** All of it is: the server took it before it heard of the withdrawal. */
  readonly wentIn: boolean;
  /** Not withdrawn: somebody else put it right and sent it in her place, or she herself did from another tablet. */
  readonly isPutRight?: true;
  /** What it was about, as far as this tablet still knows. */
  readonly records: readonly Ref[];
  readonly personName: string | undefined;
}

export interface SearchHit {
  readonly record: Rec;
  /** Which key matched, for the eye. */
  readonly matched: 'name' | 'kana' | 'alias' | 'phone' | 'birth';
  /** The name on the registration that matched, where it was merged into this record. */
  readonly formerly?: string | undefined;
}

export type ServerHit = Pick<SearchHit, 'record' | 'formerly'>;

export interface Session {
  readonly actor: Actor;
  readonly name: string;
  /** Records of a kind in memory (listed parts, and opened ones whole); voided ones included. */
  readonly all: (kind: string) => ReadonlySignal<readonly Rec[]>;
  /** A merged registration leads to the one where the person is found now. */
  readonly get: (kind: string, id: string) => Rec | undefined;
  /** UUIDv7, for ids of new records in arguments. */
  readonly newId: () => string;
  /** The one write path. Resolves after the entry is durable on the tablet (「この端末に保存しました」). */
  readonly write: (
    verb: string,
    args: Values,
    options?: WriteOptions,
  ) => Promise<Result<{ readonly id: string }>>;
  /** The same judgement without writing: for fields in red before saving, and for hiding what is not allowed. */
  readonly check: (verb: string, args: Values) => Promise<Problem | undefined>;
  /** No log, no read: logs the view durably, then shows every part this tablet holds of it. */
  readonly open: (kind: string, id: string, purpose: string) => Promise<Result<Rec>>;
  /** Opens a person and every record about her that this tablet holds. */
  readonly openPerson: (seeker: string, purpose: string) => Promise<Result<readonly Rec[]>>;
  readonly logAccess: (action: 'print' | 'search' | 'export', about: Values) => Promise<void>;
  /** A sent handoff that the server does not have yet, as a file for the receiving colleague; logged. */
  readonly giveHandoff: (handoff: string) => Promise<Result<HandoverFile>>;
  /** Such a file, opened by its passphrase; logged. The handoff is then shown like one from the server. */
  readonly takeHandoff: (
    file: string,
    passphrase: string,
  ) => Promise<Result<{ readonly handoff: string }>>;
  readonly carried: ReadonlySignal<readonly CarriedHandoff[]>;
  /** Takes the word that a carried handoff came to nothing off the list. */
  readonly dismissCarried: (handoff: string) => Promise<Result<void>>;
  /** Brings a rescue file to the server. */
  readonly importFile: (file: string) => Promise<Result<ImportReport>>;
  readonly outbox: ReadonlySignal<readonly OutboxItem[]>;
  /** Her own of the last weeks, the last withdrawn first; and those that others put right. */
  readonly withdrawn: () => Promise<Result<readonly WithdrawnItem[]>>;
  /** Clears a refused entry with a reason; the entry itself stays in the stream. */
  readonly discard: (entryId: string, reason: string) => Promise<Result<void>>;
  /** A colleague's refused entry, withdrawn by a supervisor of her organisation; the server judges whether she may. */
  readonly discardOther: (entryId: string, reason: string) => Promise<Result<void>>;
  readonly search: (text: string) => readonly SearchHit[];
  /** Time of the last completed pull, for 「この端末 · 08:45時点」. */
  readonly asOf: ReadonlySignal<number | undefined>;
  /** Wider search, asked of the server; cards of the own organisation only. */
  readonly searchServer: (
    text: string,
  ) => Promise<Result<{ readonly found: readonly ServerHit[]; readonly limited: boolean }>>;
  /** Sealed drafts by form key; kept across lock and restart, gone after the save. */
  readonly readDraft: (key: string) => Promise<Values | undefined>;
  /** `about`: ids of what it is about besides the key's; it goes when one of these may not be here any more. */
  readonly writeDraft: (key: string, values: Values, about?: readonly string[]) => Promise<void>;
  readonly dropDraft: (key: string) => Promise<void>;
  /** Online questions to the server as this person (official counts, device codes, readers). */
  readonly ask: (path: string, init?: { readonly body?: unknown }) => Promise<Result<unknown>>;
}

export interface WriteOptions {
  /** Business date confirmed by staff; default today in JST. */
  readonly businessDate?: string;
  /** Id of the refused, blocked or quarantined entry that this write puts right. */
  readonly supersedes?: string;
  /**
   * Of a correction: the values that its form began from, as they were shown; a field that is absent was shown empty, or not
   * at all. What has moved since then is not written over: both values are kept. Of a form that was filled from another
   * record: what it was filled with, for that may go with the right to read it.
   */
  readonly seen?: Values | undefined;
}
