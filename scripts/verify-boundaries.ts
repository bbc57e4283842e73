/**
 * `npm run -s verify:boundaries`: shows that what the folders may not import does not compile. A copy of the source tree
 * gets probe files, one per rule, each importing by value and by type only; `tsc -b` must refuse both. Every import
 * that is allowed is probed as well and must compile, so that a refusal is never an accident of the copy.
 * Prints a line per rule; exits non-zero on a breach. The real tree is not touched.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'madoguchi-boundaries-'));

/** design.md §2: domain ← sync ← { device ← { app, sw }, server }. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  sync: ['domain'],
  device: ['domain', 'sync'],
  app: ['domain', 'sync', 'device'],
  sw: ['domain', 'sync', 'device'],
  server: ['domain', 'sync'],
};
const folders = Object.keys(allowed);

/** Places that a folder runs in without. */
const missing: readonly (readonly [folder: string, what: string, code: string])[] = [
  ['domain', 'window', 'export const probe = window;'],
  ['domain', 'process', 'export const probe = process;'],
  ['domain', 'node:fs', "import * as probe from 'node:fs';\nexport const used = probe;"],
  ['sync', 'window', 'export const probe = window;'],
  ['sync', 'node:fs', "import * as probe from 'node:fs';\nexport const used = probe;"],
  ['device', 'node:fs', "import * as probe from 'node:fs';\nexport const used = probe;"],
  ['sw', 'document', 'export const probe = document;'],
  ['server', 'window', 'export const probe = window;'],
];

interface Probe {
  readonly folder: string;
  readonly what: string;
  readonly mayCompile: boolean;
  /** Files, any of which compiling is a breach (or failing, for an allowed import). */
  readonly files: Readonly<Record<string, string>>;
}

function importProbe(folder: string, target: string): Probe {
  const name = `boundary-to-${target}`;
  const byValue = `import { made } from '../${target}/boundary-value.ts';\nexport const used = made;\n`;
  const byType = `import type { Made } from '../${target}/boundary-type.ts';\nexport type Used = Made;\n`;
  return {
    folder,
    what: target,
    mayCompile: folder === target || (allowed[folder]?.includes(target) ?? false),
    files: { [`${name}.ts`]: byValue, [`${name}-type.ts`]: byType },
  };
}

function probes(): Probe[] {
  const imports = folders.flatMap((folder) => folders.map((target) => importProbe(folder, target)));
  const places = missing.map(([folder, what, code]) => ({
    folder,
    what,
    mayCompile: false,
    files: { [`boundary-without-${what.replace(':', '-')}.ts`]: `${code}\n` },
  }));
  return [...imports, ...places];
}

function copyTree(): void {
  for (const name of ['src', 'seeds', 'package.json', 'tsconfig.base.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const folder of folders) {
    mkdirSync(join(copy, 'src', folder), { recursive: true });
    writeFileSync(join(copy, 'src', folder, 'boundary-value.ts'), 'export const made = 1;\n');
    writeFileSync(join(copy, 'src', folder, 'boundary-type.ts'), 'export type Made = number;\n');
  }
}

/** Files of a folder that the compiler complained about. */
function refusedFiles(folder: string): Set<string> {
  const tsc = join(root, 'node_modules/.bin/tsc');
  const args = ['-b', `src/${folder}`, '--pretty', 'false'];
  const run = spawnSync(tsc, args, { cwd: copy, encoding: 'utf8' });
  if (run.error) throw run.error;
  const found = run.stdout.matchAll(/^(?:.*\/)?src\/(\w+)\/([\w-]+\.ts)\(\d+,\d+\): error TS\d+/gm);
  return new Set([...found].filter(([, at]) => at === folder).map(([, , file = '']) => file));
}

function verdict(probe: Probe, refused: ReadonlySet<string>): string {
  const count = Object.keys(probe.files).filter((file) => refused.has(file)).length;
  if (count === 0) return 'compiles';
  return count === Object.keys(probe.files).length ? 'refused' : 'refused in part only';
}

function verifyFolder(folder: string, all: readonly Probe[]): boolean {
  const own = all.filter((probe) => probe.folder === folder);
  for (const probe of own)
    for (const [file, code] of Object.entries(probe.files))
      writeFileSync(join(copy, 'src', folder, file), code);
  const refused = refusedFiles(folder);
  for (const probe of own)
    for (const file of Object.keys(probe.files)) rmSync(join(copy, 'src', folder, file));
  return own.map((probe) => report(probe, verdict(probe, refused))).every(Boolean);
}

function report(probe: Probe, found: string): boolean {
  const isGood = found === (probe.mayCompile ? 'compiles' : 'refused');
  const note = probe.mayCompile ? ' (allowed)' : '';
  console.log(`${probe.folder} → ${probe.what}: ${found}${note}${isGood ? '' : '  BREACH'}`);
  return isGood;
}

try {
  copyTree();
  const all = probes();
  const good = folders.map((folder) => verifyFolder(folder, all)).every(Boolean);
  console.log(good ? `${all.length} rules hold` : 'boundaries broken');
  process.exitCode = good ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
