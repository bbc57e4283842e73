/** Loaded before everything else (`node --import`): changes source text while it is loaded, as SIM_FAULT names it. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { Edit } from './planted-fault.ts';
import { planted } from './planted.ts';

const root = new URL('../../', import.meta.url).href;
const fault = planted.find(({ name }) => name === process.env['SIM_FAULT']);
if (!fault) throw new Error(`no planted fault ${process.env['SIM_FAULT']}`);

for (const { file, find } of fault.edits) {
  const times = readFileSync(new URL(file, root), 'utf8').split(find).length - 1;
  if (times !== 1) throw new Error(`${file} has ${times} times: ${find}`);
}

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    const edits = fault.edits.filter(({ file }) => url === root + file);
    if (edits.length === 0 || !loaded.source) return loaded;
    const text = readFileSync(new URL(url), 'utf8');
    return { ...loaded, source: edits.reduce(apply, text) };
  },
});

function apply(text: string, { find, put }: Edit): string {
  return text.replace(find, () => put);
}
