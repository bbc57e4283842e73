/** A cursor that the server remembers is judged like one that it does not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCursor, writeCursor, type GivenCursor } from '../../src/server/cursor.ts';
import { openTestArea, type TestArea } from './area.ts';

let area: TestArea;
beforeAll(async () => {
  area = await openTestArea();
});
afterAll(() => area.close());

const altered = (text: string) =>
  `${text.slice(0, -8)}${text.at(-8) === 'A' ? 'B' : 'A'}${text.slice(-7)}`;

test.each(['remembered', 'forgotten'])('a cursor that is %s', (how) => {
  const server = area.server();
  const cursor: GivenCursor = { epoch: server.epochNow.epoch, seq: 3, scopes: ['area'], todo: [] };
  const text = writeCursor(server, 'store-a', cursor);
  writeCursor(server, 'store-b', { ...cursor, seq: 9 });
  if (how === 'forgotten') server.cursors.clear();
  expect(readCursor(server, 'store-a', altered(text))).toBeUndefined();
  expect(readCursor(server, 'store-b', text)).toBeUndefined();
  expect(readCursor(server, 'store-a', text)).toMatchObject(cursor);
  const before = writeCursor(server, 'store-a', { ...cursor, epoch: 'another' });
  if (how === 'forgotten') server.cursors.clear();
  expect(readCursor(server, 'store-a', before)).toBeUndefined();
});
