/** Anonymous answers on a tablet: they survive everything, leave by lot and alone, and tell nothing on the way. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoCodes } from '../../src/server/demo-codes.ts';
import { demoPassword } from '../../src/server/demo.ts';
import type { DevicePorts } from '../../src/device/ports.ts';
import { surveyFacts } from '../../src/server/survey.ts';
import { contains, dump } from '../support/device-dump.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let place: Place;
const november = { from: '2026-11-01', to: '2026-11-30' };

beforeEach(async () => {
  town = await openTown();
  place = await town.tablet('toyohira');
  await place.enrol('toyohira-city1');
  place.tab.tablet.lock();
});
afterEach(() => town.close());

const bodyOf = ({ body }: RequestInit) => (typeof body === 'string' ? body : '');

interface Sent {
  readonly path: string;
  readonly init: RequestInit;
}

/** A tab of the same tablet whose lot falls as told and whose requests are kept. */
async function tabWith(chance: () => number, sent: Sent[] = []) {
  place.tab.tablet.stop();
  const listening = (ports: DevicePorts): DevicePorts => ({
    ...ports,
    chance,
    fetch: (path, init) => {
      sent.push({ path, init });
      return ports.fetch(path, init);
    },
  });
  const tab = await place.open(listening);
  await tab.tablet.syncNow();
  return tab.tablet;
}
const [always, never] = [() => 0, () => 0.99];
const later = async (tablet: { syncNow: () => Promise<void> }, ms = 31_000) => {
  place.clock.now += ms;
  await tablet.syncNow();
};

async function taken() {
  const server = town.area.server();
  const { tenant } = server;
  return server.storage.read(async (tx) => {
    const rows = await tx.selectFrom('survey').selectAll().where('tenant', '=', tenant).execute();
    return { rows, shown: await surveyFacts(server, tx, 'toyohira', november) };
  });
}

test(
  'is kept without a line and without anybody signed in, and arrives later',
  { timeout: 20_000 },
  async () => {
    const tablet = await tabWith(always);
    place.line.isCut = true;
    must(await tablet.answerSurvey({ overall: '1' }));
    await later(tablet);
    expect(tablet.surveysWaiting.value).toBe(1);
    const again = await tabWith(always);
    expect(again.surveysWaiting.value).toBe(1);
    place.line.isCut = false;
    await later(again);
    expect(again.surveysWaiting.value).toBe(0);
    expect((await taken()).rows).toMatchObject([
      { site: 'toyohira', month: '2026-11', overall: '1', glad: null },
    ]);
  },
);

test('waits for its lot; of a month gone by it goes at once', async () => {
  const tablet = await tabWith(never);
  must(await tablet.answerSurvey({ overall: '1' }));
  for (let n = 0; n < 3; n++) await later(tablet);
  expect((await taken()).rows).toEqual([]);
  place.clock.now = Date.parse('2026-12-01T09:00:00+09:00');
  await later(tablet);
  expect((await taken()).rows).toMatchObject([{ month: '2026-11' }]);
});

test('an answer whose receipt was lost is sent again and counted once', async () => {
  const tablet = await tabWith(always);
  must(await tablet.answerSurvey({ overall: '1' }));
  place.tab.tablet.stop();
  const deaf = await place.open((ports) => ({
    ...ports,
    chance: always,
    fetch: async (path, init) => {
      const answer = await ports.fetch(path, init);
      if (path === '/api/surveys') throw new TypeError('the answer is lost');
      return answer;
    },
  }));
  await later(deaf.tablet);
  expect((await taken()).rows).toHaveLength(1);
  expect(deaf.tablet.surveysWaiting.value).toBe(1);
  deaf.tablet.stop();
  await later(tablet);
  expect(tablet.surveysWaiting.value).toBe(0);
  expect((await taken()).rows).toHaveLength(1);
});

