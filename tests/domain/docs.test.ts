import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const documents = [
  'README.md',
  'docs/architecture.md',
  'docs/acceptance.md',
  'docs/reliability.md',
];
const read = (name: string) => readFileSync(join(root, name), 'utf8');

describe.each(documents)('%s', (name) => {
  const text = read(name);
  const links = [...text.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, path = '']) => path);
  const paths = links.filter((path) => !/^https?:/.test(path));

  test.each(paths)('names %s, which exists', (path) => {
    expect(existsSync(join(root, dirname(name), path))).toBe(true);
  });
});

test('every npm script that README names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const named = [...read('README.md').matchAll(/npm run (?:-s )?([\w:]+)/g)].map(
    ([, script = '']) => script,
  );
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
});

describe.each(['docs/acceptance.md', 'docs/reliability.md'])('%s', (name) => {
  // `one` in [file](path), or `one` and `two` in [file](path)
  const quotes = /((?:`[^`\n]+`(?:, | and )?)+)\s+in\s+\[[^\]]+\]\(([^)\s]+\.test\.tsx?)\)/g;
  const quoted = [...read(name).matchAll(quotes)].flatMap(([, tests = '', path = '']) =>
    [...tests.matchAll(/`([^`]+)`/g)].map(([, title = '']) => [title, path] as const),
  );

  test('quotes tests', () => expect(quoted.length).toBeGreaterThan(10));

  test.each(quoted)(
    'quotes `%s`, which is the beginning or a part of a title in %s',
    (title, path) => {
      const titles = read(join(dirname(name), path)).matchAll(
        /\b(?:test|describe|it)(?:\.each)?[^'`]{0,400}?\(\s*(['`])(.*?)\1/gs,
      );
      expect(
        [...titles].map(([, , text = '']) => text).filter((text) => text.includes(title)),
      ).not.toEqual([]);
    },
  );
});

test('docs/reliability.md has every accident from 1 to 25, once, each with a test that bears its number', () => {
  const rows = [...read('docs/reliability.md').matchAll(/^\| (\d+) +\|.*$/gm)];
  expect(rows.map(([, number]) => Number(number))).toEqual(
    Array.from({ length: 25 }, (_, index) => index + 1),
  );
  const bare = rows.filter(
    ([row, number]) => !new RegExp(`\`[^\`]*peers (\\d+, )?${number}\\b`).test(row),
  );
  expect(bare.map(([, number]) => number)).toEqual([]);
});
