/** Every programme of the public plans is walked in its verbs over a real server and ends in the counts its row names. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metricNamed } from '../../src/domain/metrics/index.ts';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import { isCode } from '../../src/domain/codes.ts';
import { openDesk, type Desk } from '../support/programme-walk.ts';
import { programmes, walkProgramme } from '../support/programmes.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 30_000);
afterAll(() => desk.area.close());

test('every row names what exists, once', () => {
  const codes = programmes.map((one) => one.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const one of programmes) {
    expect(one.names.length).toBeGreaterThan(0);
    // Anonymous answers are no kind: they belong to no stream, author or record (src/sync/survey.ts).
    for (const kind of one.kinds.filter((name) => name !== 'survey'))
      expect([one.code, kindNamed(kind)?.name]).toEqual([one.code, kind]);
    for (const metric of Object.keys(one.counts))
      expect([one.code, metricNamed(metric)?.name]).toEqual([one.code, metric]);
    for (const code of one.clients)
      expect([code, isCode('clientCategory', code)]).toEqual([code, true]);
  }
});

describe('each is walked', () => {
  test.each(programmes.map((one) => [one.code, one] as const))('%s', async (_code, programme) => {
    expect(await walkProgramme(desk, programme)).toEqual([]);
  });
});
