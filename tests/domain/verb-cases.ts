/** Every verb's allowed case and refused cases, of all files in verb-cases; verbs.test.ts runs them and misses none. */
import type { VerbCases } from './verb-cases/case.ts';
import { settleCases } from './verb-cases/settle.ts';

const files = import.meta.glob<Readonly<Record<string, unknown>>>(
  ['./verb-cases/*.ts', '!./verb-cases/case.ts', '!./verb-cases/settle.ts'],
  { eager: true },
);

const isCases = (value: unknown): value is VerbCases => typeof value === 'object';

const ownCases: VerbCases = Object.assign(
  {},
  ...Object.values(files).flatMap((file) => Object.values(file).filter(isCases)),
);

export const verbCases: VerbCases = { ...ownCases, ...settleCases(ownCases) };
