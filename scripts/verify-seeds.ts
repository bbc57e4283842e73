/**
 * `npm run -s verify:seeds`: a line per seed table, or the differing cells; exits non-zero on a breach. `reproduced` = the
 * app's counting and reporting code comes to what is printed; `checked` = it holds together; `as printed` = it cannot be
 * worked out from what the document prints, and is kept, with the reason. Each table's check is in seed-checks/.
 */
import { readdirSync } from 'node:fs';
import { seed, type Check, type Outcome } from './seed-checks/common.ts';
import { fy25 } from './seed-checks/fy25.ts';
import {
  codeLists,
  organisations,
  programmes,
  serviceEntries,
  sites,
  staff,
} from './seed-checks/lists.ts';
import { cases, national, summary, types } from './seed-checks/national.ts';
import { events, online } from './seed-checks/online.ts';
import { hokkaido, kitakyushu } from './seed-checks/plans.ts';
import { hyo1, hyo2 } from './seed-checks/proposal.ts';

const checks: Readonly<Record<string, Check>> = {
  'sapporo-fy25': fy25,
  'sapporo-sites': sites,
  'code-lists': codeLists,
  organisations,
  'demo-staff': staff,
  programmes,
  'service-entries': serviceEntries,
  'national-ittai': national,
  'r1-summary': summary,
  'r1-cases': cases,
  'r1-types': types,
  'r1-events': events,
  online,
  'hyo1-ratio': hyo1,
  'hyo2-2011': hyo2,
  'kitakyushu-r6': kitakyushu,
  'hokkaido-r6': hokkaido,
};

function sourceGaps(name: string): string[] {
  const { source, rows } = seed<unknown>(name);
  const gaps = (['title', 'publisher', 'year', 'document'] as const).filter(
    (key) => !source?.[key],
  );
  return [...gaps.map((key) => `source.${key} missing`), ...(rows.length > 0 ? [] : ['no rows'])];
}

function verify(name: string): Outcome {
  const { said, breaches } = checks[name]?.() ?? {
    said: '',
    breaches: ['no check for this table'],
  };
  return { said, breaches: [...sourceGaps(name), ...breaches] };
}

const names = readdirSync(new URL('../seeds', import.meta.url)).map((file) =>
  file.replace(/\.json$/, ''),
);
for (const name of new Set([...Object.keys(checks), ...names.sort()])) {
  const { said, breaches } = verify(name);
  if (breaches.length > 0) process.exitCode = 1;
  console.log(
    breaches.length === 0 ? `${name} ${said}` : `${name} differs: ${breaches.join('; ')}`,
  );
}
