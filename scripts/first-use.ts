/** Printed at the end of `npm run build`: the JavaScript needed before first use. The limits are size-limit's. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { firstUseFiles, precachedFiles } from './first-use-files.ts';

const gzipped = (file: string) => gzipSync(readFileSync(file)).length;
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const sum = (files: readonly string[]) => files.reduce((total, file) => total + gzipped(file), 0);

for (const file of firstUseFiles()) console.log(`  ${file} ${kB(gzipped(file))}`);
console.log(`JavaScript before first use: ${kB(sum(firstUseFiles()))} gzip`);
console.log(`Everything precached: ${kB(sum(precachedFiles()))} gzip`);
