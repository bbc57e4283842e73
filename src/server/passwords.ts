/** Staff passwords: Argon2id (OWASP minimum 19 MiB, t=2), one at a time so that sign-ins never exhaust the memory. */
import { argon2id, argon2Verify } from 'hash-wasm';
import { oneAtATime } from './one-at-a-time.ts';

const cost = { iterations: 2, memorySize: 19 * 1024, parallelism: 1, hashLength: 32 } as const;
export const shortestPassword = 15;

export function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  return argon2id({ password: password.normalize('NFKC'), salt, outputType: 'encoded', ...cost });
}

const inTurn = oneAtATime();
let decoy: Promise<string> | undefined;

/** Takes the same time for members of staff who do not exist. */
export function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const check = async () => {
    decoy ??= hashPassword('decoy', new Uint8Array(16));
    const against = hash ?? (await decoy);
    const plain = password.normalize('NFKC');
    const matches = plain !== '' && (await argon2Verify({ password: plain, hash: against }));
    return matches && hash !== undefined;
  };
  return inTurn(check);
}
