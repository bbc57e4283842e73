import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Seed {
  readonly source: Readonly<Record<string, unknown>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const folder = new URL('../../seeds/', import.meta.url);
const seeds = readdirSync(folder).map((file) => {
  const seed = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Seed;
  return { file, seed };
});

describe.each(seeds)('$file', ({ seed }) => {
  test.each(['title', 'publisher', 'year', 'document'])('names its source: %s', (key) => {
    expect(seed.source[key]).toBeTruthy();
  });

  test('has rows, each id once', () => {
    const ids = seed.rows.flatMap((row) => (typeof row['id'] === 'string' ? [row['id']] : []));
    expect(seed.rows.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('the ten counters of Sapporo have a ward each', () => {
  const sites = seeds.find(({ file }) => file === 'sapporo-sites.json')?.seed.rows ?? [];
  expect(new Set(sites.map((row) => row['ward'])).size).toBe(10);
});

test('南区 has no comparator of the year before', () => {
  const rows = seeds.find(({ file }) => file === 'sapporo-fy25.json')?.seed.rows ?? [];
  expect(rows.find((row) => row['ward'] === '南区')).toMatchObject({
    usersYTDprev: null,
    placedYTDprev: null,
  });
});
