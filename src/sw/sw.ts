/**
 * The service worker: the app's files for offline use, an update when the page asks for it, and the outbox's way to the
 * server when the browser calls. It holds no key and reads no record: it uploads envelopes with the page's own push code.
 */
import { createNet } from '../device/net.ts';
import { outboxTag, pushAll } from '../device/push.ts';
import { openStores } from '../device/stores.ts';
import { workerPorts } from '../device/worker-ports.ts';
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[];
};

precacheAndRoute([...self.__WB_MANIFEST]);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api(\/|$)/] }),
);

// The page that installed it is served by it from then on: a reload without a line works the first time already.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const { type } = (event.data ?? {}) as { type?: unknown };
  if (type === 'SKIP_WAITING') void self.skipWaiting();
});

self.addEventListener('sync', (event) => {
  if (event.tag === outboxTag) event.waitUntil(upload());
});

/** Throws when something is left that another try may bring: the browser then calls again. */
async function upload(): Promise<void> {
  const ports = workerPorts();
  const stores = openStores(ports.storage);
  try {
    const { problem } = await pushAll(ports, createNet(ports), stores);
    if (problem && ['offline', 'serverTrouble', 'tooManyRequests'].includes(problem.code))
      throw new Error(`outbox: ${problem.code}`);
  } finally {
    stores.close();
  }
}
