/** Who answers: the server, nobody, or a Wi-Fi portal in every guise; only the server's word counts. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { createNet, type Net } from '../../src/device/net.ts';
import { syncWords } from '../../src/app/words/sync-words.ts';

const ours = v.object({ receipts: v.number() });
const health = { ok: true, version: '1', protocol: 2, epoch: 'e' };
const page = (status = 200) =>
  new Response('<title>ログイン</title>', { status, headers: { 'content-type': 'text/html' } });

function netThatHears(answer: (path: string) => Response): Net {
  const timers = { after: () => () => undefined };
  return createNet({ timers, fetch: async (path) => answer(path) });
}

const portals: Readonly<Record<string, (path: string) => Response>> = {
  '200 with a page': () => page(),
  'a page that calls itself JSON': () =>
    new Response('<html>', { headers: { 'content-type': 'application/json' } }),
  'a redirect': () => Response.redirect('http://wifi.example/login', 302),
  'a redirect as a browser shows it': () =>
    Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' }),
  'JSON of its own': () => Response.json({ login: 'http://wifi.example' }),
  'JSON much like ours': () => Response.json({ ok: true, receipts: 'please log in' }),
  'a refusal of its own': () => Response.json({ error: 'login' }, { status: 403 }),
  '511': () => page(511),
};

test.each(Object.entries(portals))(
  'a captive portal, %s: nothing is delivered',
  async (_, answer) => {
    const net = netThatHears(answer);
    expect(await net.post('/api/push', {}, ours)).toEqual({
      ok: false,
      problem: { code: 'offline' },
    });
    expect(net.online.peek()).toBe(false);
    expect(await net.isThere()).toBe(false);
  },
);

test.each(Object.entries(portals).filter(([name]) => !name.startsWith('a page that')))(
  'a captive portal, %s: said in words',
  async (_, answer) => {
    const net = netThatHears(answer);
    await net.isThere();
    const state = { needsCare: 0, syncedAt: 1, busy: false, persisted: true };
    const online = net.online.peek();
    const isPortal = net.isPortal.peek();
    const { words } = syncWords({ ...state, pending: 3, online, isPortal });
    expect(words).toBe('Wi-Fiのログインが必要です・この端末に保存済み3件');
  },
);

test('a gateway without its server is nobody, not a portal', async () => {
  const net = netThatHears(() => page(502));
  expect(await net.post('/api/push', {}, ours)).toMatchObject({ problem: { code: 'offline' } });
  expect([net.online.peek(), net.isPortal.peek()]).toEqual([false, false]);
});

test('the server itself in an odd answer is still the server', async () => {
  const net = netThatHears((path) => Response.json(path === '/api/health' ? health : { odd: 1 }));
  const malformed = { ok: false, problem: { code: 'malformed', reason: 'answer' } };
  expect(await net.post('/api/push', {}, ours)).toEqual(malformed);
  expect([net.online.peek(), net.isPortal.peek()]).toEqual([true, false]);
});

test('once signed in to the Wi-Fi, the next answer of the server clears the words', async () => {
  let answer = page;
  const net = netThatHears((path) =>
    answer === page ? page() : Response.json(path === '/api/health' ? health : { receipts: 1 }),
  );
  await net.isThere();
  expect(net.isPortal.peek()).toBe(true);
  answer = () => Response.json(health);
  expect(await net.post('/api/push', {}, ours)).toEqual({ ok: true, value: { receipts: 1 } });
  expect([net.online.peek(), net.isPortal.peek()]).toEqual([true, false]);
});
