/** Which built files the first screen needs: index.html's scripts and their static imports; and what is precached. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const staticImport =
  /(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]+from\s*)?["']\.\/([\w.-]+\.js)["']/g;

function collect(file: string, seen: Set<string>): void {
  if (seen.has(file)) return;
  seen.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, path = ''] of code.matchAll(staticImport)) collect(`dist/assets/${path}`, seen);
}

export function firstUseFiles(): readonly string[] {
  const html = readFileSync('dist/index.html', 'utf8');
  const seen = new Set<string>();
  for (const [, path = ''] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g))
    collect(`dist/${path}`, seen);
  return [...seen];
}

/** As the service worker's own list names them; it is not in it. */
export function precachedFiles(): readonly string[] {
  const list = readFileSync(serviceWorker, 'utf8').matchAll(/"url":"([^"]+)"/g);
  const files = [...list].map(([, path = '']) => join('dist', path));
  if (files.length === 0) throw new Error('nothing is precached');
  return files;
}

export const serviceWorker = 'dist/sw.js';
