/** Planted faults (planted.ts) that a server put back from a backup, a copied profile or a hole in a stream brings to light. */
import { edit, type Planted } from './planted-fault.ts';

const byHand = 'file=10,bring=12,clone=3';

export const plantedRestores: readonly Planted[] = [
  {
    name: 'gap check removed',
    rules: ['I1', 'I11'],
    weights: 'restore=2,backup=3',
    edits: [
      edit(
        'src/server/streams.ts',
        "if (after && !before) return { kind: 'gap', head: await goOnFrom(tx, tenant, store, lane, from) };",
        'void goOnFrom;',
      ),
      edit(
        'src/server/forgotten.ts',
        'if (telling.length === 0) return undefined;',
        'if (telling.length < Infinity) return undefined;',
      ),
    ],
  },
  {
    name: 'verdicts of a lost prefix stored',
    rules: ['I1', 'I2', 'I11', 'stall'],
    weights: 'restore=2,backup=3',
    edits: [
      edit(
        'src/server/append-stream.ts',
        "if (compared.kind === 'gap') return { ...compared, epoch: now };",
        "if (compared.kind === 'gap') {\n      await keepLeases(tx, tenant, run.freshLeases);\n      appended = await append(server, tx, run, { kind: 'fits', known: [], fresh: entries, lane: run.lane, isForked: false, isNewBranch: false, taken: new Set() }, isForced, found);\n      return { ...compared, epoch: now };\n    }",
      ),
      // Otherwise the server that has forgotten closes its epoch before it comes to the hole.
      edit(
        'src/server/forgotten.ts',
        'if (telling.length === 0) return undefined;',
        'if (telling.length < Infinity) return undefined;',
      ),
      edit(
        'src/server/forgotten.ts',
        'if (seen && (await isForgotten(tx, server.tenant, seen, now)))',
        'if (seen && !now && (await isForgotten(tx, server.tenant, seen, now)))',
      ),
      edit(
        'src/server/forgotten.ts',
        "return cursor && (await isForgotten(tx, server.tenant, cursor, now)) ? 'forgotten' : 'fits';",
        "return cursor && !now && (await isForgotten(tx, server.tenant, cursor, now)) ? 'forgotten' : 'fits';",
      ),
    ],
  },
  {
    name: 'epoch ignored',
    rules: ['I1', 'stall'],
    weights: 'restore=2,backup=3',
    edits: [
      edit(
        'src/device/epoch.ts',
        'if (known === epoch) return ok(undefined);',
        'if (known.length > 0) return ok(undefined);',
      ),
      edit(
        'src/device/epoch.ts',
        'return known === epoch ? undefined : unproven;',
        'return known.length + epoch.length > 0 ? undefined : unproven;',
      ),
    ],
  },
  {
    name: 'fork overwrites',
    rules: ['I1', 'I11'],
    weights: 'clone=3',
    edits: [
      edit(
        'src/server/streams.ts',
        'const taken = takenAmong(fresh, named);',
        "if (isNewBranch) await tx.deleteFrom('entry').where('tenant', '=', tenant).where('store', '=', store).where('lane', '=', lane).where('seq', '>=', first.header.seq).execute();\n  const taken = takenAmong(fresh, named);",
      ),
      edit(
        'src/server/streams.ts',
        'lane: isNewBranch ? `${lane}:${first.header.id}` : on,',
        'lane: on,',
      ),
    ],
  },
  {
    name: 'upsert-only bootstrap',
    rules: ['I3', 'I5'],
    weights: 'restore=2,backup=3',
    edits: [
      edit(
        'src/device/pull.ts',
        'await markOrSweep(db, page, left);',
        'await Promise.resolve(((_: typeof markOrSweep) => undefined)(markOrSweep));',
      ),
    ],
  },
  {
    name: 'what is laid over the rows is not shown with a pull',
    rules: ['I1'],
    day: 'rows of a restored server that had gone on took what it had forgotten from the screen',
    edits: [
      edit(
        'src/device/pull.ts',
        '...(receipts.value.length > 0 && { receipts: receipts.value }),',
        '',
      ),
    ],
  },
  {
    name: 'what a copied tablet’s container brings is said to be missing',
    rules: ['I1', 'stall'],
    weights: byHand,
    seeds: [213],
    edits: [
      edit(
        'src/server/container.ts',
        "if (outcome.kind !== 'receipts')",
        "if (outcome.kind === 'receipts' && outcome.isForked)\n    return { ...none, missing: entries.length, problem: { code: 'forked' } };\n  if (outcome.kind !== 'receipts')",
      ),
    ],
  },
  {
    name: 'what was taken over by hand outlives the answer of the server',
    rules: ['stall'],
    weights: byHand,
    edits: [
      edit(
        'src/device/carried.ts',
        'const gone = rows.filter((one) => told.has(one.handoff) || isPassed(one));',
        'const gone = rows.filter((one) => told.has(one.handoff) && isPassed(one));',
      ),
    ],
  },
  {
    name: 'a copy goes from the second place before the server has answered',
    rules: ['I1'],
    weights: 'lose=3,restore=0',
    edits: [
      edit(
        'src/device/spare-sync.ts',
        'seq <= ((await readMeta(db, `acked:${lane}`))?.seq ?? 0)',
        'seq <= ((await readMeta(db, `head:${lane}`))?.seq ?? 0)',
      ),
    ],
  },
];
