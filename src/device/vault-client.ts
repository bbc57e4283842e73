/** The vault as the page sees it: calls to the worker, which starts with the first one. */
import { trustedUrl } from './trusted-url.ts';
import type { Vault } from './vault.ts';
import type { VaultAnswer, VaultAsk, VaultCall } from './vault-calls.ts';

interface Waiting {
  readonly done: (answer: VaultAnswer) => void;
  readonly failed: (error: Error) => void;
}

export function vaultInWorker(scriptUrl: string): Vault {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let last = 0;
  const start = () => {
    const started = new Worker(trustedUrl(scriptUrl), { type: 'module', name: 'vault' });
    started.addEventListener('message', ({ data }: MessageEvent<VaultAnswer>) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.error === undefined) asked?.done(data);
      else asked?.failed(new Error(data.error));
    });
    started.addEventListener('error', () => {
      for (const asked of waiting.values()) asked.failed(new Error('vault worker failed'));
      waiting.clear();
      worker = undefined;
    });
    return started;
  };
  const call = (ask: VaultCall) =>
    new Promise<VaultAnswer>((done, failed) => {
      worker ??= start();
      const message: VaultAsk = { id: ++last, ask };
      waiting.set(message.id, { done, failed });
      worker.postMessage(message);
    });
  return {
    create: async (owner, pin) => {
      const { slot, key } = await call({ call: 'create', owner, pin });
      if (!slot || !key) throw new Error('vault made no key');
      return { slot, key };
    },
    unlock: async (owner, slot, pin) => (await call({ call: 'unlock', owner, slot, pin })).key,
    passphraseKey: async (kdf, passphrase) => {
      const { key } = await call({ call: 'passphrase', kdf, passphrase });
      if (!key) throw new Error('vault made no key');
      return key;
    },
    lock: (store) => tell({ call: 'lock', store }),
    forget: (store) => tell({ call: 'forget', store }),
  };

  /** A worker that was never started, or has died, holds nothing. */
  function tell(ask: VaultCall): void {
    if (worker) void call(ask).catch(() => undefined);
  }
}
