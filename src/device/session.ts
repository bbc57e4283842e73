/** The session that screens see: one unlocked store behind the contract of types.ts. */
import { computed } from '@preact/signals-core';
import * as v from 'valibot';
import { rootOf } from '../domain/aliases.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import type { Rec } from '../domain/record.ts';
import { searchResponse } from '../sync/protocol.ts';
import { logAccess } from './access-log.ts';
import type { Desk } from './desk.ts';
import { giveHandoff } from './handover.ts';
import { interleave } from './ledger.ts';
import { importFile } from './rescue-import.ts';
import { dropDraft, readDraft, writeDraft } from './session-drafts.ts';
import { openPerson, openRecord } from './session-open.ts';
import { discard, discardOther, isAsked, outboxItem } from './session-outbox.ts';
import { createSearch } from './session-search.ts';
import { check, write } from './session-write.ts';
import { dismissCarried, takeHandoff } from './takeover.ts';
import type { ServerHit, Session } from './types.ts';
import { readWithdrawn } from './withdrawn.ts';

export function createSession(desk: Desk, name: string): Session {
  const { memory } = desk;
  const seekers = memory.all('seeker');
  const seekerHere = (id: string) => memory.get('seeker', id);
  const items = computed(() => interleave(desk.counter.items.value, desk.items.value));
  return {
    get actor() {
      return desk.actor();
    },
    name,
    all: memory.all,
    get: (kind, id) => memory.get(kind, kind === 'seeker' ? rootOf(id, seekerHere) : id),
    newId: desk.ports.newId,
    write: (verb, args, options) => write(desk, verb, args, options),
    check: (verb, args) => check(desk, verb, args),
    open: (kind, id, purpose) => openRecord(desk, kind, id, purpose),
    openPerson: (seeker, purpose) => openPerson(desk, seeker, purpose),
    logAccess: async (action, about) => {
      const logged = await logAccess(desk, action, about);
      // No log, no print: the caller's next step must not happen.
      if (!logged.ok) throw new Error(`access not logged: ${logged.problem.code}`);
    },
    outbox: computed(() => items.value.filter(isAsked).map((item) => outboxItem(desk, item))),
    giveHandoff: (handoff) => giveHandoff(desk, handoff),
    takeHandoff: (file, passphrase) => takeHandoff(desk, file, passphrase),
    carried: desk.carried,
    dismissCarried: (handoff) => dismissCarried(desk, handoff),
    importFile: (file) => importFile(desk.net, file),
    withdrawn: () => readWithdrawn(desk),
    discard: (entryId, reason) => discard(desk, items.peek(), entryId, reason),
    discardOther: (id, reason) => discardOther(desk, id, reason),
    search: createSearch(() => seekers.peek(), seekerHere),
    asOf: desk.syncedAt,
    searchServer: (text) => searchServer(desk, text),
    readDraft: (key) => readDraft(desk, key),
    writeDraft: (key, values, about) => writeDraft(desk, key, values, about),
    dropDraft: (key) => dropDraft(desk, key),
    ask: (path, init) => ask(desk, path, init?.body),
  };
}

async function searchServer(
  desk: Desk,
  text: string,
): Promise<Result<{ readonly found: readonly ServerHit[]; readonly limited: boolean }>> {
  if (desk.isClosed()) return fail({ code: 'locked' });
  const logged = await logAccess(desk, 'search', { kind: 'seeker', text });
  if (!logged.ok) return logged;
  const answer = await desk.login.withToken((token) =>
    desk.net.post('/api/search', { text }, searchResponse, token),
  );
  if (!answer.ok) return answer;
  const { found, limited } = answer.value;
  const hits = found.map(({ id, card, formerly }): ServerHit => {
    const record: Rec = { kind: 'seeker', id, parts: { card } };
    return { record, formerly };
  });
  return ok({ found: hits, limited });
}

/** Its answers have no schema here, so a portal's JSON would pass for the server's: who is there is asked first. */
async function ask(desk: Desk, path: string, body: unknown): Promise<Result<unknown>> {
  if (desk.isClosed()) return fail({ code: 'locked' });
  if (!(await desk.net.isThere())) return fail({ code: 'offline' });
  return desk.login.withToken((token) =>
    body === undefined
      ? desk.net.get(path, v.unknown(), token)
      : desk.net.post(path, body, v.unknown(), token),
  );
}
