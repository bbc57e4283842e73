/**
 * `npm run -s verify:kill -- --rounds 300`: as many SIGKILLs of the server, and as many of the real browser, at random
 * instants of saves and pushes. Prints `rounds N acknowledged N lost N doubled N torn N`; needs the built app.
 */
import { browserRounds } from './kill/browser-rounds.ts';
import { serverRounds } from './kill/server-rounds.ts';
import { add, isClean } from './kill/tally.ts';

const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1] ?? '') || 50;
const tally = add(await serverRounds(rounds), await browserRounds(rounds));
const { acknowledged, lost, doubled, torn } = tally;
console.log(
  `rounds ${rounds} acknowledged ${acknowledged} lost ${lost} doubled ${doubled} torn ${torn}`,
);
process.exit(isClean(tally) && acknowledged > 0 ? 0 : 1);
