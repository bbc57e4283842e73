/** The dedicated worker in which PINs are stretched and data keys are held. It talks to its page and to nobody else. */
import { createIds } from './ids.ts';
import type { VaultAnswer, VaultAsk } from './vault-calls.ts';
import { createVault } from './vault-core.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const clock = { now: () => Date.now() };
const timers = {
  after: (ms: number, work: () => void) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
const newId = createIds({ clock, random });
const vault = createVault({ clock, timers, crypto: crypto.subtle, random, newId });

async function answer({ id, ask }: VaultAsk): Promise<VaultAnswer> {
  switch (ask.call) {
    case 'create':
      return { id, ...(await vault.create(ask.owner, ask.pin)) };
    case 'unlock': {
      const key = await vault.unlock(ask.owner, ask.slot, ask.pin);
      return key ? { id, key } : { id };
    }
    case 'passphrase':
      return { id, key: await vault.passphraseKey(ask.kdf, ask.passphrase) };
    case 'lock':
    case 'forget':
      vault[ask.call](ask.store);
      return { id };
  }
}

addEventListener('message', ({ data }: MessageEvent<VaultAsk>) => {
  answer(data).then(
    (said) => postMessage(said),
    (error: unknown) => postMessage({ id: data.id, error: String(error) }),
  );
});
