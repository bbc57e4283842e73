/**
 * The full tier's keys: WebCrypto, HPKE, the real vault with a cheap Argon2id, the server's own cipher. What runs on other
 * threads is counted, so that the schedule knows when all is quiet, and comes back in the order in which it was asked.
 */
import { argon2id } from 'hash-wasm';
import { sendTo } from '../../src/device/sealer.ts';
import { createVault } from '../../src/device/vault-core.ts';
import { nodeCipher, type Cipher } from '../../src/server/cipher.ts';
import type { Settle } from './schedule.ts';
import type { Keys, Tier } from './tier.ts';

let underWay = 0;
let last: Promise<unknown> = Promise.resolve();

function counted<T>(work: Promise<T>): Promise<T> {
  underWay += 1;
  const before = last;
  const inOrder = (async () => {
    try {
      return await work;
    } finally {
      await before;
      underWay -= 1;
    }
  })();
  last = inOrder.catch(() => undefined);
  return inOrder;
}

/** The same object, every call of which is counted. */
function watched<T extends object>(real: T): T {
  return new Proxy(real, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== 'function') return found;
      return (...args: readonly unknown[]): unknown => {
        const value: unknown = Reflect.apply(found, target, args);
        return value instanceof Promise ? counted(value) : value;
      };
    },
  });
}

/** An upgrade that waits for another connection to close asks again with every task: that is no going on. */
const longestRounds = 500;

/**
 * IndexedDB goes from task to task, each an immediate; the rest is counted here. Threads are waited for however long they
 * take and whatever else the machine does: rounds spent on them once used up those of a transaction that came after, and
 * the town's time passed while a tablet was still at work.
 */
export const settleReally: Settle = async () => {
  for (let rounds = 0; rounds <= longestRounds; rounds++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (underWay > 0) {
      await last;
      rounds = 0;
    } else if (!process.getActiveResourcesInfo().includes('Immediate')) return;
  }
};

const cheap = { name: 'argon2id', m: 8, t: 1, p: 1 } as const;
const subtle = watched(crypto.subtle);

export const realKeys: Tier['keys'] = (rng, now, timers): Keys => ({
  crypto: subtle,
  sendTo: (publicKey) => counted(sendTo(publicKey)),
  vault: watched(
    createVault({
      clock: { now },
      timers,
      crypto: crypto.subtle,
      random: rng.bytes,
      newId: () => `key-${Buffer.from(rng.bytes(6)).toString('hex')}`,
      costs: { cold: cheap, warm: cheap },
    }),
  ),
});

export function realCipher(): Cipher {
  return watchedCipher;
}

const watchedCipher: Cipher = {
  ...watched(nodeCipher),
  // What they hand out works on threads too: a signature that nobody counted was an answer that nobody waited for.
  signer: (secret) => {
    const sign = nodeCipher.signer(secret);
    return (bytes) => counted(sign(bytes));
  },
  recipient: async (secret) => {
    const open = await counted(nodeCipher.recipient(secret));
    return (enc) => counted(open(enc));
  },
};

/** As passwords.ts writes it, at the least cost that Argon2id has. */
export function cheapHash(password: string): Promise<string> {
  const salt = new Uint8Array(16).fill(3);
  const cost = { iterations: 1, memorySize: 8, parallelism: 1, hashLength: 32 } as const;
  return argon2id({ password: password.normalize('NFKC'), salt, outputType: 'encoded', ...cost });
}
