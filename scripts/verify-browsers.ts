/**
 * `npm run -s verify:browsers [-- chromium firefox webkitgtk]`: the offline day in each engine, a line each, such as
 * `chromium pass (12 checks, 14 s)`. Installs the Debian packages that are missing; needs the built app. Set
 * MADOGUCHI_SHOTS to a folder to see where a day broke.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { engines } from './browsers/engines.ts';
import { offlineDay } from './browsers/offline-day.ts';

const packages: Readonly<Record<string, string>> = {
  '/usr/bin/chromium': 'chromium',
  '/usr/bin/firefox-esr': 'firefox-esr',
  '/usr/bin/WebKitWebDriver': 'webkit2gtk-driver',
  '/usr/bin/Xvfb': 'xvfb',
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc': 'fonts-noto-cjk',
};

function install(): void {
  const missing = Object.entries(packages).flatMap(([file, name]) =>
    existsSync(file) ? [] : [name],
  );
  if (missing.length === 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', ...missing]]) {
    const done = spawnSync('apt-get', ['-qq', ...args], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (done.status !== 0) throw new Error(`apt-get ${args.join(' ')}: ${String(done.stderr)}`);
  }
}

async function verify(name: string): Promise<boolean> {
  const begun = Date.now();
  const engine = await engines[name]?.();
  if (!engine) throw new Error(`no engine called ${name}`);
  try {
    const { checks, fault } = await offlineDay(engine, process.env['MADOGUCHI_SHOTS']);
    const seconds = Math.round((Date.now() - begun) / 1_000);
    const outcome = fault === undefined ? 'pass' : 'FAIL';
    console.log(`${name} ${outcome} (${checks.length} checks, ${seconds} s)`);
    if (fault !== undefined) console.log(`  ${engine.version}: ${fault}`);
    return fault === undefined;
  } finally {
    await engine.close();
  }
}

install();
const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(engines);
let isGood = true;
for (const name of names) isGood = (await verify(name)) && isGood;
process.exit(isGood ? 0 : 1);
