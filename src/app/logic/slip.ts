/** Six random digits for a handoff without a name, unlike any slip this tablet knows. Randomness comes as an argument. */
export function newSlip(taken: ReadonlySet<string>, random: () => number): string {
  for (let tries = 0; tries < 100; tries += 1) {
    const slip = String(random() % 1_000_000).padStart(6, '0');
    if (!taken.has(slip)) return slip;
  }
  throw new RangeError('no free slip number');
}

export function cryptoRandom(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
