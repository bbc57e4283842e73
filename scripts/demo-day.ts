/**
 * `npm run demo:day`: plays a plausible day at 白石 and 豊平 into a running demo server, through the real tablet code: two
 * tablets a site, some 80 visits, 30 consultations, handoffs by consent, referrals, placements. Everyone in it is made up.
 */
import { playDay } from './demo/play-day.ts';

const origin =
  process.env['MADOGUCHI_ORIGIN'] ?? `http://localhost:${process.env['PORT'] ?? '8787'}`;

const health = await fetch(`${origin}/api/health`).catch(() => undefined);
if (!health?.ok) {
  console.error(`サーバーが ${origin} で動いていません。先に npm start をしてください。`);
  process.exit(1);
}
const played = await playDay(origin, (line) => console.log(line));
console.log(
  `visits ${played.visits} consultations ${played.consultations} handoffs ${played.handoffs} referrals ${played.referrals} placements ${played.placements}`,
);
process.exit(0);
