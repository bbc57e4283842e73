/**
 * `npm run -s verify:programmes`: walks every programme of seeds/programmes.json in its verbs over a real server and prints
 * how many ended in the counts that their rows name; what went wrong is a line each, and the exit code says so.
 */
import { openDesk } from '../tests/support/programme-walk.ts';
import { programmes, walkProgramme } from '../tests/support/programmes.ts';

const desk = await openDesk();
let walked = 0;
for (const programme of programmes) {
  const wrong = await walkProgramme(desk, programme);
  if (wrong.length === 0) walked++;
  for (const line of wrong) console.log(`${programme.code} ${programme.names[0] ?? ''}: ${line}`);
}
await desk.area.close();
console.log(`programmes walked ${walked} of ${programmes.length}`);
process.exitCode = walked === programmes.length ? 0 : 1;
