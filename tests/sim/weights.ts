/** `SIM_WEIGHTS=restore=2,seeker.merge=40` draws these steps and writes more or less often, to look into one of them. */
const asked: Partial<Record<string, string>> = Object.fromEntries(
  (process.env['SIM_WEIGHTS'] ?? '').split(',').map((pair) => pair.split('=')),
);

export const weightOf = (name: string, usual: number): number => Number(asked[name] ?? usual);
