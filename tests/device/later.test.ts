/** A part of the tablet that is loaded when first needed: once, and a missing file is a problem with words, not an end. */
import { afterEach, expect, test, vi } from 'vitest';
import { later } from '../../src/device/later.ts';
import { problemText } from '../../src/domain/problem.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('is loaded once, and not before it is wanted', async () => {
  let loads = 0;
  const part = later(() => Promise.resolve({ number: ++loads }));
  expect(loads).toBe(0);
  expect(await part()).toEqual({ ok: true, value: { number: 1 } });
  expect(await part()).toEqual({ ok: true, value: { number: 1 } });
});

test('a file that is missing is said and reported, and asked for again when it is wanted again', async () => {
  const reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let isThere = false;
  const part = later(() => (isThere ? Promise.resolve('there') : Promise.reject(new Error('404'))));
  const missing = await part();
  expect(missing).toEqual({ ok: false, problem: { code: 'notLoaded' } });
  expect(reported).toHaveBeenCalledWith(new Error('404'));
  if (!missing.ok) expect(problemText(missing.problem, String).press).toContain('開きなおして');
  isThere = true;
  expect(await part()).toEqual({ ok: true, value: 'there' });
});
