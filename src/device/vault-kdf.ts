/** Argon2id at full cost: opens a slot after a cold start, and a share that was handed over. */
export const cold = { name: 'argon2id', m: 65_536, t: 3, p: 1 } as const;
