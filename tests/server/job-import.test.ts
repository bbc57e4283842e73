/** The import of postings over the real server: whole or not at all, once, by supervisors, told to every tablet of the area. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guessFeedColumns } from '../../src/domain/import/job-feed.ts';
import type { FakeStore } from '../support/fake-tablet.ts';
import { feedFile, feedHead, feedLine } from '../support/job-feed.ts';
import { openTestArea, type TestArea } from './area.ts';

let area: TestArea;
let supervisor: FakeStore;
let hw: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  supervisor = await area.staff('toyohira-citysv');
  hw = await area.staff('shiroishi-hw1');
});
afterAll(() => area.close());

async function send(file: Uint8Array, more: object = {}, by = supervisor) {
  await by.signIn();
  const map = guessFeedColumns(feedHead.split(','));
  const response = await area.ask('/api/jobs/import', {
    method: 'POST',
    headers: { authorization: `Bearer ${by.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      file: Buffer.from(file).toString('base64'),
      map,
      whole: true,
      ...more,
    }),
  });
  return { status: response.status, answer: await response.json() };
}

async function seenBy(store: FakeStore): Promise<Record<string, unknown>> {
  await store.signIn();
  await store.pull();
  const postings = [...store.rows].filter(([key]) => key.startsWith('jobPosting/'));
  return Object.fromEntries(postings.map(([key, row]) => [key, row.body['jobTitle']]));
}

describe('an import of postings', () => {
  test('writes the good lines, reports the bad ones, and reaches both organisations', async () => {
    const file = feedFile([feedLine(1), feedLine(2, { received: '2026/2/30' }), feedLine(3)]);
    const { answer } = await send(file);
    expect(answer).toMatchObject({ fresh: 2, changed: 0, same: 0, over: 0, ended: 0 });
    expect(answer).toMatchObject({ bad: [{ line: 3 }] });
    const both = {
      'jobPosting/job-01040-1/facts': '事務員',
      'jobPosting/job-01040-3/facts': '事務員',
    };
    expect(await seenBy(hw)).toEqual(both);
    expect(await seenBy(supervisor)).toEqual(both);
  });

  test('the same file again changes nothing; a list without one ends it on every tablet', async () => {
    const head = async () => (await send(feedFile([feedLine(1), feedLine(3)]))).answer;
    expect(await head()).toMatchObject({ fresh: 0, changed: 0, same: 2, ended: 0 });
    const { answer } = await send(feedFile([feedLine(3, { title: '受付' })]));
    expect(answer).toMatchObject({ fresh: 0, changed: 1, ended: 1 });
    expect(await seenBy(hw)).toEqual({ 'jobPosting/job-01040-3/facts': '受付' });
  });

  test('a part list ends nothing', async () => {
    const { answer } = await send(feedFile([feedLine(4)]), { whole: false });
    expect(answer).toMatchObject({ fresh: 1, ended: 0 });
    expect(Object.keys(await seenBy(hw))).toHaveLength(2);
  });

  test('is refused to counsellors, without columns, and with a broken file; nothing moves', async () => {
    const file = feedFile([feedLine(9)]);
    expect(await send(file, {}, hw)).toMatchObject({ status: 403 });
    expect(await send(file, { map: { hwJobNo: '求人番号' } })).toMatchObject({
      status: 400,
      answer: { problem: { code: 'wrongFile' } },
    });
    expect(await send(new Uint8Array([0x82, 0xff]))).toMatchObject({
      answer: { problem: { code: 'wrongFile' } },
    });
    expect(await send(new Uint8Array(30 * 1024 * 1024))).toMatchObject({ status: 413 });
    expect(Object.keys(await seenBy(hw))).toHaveLength(2);
  });

  test('a posting past its date leaves the tablets at the first contact of the next day', async () => {
    await send(feedFile([feedLine(5, { expires: '2026/11/25' })]), { whole: false });
    expect(Object.keys(await seenBy(hw))).toContain('jobPosting/job-01040-5/facts');
    area.clock.now = Date.parse('2026-11-26T09:00:00+09:00');
    expect(Object.keys(await seenBy(hw))).not.toContain('jobPosting/job-01040-5/facts');
  });
});