test('on the wire: one answer a request, of one length, no token, no cookie, nothing of store, device, person or time', async () => {
  const sent: Sent[] = [];
  const tablet = await tabWith(never, sent);
  for (const overall of ['1', '5', '3'])
    must(
      await tablet.answerSurvey({ overall, comment: overall === '5' ? 'あ'.repeat(300) : 'い' }),
    );
  place.clock.now = Date.parse('2026-12-01T09:00:00+09:00');
  await later(tablet);
  const requests = sent.filter(({ path }) => path === '/api/surveys');
  expect(requests).toHaveLength(3);
  const bodies = requests.map(({ init }) => JSON.parse(bodyOf(init)) as Record<string, string>);
  for (const [at, { init }] of requests.entries()) {
    expect(init.credentials).toBe('omit');
    expect(Object.keys(init.headers ?? {})).toEqual(['content-type']);
    expect(Object.keys(bodies[at] ?? {}).sort()).toEqual(
      ['ciphertext', 'enc', 'hpkeKeyId', 'id', 'nonce', 'pass'].sort(),
    );
  }
  expect(new Set(bodies.map(({ ciphertext }) => ciphertext?.length)).size).toBe(1);
  for (const own of ['id', 'enc', 'nonce'])
    expect(new Set(bodies.map((body) => body[own])).size).toBe(3);
  const ids = bodies.map(({ id }) => id ?? '');
  expect(ids).toEqual(ids.toSorted());
});

test(
  'two tablets of a counter send the same pass, another counter its own',
  { timeout: 30_000 },
  async () => {
    const passOf = async (where: Place, staff: string) => {
      const sent: Sent[] = [];
      await where.enrol(staff);
      where.tab.tablet.stop();
      const tab = await where.open((ports) => ({
        ...ports,
        chance: always,
        fetch: (path, init) => {
          sent.push({ path, init });
          return ports.fetch(path, init);
        },
      }));
      must(await tab.tablet.answerSurvey({ overall: '1' }));
      where.clock.now += 31_000;
      await tab.tablet.syncNow();
      const init = sent.find(({ path }) => path === '/api/surveys')?.init ?? {};
      return (JSON.parse(bodyOf(init)) as { pass: string }).pass;
    };
    const [one, other] = [
      await passOf(place, 'toyohira-hw1'),
      await passOf(await town.tablet('toyohira'), 'toyohira-city2'),
    ];
    expect(other).toBe(one);
    expect(await passOf(await town.tablet('shiroishi'), 'shiroishi-city1')).not.toBe(one);
  },
);

test('on the tablet it lies sealed, in no stream, with no time; and no outbox counts it', async () => {
  const tablet = await tabWith(never);
  const pending = tablet.sync.value.pending;
  must(await tablet.answerSurvey({ overall: '4', comment: '架空のひみつの一言' }));
  expect(tablet.sync.value.pending).toBe(pending);
  expect(contains(await dump(place.indexedDB), '架空のひみつの一言')).toBe(false);
  const rows = await new Promise<object[]>((resolve, reject) => {
    const asked = place.indexedDB.open('madoguchi-survey');
    asked.addEventListener('error', () => reject(new Error('IndexedDB')));
    asked.addEventListener('success', () => {
      const all = asked.result.transaction('answers').objectStore('answers').getAll();
      all.addEventListener('success', () => {
        asked.result.close();
        resolve(all.result as object[]);
      });
    });
  });
  expect(rows.map((row) => Object.keys(row).sort())).toEqual([['id', 'month', 'pass', 'sealed']]);
});

test('an answer given before its tablet moved to another counter arrives, and is the first one’s', async () => {
  const tablet = await tabWith(never);
  must(await tablet.answerSurvey({ overall: '2' }));
  must(await tablet.admit({ code: demoCodes['shiroishi'] ?? '', name: '移した端末' }));
  must(await tablet.enrolStaff({ staff: 'shiroishi-city1', password: demoPassword, pin }));
  await tablet.syncNow();
  tablet.lock();
  tablet.stop();
  const moved = await tabWith(always);
  await later(moved);
  expect(moved.surveysWaiting.value).toBe(0);
  expect((await taken()).rows).toMatchObject([{ site: 'toyohira', overall: '2' }]);
});

test('what is no answer is not kept', async () => {
  const tablet = await tabWith(never);
  expect(await tablet.answerSurvey({ comment: 'ことばだけ' })).toMatchObject({
    ok: false,
    problem: { code: 'invalidFields' },
  });
  expect(tablet.surveysWaiting.value).toBe(0);
});
