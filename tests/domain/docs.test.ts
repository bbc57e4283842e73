import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const documents = ['README.md', 'docs/architecture.md', 'docs/acceptance.md'];

describe.each(documents)('%s', (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  const links = [...text.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, path = '']) => path);
  const paths = links.filter((path) => !/^https?:/.test(path));

  test.each(paths)('names %s, which exists', (path) => {
    expect(existsSync(join(root, dirname(name), path))).toBe(true);
  });
});

test('every npm script that README names exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const named = [...readme.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
