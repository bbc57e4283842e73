/**
 * The planted bugs: deliberate faults in the real code, each a small change of its source text made while it is loaded, in
 * this bench alone. Production carries no switch. Where the text to be changed is not found exactly once the fault counts as
 * not caught, so that the list cannot go stale unnoticed.
 */
import { edit, type Planted } from './planted-fault.ts';
import { plantedRestores } from './planted-restores.ts';

export const planted: readonly Planted[] = [
  {
    name: 'sequence cursor instead of commit order',
    rules: ['I3', 'I4'],
    weights: 'sync=20,weather.good=9',
    seeds: [31],
    edits: [
      edit(
        'src/server/pull.ts',
        'cursor: writeCursor(server, store, { ...page.cursor, ...page.last })',
        // A later look than the page's, with the mark that belongs to it.
        'cursor: writeCursor(server, store, await server.storage.read(async (tx) => { const { headSeq } = await import("./log-now.ts"); const seq = await headSeq(tx, server.tenant); return { ...page.cursor, ...page.last, ...(await markAt(tx, server.tenant, seq)), seq }; }))',
      ),
    ],
  },
  {
    name: 'acknowledgement before commit',
    rules: ['I1'],
    seeds: [167],
    edits: [
      edit(
        'src/server/append-stream.ts',
        'const outcome = await storage.write(tenant, async (tx): Promise<Outcome> => {',
        'const outcome = await new Promise<Outcome>((resolve, reject) => void storage.write(tenant, async (tx): Promise<Outcome> => {',
      ),
      edit(
        'src/server/append-stream.ts',
        "return { kind: 'receipts', receipts, known: known.length, isForked, epoch: now };\n  });",
        "const said: Outcome = { kind: 'receipts', receipts, known: known.length, isForked, epoch: now };\n    resolve(said);\n    return said;\n  }).then(resolve, reject));",
      ),
    ],
  },
  {
    name: 'eviction omitted',
    rules: ['I5'],
    seeds: [64],
    edits: [edit('src/server/pull.ts', 'evicted: page.evicted,', 'evicted: [],')],
  },
  {
    name: 'eviction not stored',
    rules: ['I5'],
    seeds: [64],
    edits: [edit('src/device/pull.ts', 'await db.rows.bulkDelete(gone);', '')],
  },
  {
    name: 'evicted rows leave a readable copy of the own entry',
    rules: ['I5'],
    weights: 'staff=8,repair=1',
    seeds: [561],
    edits: [
      edit(
        'src/device/evicted.ts',
        'await dropCopies(db, (row) => entries.includes(row.id));',
        'await Promise.resolve();',
      ),
    ],
  },
  {
    name: 'device clock as order',
    rules: ['I11'],
    edits: [
      edit(
        'src/server/judging.ts',
        'const items = authored.map(prepare);',
        'const items = authored.map(prepare).toSorted((a, b) => a.entry.header.occurredAt - b.entry.header.occurredAt);',
      ),
    ],
  },
  {
    name: 'replay after a lost acknowledgement judged twice',
    rules: ['I1', 'I2'],
    seeds: [17],
    edits: [
      edit(
        'src/server/streams.ts',
        'const firstFresh = known.indexOf(undefined);',
        "const again = [0, ...known.flatMap((row) => row?.seq ?? [])];\n  await tx.deleteFrom('entry').where('tenant', '=', tenant).where('store', '=', store).where('lane', '=', lane).where('seq', 'in', again).execute();\n  const firstFresh = 0 as number;",
      ),
      edit(
        'src/server/streams.ts',
        'const rows = [...held.values()];',
        'const rows: HeldRow[] = [];',
      ),
      // What was deleted is named by nothing.
      edit(
        'src/server/streams.ts',
        'const taken = takenAmong(fresh, named);',
        'const taken = takenAmong(fresh, named && new Set());',
      ),
    ],
  },
  {
    name: 'lost scopes not swept',
    rules: ['I5'],
    weights: 'night=5,sync=12,check=10,weather.good=8',
    seeds: [173],
    edits: [
      edit(
        'src/server/cursor.ts',
        'return { scopes, seq: start.seq, todo };',
        "return { scopes: [...now], seq: start.seq, todo: todo.filter(({ op }) => op === 'send') };",
      ),
    ],
  },
  {
    name: 'base values dropped',
    rules: ['I8'],
    weights: 'seeker.amend=40,seeker.register=14',
    seeds: [133],
    edits: [edit('src/device/judge-here.ts', 'base: baseOf(changes, view),', 'base: {},')],
  },
  {
    name: 'expected states dropped',
    rules: ['I7', 'I8'],
    weights: 'visit.finish=20,visit.call=20,visit.leave=20,visit.log=30',
    seeds: [246],
    edits: [
      edit('src/device/judge-here.ts', 'expected: expectedOf(changes, view),', 'expected: {},'),
    ],
  },
  {
    name: 'more acknowledged than was answered',
    rules: ['I1', 'stall'],
    edits: [
      edit(
        'src/device/push.ts',
        'await writeMeta(db, ackedName, { seq: last.seq, hash: last.hash });',
        'await writeMeta(db, ackedName, (await readMetas(db, `head:${last.lane}`))[0] ?? last);',
      ),
    ],
  },
  {
    name: 'overlay dropped at acknowledgement',
    rules: ['I1'],
    edits: [
      edit(
        'src/device/ledger.ts',
        'return row.receipt !== undefined && hasEffect(row.receipt.verdict) && !isPassed(row, seq);',
        'return false;',
      ),
    ],
  },
  {
    name: 'merge takes the last writer',
    rules: ['I8'],
    weights: 'seeker.amend=60',
    seeds: [26],
    edits: [
      edit(
        'src/sync/merge.ts',
        "if (!isThere(moved) || (isStrict && !isThere(fields))) return { take: 'both', fields };",
        "if (!isThere(moved) || (isStrict && !isThere(fields))) return { take: 'new', fields };",
      ),
    ],
  },
  {
    name: 'consent not re-checked at push',
    rules: ['I7'],
    weights: 'handoff.offer=80,handoff.accept=80,handoff.acceptNew=80,night=6',
    seeds: [38],
    edits: [
      edit('src/domain/kinds/handoff-rules.ts', "consent['state'] === 'live' &&", 'true &&'),
      edit(
        'src/domain/kinds/handoff-rules.ts',
        "(text(consent['expiresOn']) ?? '') >= moment.businessDate;",
        'true;',
      ),
      // Otherwise the handoff, cancelled with its consent, tells by its state alone.
      edit(
        'src/domain/kinds/consent.ts',
        'return restingOn(args, view).flatMap((ref) => {',
        'return restingOn(args, view).slice(0, 0).flatMap((ref) => {',
      ),
    ],
  },
  {
    name: 'the end of a link re-scopes nobody',
    rules: ['I4', 'I5'],
    edits: [
      edit('src/domain/kinds/link.ts', 'moves: true,', 'moves: false,'),
      edit('src/domain/kinds/consent.ts', 'moves: true,', 'moves: false,'),
      edit('src/domain/kinds/handoff.ts', 'moves: true,', 'moves: false,'),
    ],
  },
  {
    name: 'said to be kept before it is',
    rules: ['I1'],
    edits: [
      edit(
        'src/device/stream.ts',
        'const put = await durably(stream.db, () => commit(stream.db, made.row, begun));',
        'void durably(stream.db, () => commit(stream.db, made.row, begun));\n    const put = ok<"durable" | "rowsGone">("durable");',
      ),
    ],
  },
  {
    name: 'entry and head in two transactions',
    rules: ['I1', 'I11', 'stall'],
    seeds: [18],
    edits: [
      edit(
        'src/device/stream.ts',
        "return db.transaction('rw', db.entries, db.meta, async () => {\n    const there",
        'return (async () => {\n    const there',
      ),
      edit(
        'src/device/stream.ts',
        "await writeMeta(db, `head:${row.lane}`, { seq: row.seq, hash: row.hash });\n    return 'durable';\n  });",
        "await writeMeta(db, `head:${row.lane}`, { seq: row.seq, hash: row.hash });\n    return 'durable';\n  })();",
      ),
    ],
  },
  {
    name: 'two tabs write the same number',
    rules: ['I1'],
    weights: 'tab=8,count=40,undo=10',
    edits: [
      edit(
        'src/device/stream.ts',
        "if (there || now?.hash !== head?.hash) return 'headMoved';\n    if (row.held !== undefined && takenNow !== taken) return 'rowsGone';\n    await db.entries.add(isWiped ? withoutCopy(row) : row);",
        'await db.entries.put(row);',
      ),
    ],
  },
  {
    name: 'cursor stored apart from its rows',
    rules: ['I3', 'I4'],
    seeds: [161],
    edits: [
      edit('src/device/pull.ts', "await writeMeta(db, 'cursor', page.cursor);", ''),
      edit(
        'src/device/pull.ts',
        'const rows = await sealParts(ports, target.keys, page.parts);',
        "const rows = await sealParts(ports, target.keys, page.parts);\n  const set = await durably(target.db, () => writeMeta(target.db, 'cursor', page.cursor));\n  if (!set.ok) return set;\n  cursor = page.cursor;",
      ),
    ],
  },
  {
    name: 'any answer is taken for the server’s',
    rules: ['I1'],
    edits: [
      edit(
        'src/device/push.ts',
        'if (!answer.ok) return { pushed, problem: answer.problem };\n    const { value } = answer;',
        "if (!answer.ok && answer.problem.code !== 'offline') return { pushed, problem: answer.problem };\n    const value = answer.ok ? answer.value : { kind: 'receipts' as const, epoch: (await readMetas(db, 'epoch'))[0] ?? '', receipts: rows.map(({ id, hash }) => ({ id, hash, seq: 0, verdict: { code: 'applied' as const } })) };",
      ),
    ],
  },
  {
    name: 'aliases in a circle',
    rules: ['I9'],
    weights: 'seeker.merge=60,seeker.register=30',
    seeds: [138],
    edits: [
      edit(
        'src/domain/kinds/seeker.ts',
        'if (chain.includes(idOf(args)))',
        'if (chain.length < 0)',
      ),
    ],
  },
  {
    name: 'what waits is never judged again',
    rules: ['I1'],
    weights: 'restore=2,backup=3',
    seeds: [19],
    edits: [
      edit(
        'src/server/append.ts',
        'await withWaiting({ workspace, sealer, isOver }, first, standing.isRevoked)',
        'await Promise.resolve(((_: typeof withWaiting) => first)(withWaiting))',
      ),
    ],
  },
  {
    name: 'superseded twice',
    rules: ['I2'],
    // Two who have the same refusal before them: copied after it, each putting it right before either has sent.
    weights:
      'clone=4,repair=90,count=0,seeker.register=30,seeker.amend=400,crash=1,night=0,weather.bad=0,weather.silent=0,weather.portal=0',
    edits: [
      edit(
        'src/server/supersede.ts',
        'refusal: ({ entry, actor }) => {',
        'refusal: ({ entry, actor }) => {\n      if (entry.header.supersedes) return undefined;',
      ),
      edit('src/server/supersede.ts', 'superseded: () => superseded,', 'superseded: () => [],'),
    ],
  },
  {
    name: 'the other organisation’s person decides for the sender',
    rules: ['I1'],
    weights:
      'handoff.offerUnnamed=80,handoff.accept=60,handoff.acceptNew=60,handoff.cancel=60,handoff.report=40,handoff.close=60',
    edits: [
      edit(
        'src/domain/verbs.ts',
        "return isHers && people.every((id) => view.get('seeker', id)) ? [] : people.slice(0, 1);",
        'return isHers && people.length < 0 ? [] : people.slice(0, 1);',
      ),
    ],
  },
  {
    name: 'counts of the outbox read only after an own push',
    rules: ['stall'],
    // Nobody sits there: the worker has sent it all, and died before it told.
    weights: 'worker=12,crash=12,count=40,write=0,unlock=0,open=0,weather=16,weather.good=9',
    seeds: [24],
    edits: [
      edit(
        'src/device/tablet-sync.ts',
        'await hub.state.refreshCounts();\n  return report.problem;',
        'if (report.touched.length > 0) await hub.state.refreshCounts();\n  return report.problem;',
      ),
    ],
  },
  {
    name: 'a tab that sleeps with the lock in its hand holds the others up',
    rules: ['I1', 'stall'],
    weights: 'freeze=6,tab=8,weather.good=6',
    edits: [
      edit(
        'src/device/locks.ts',
        'const stop = timers.after(patience, () => abort.abort());',
        'const stop = timers.after(patience * 1e6, () => abort.abort());',
      ),
    ],
  },
  {
    name: 'own words taken for what a handoff told',
    rules: ['I1'],
    weights:
      'handoff.offerUnnamed=80,handoff.offer=40,handoff.acceptNew=80,handoff.cancel=60,consent.withdraw=30,weather.cut=8',
    edits: [
      edit(
        'src/device/told.ts',
        'const names = copy.told ?? toldAtMost(verb, record);',
        'const names = verb.copies?.args ?? [];',
      ),
    ],
  },
  ...plantedRestores,
];
