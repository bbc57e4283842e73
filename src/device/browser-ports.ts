/** The real surroundings of a tablet in a page. */
import type { DevicePorts, SparePort } from './ports.ts';
import { vaultInWorker } from './vault-client.ts';
// oxlint-disable-next-line import/default -- Vite makes this module of the worker
import vaultUrl from './vault-worker.ts?worker&url';
import { workerPorts } from './worker-ports.ts';

interface SyncManager {
  readonly register: (tag: string) => Promise<void>;
}

export function browserPorts(): DevicePorts {
  return {
    ...workerPorts(),
    stream: (path, init) => fetch(path, init),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    vault: vaultInWorker(vaultUrl),
    chance: () => Math.random(),
    page: { onWake, onHide },
    requestBackgroundSync,
    memento,
    ...spareCache(),
    ...storageManager(),
  };
}

/** pageshow: back from the back/forward cache · resume: Chromium had frozen the tab. */
const wakes = ['focus', 'online', 'pageshow'] as const;

function onWake(wake: () => void): () => void {
  const seen = () => {
    if (document.visibilityState === 'visible') wake();
  };
  for (const name of wakes) addEventListener(name, wake);
  document.addEventListener('visibilitychange', seen);
  document.addEventListener('resume', wake);
  return () => {
    for (const name of wakes) removeEventListener(name, wake);
    document.removeEventListener('visibilitychange', seen);
    document.removeEventListener('resume', wake);
  };
}

function onHide(hide: () => void): () => void {
  addEventListener('pagehide', hide);
  return () => removeEventListener('pagehide', hide);
}

/** Chromium alone has it; refusals (private window, permission) leave the other triggers. */
async function requestBackgroundSync(tag: string): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const { sync } = (registration ?? {}) as { sync?: SyncManager };
  await sync?.register(tag).catch(() => undefined);
}

/** The word 1 and nothing else. Where the browser forbids even that, a loss goes unnoticed. */
const memento = {
  isKept: () => {
    try {
      return localStorage.getItem('madoguchi-tablet') !== null;
    } catch {
      return false;
    }
  },
  keep: () => {
    try {
      localStorage.setItem('madoguchi-tablet', '1');
    } catch {
      // Nothing to be done, and nothing lost yet.
    }
  },
};

/** Files of their own, which do not go with the databases. Pages that are not secure have none. */
function spareCache(): { readonly spare?: SparePort } {
  if (!('caches' in globalThis)) return {};
  const root = '/unsent/';
  const box = () => caches.open('madoguchi-unsent');
  const spare: SparePort = {
    names: async () => {
      const found = await (await box()).keys();
      return found.map(({ url }) => new URL(url).pathname.slice(root.length));
    },
    read: async (name) => (await (await box()).match(root + name))?.text(),
    put: async (name, text) => (await box()).put(root + name, new Response(text)),
    drop: async (names) => {
      const open = await box();
      await Promise.all(names.map((name) => open.delete(root + name)));
    },
  };
  return { spare };
}

/** WebKitGTK has no navigator.storage at all, older engines have it in part. */
function storageManager(): Pick<DevicePorts, 'storageManager'> {
  const storage = navigator.storage as StorageManager | undefined;
  return storage && 'persist' in storage && 'estimate' in storage
    ? { storageManager: storage }
    : {};
}
