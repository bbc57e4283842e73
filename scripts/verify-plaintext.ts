/**
 * `npm run -s verify:plaintext`: a day's use in real Chromium (bfcache on) with 100 planted names, telephone numbers and note
 * texts, then lock and close; the whole profile folder is scanned in UTF-8 and UTF-16. An unsealed control written by
 * the same page must be found, or the scan itself is worth nothing. Prints `planted N found N control found`.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchProfile, untilControlled } from '../tests/support/browser.ts';
import * as desk from '../tests/support/desk-driver.ts';
import { startRealServer } from '../tests/support/real-server.ts';

const staff = '見本 花子';
const people = 34;
const notesToPlant = 32;
const control = '未封の対照データ一件目';

const kanji = '壱弐参肆伍陸漆捌玖拾';
const inKanji = (index: number) =>
  String(index + 10)
    .split('')
    .map((digit) => kanji[Number(digit)])
    .join('');

interface Planted {
  readonly person: desk.Person;
  readonly note: string;
}

const planted: readonly Planted[] = Array.from({ length: people }, (_, index) => ({
  person: {
    family: `植込${inKanji(index)}`,
    given: '秘',
    familyKana: 'ウエコミ',
    givenKana: 'ヒ',
    birth: `S${40 + (index % 20)}.4.${1 + (index % 28)}`,
    phone: `011-777-${2000 + index * 7}`,
  },
  note: `植えた覚え書き${inKanji(index)}番目`,
}));
const needles = planted.flatMap(({ person, note }, index) => [
  person.family,
  person.phone,
  ...(index < notesToPlant ? [note] : []),
]);

/** In the order of a day: register, talk, and a detour that puts the page into the back/forward cache. */
async function useForADay(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await desk.admit(page, 'あいワーク白石');
  await untilControlled(page);
  await desk.signIn(page, staff);
  for (const [index, { person, note }] of planted.entries()) {
    await desk.register(page, person);
    if (index < notesToPlant) await desk.consult(page, note, note);
    if (index === Math.floor(people / 2)) await detour(page);
  }
  await desk.openPerson(page, planted[0]?.person.family ?? '');
  await desk.untilSynced(page);
  await desk.leave(page);
}

async function detour(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.goBack();
  await desk.unlock(page, staff);
}

async function writeControl(page: Page): Promise<void> {
  await page.evaluate(
    (text) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('control', 1);
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('plain'));
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const writing = opening.result.transaction('plain', 'readwrite', {
            durability: 'strict',
          });
          writing.objectStore('plain').put({ text }, 1);
          writing.addEventListener('complete', () => resolve());
        });
      }),
    control,
  );
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

const spellings = (text: string) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];

function found(folder: string, texts: readonly string[]): Map<string, string> {
  const hits = new Map<string, string>();
  for (const file of filesIn(folder)) {
    const bytes = readFileSync(file);
    for (const text of texts)
      if (spellings(text).some((spelling) => bytes.includes(spelling))) hits.set(text, file);
  }
  return hits;
}

const server = await startRealServer();
const profile = mkdtempSync(join(tmpdir(), 'madoguchi-scan-'));
const context = await launchProfile(profile, ['--enable-features=BackForwardCache']);
try {
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(30_000);
  await useForADay(page, server.origin);
  await writeControl(page);
} finally {
  await context.close();
  await server.remove();
}
const hits = found(profile, needles);
const isControlFound = found(profile, [control]).size === 1;
for (const [text, file] of hits) console.log(`found ${text} in ${file.slice(profile.length + 1)}`);
console.log(
  `planted ${needles.length} found ${hits.size} control ${isControlFound ? 'found' : 'missed'}`,
);
rmSync(profile, { recursive: true, force: true });
process.exit(hits.size === 0 && isControlFound && needles.length === 100 ? 0 : 1);
