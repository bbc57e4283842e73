/** Anonymous answers at the server: what rests of them, what is refused, and from how many on they are shown. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { usualRates } from '../../src/server/limits.ts';
import { databaseName } from '../../src/server/master-key.ts';
import { surveyPass } from '../../src/server/survey.ts';
import type { OfficialCounts } from '../../src/server/counts.ts';
import type { SurveyRequest } from '../../src/sync/survey.ts';
import { freshSurveyId as freshId, postSurvey, sealedSurvey } from '../support/sealed-survey.ts';
import { openTestArea, type TestArea } from './area.ts';

let area: TestArea;
const site = 'toyohira';
const month = '2026-11';

beforeEach(async () => {
  area = await openTestArea();
});
afterEach(() => area.close());

const sealed = (values: object, id?: string) => sealedSurvey(area, site, values, id);
const post = (body: object) => postSurvey(area, body);

const answer = { site, month, overall: '2', glad: '1' };
const rowsOf = (table: string) => {
  const db = new DatabaseSync(join(area.folder, databaseName), { readOnly: true });
  const rows = db.prepare(`select * from ${table}`).all();
  db.close();
  return rows;
};

test('keeps counter, month and answers, and has no column for anything else', async () => {
  const request = await sealed({ ...answer, comment: '待ち時間が長い' });
  expect((await post(request)).status).toBe(200);
  expect(rowsOf('survey')).toEqual([
    { tenant: 'sapporo', id: request.id, site, month, overall: '2', glad: '1' },
  ]);
  const [comment] = rowsOf('survey_comment');
  expect(Object.keys(comment ?? {}).sort()).toEqual(['id', 'month', 'sealed', 'site', 'tenant']);
  expect(comment?.['id']).not.toBe(request.id);
});

test('leaves no trace in any other table, and the comment nowhere in clear', async () => {
  const counted = () => {
    const db = new DatabaseSync(join(area.folder, databaseName), { readOnly: true });
    const names = db.prepare("select name from sqlite_schema where type = 'table'").all();
    const counts = names
      .map(({ name }) => String(name))
      .filter((name) => !name.startsWith('survey'))
      .map((name) => [name, db.prepare(`select count(*) as n from "${name}"`).get()?.['n']]);
    db.close();
    return Object.fromEntries(counts) as Record<string, unknown>;
  };
  const before = counted();
  await post(await sealed({ ...answer, comment: '架空のひみつの一言' }));
  expect(counted()).toEqual(before);
  await area.restart();
  const files = readdirSync(area.folder).map((name) => readFileSync(join(area.folder, name)));
  expect(files.some((bytes) => bytes.includes('架空のひみつの一言'))).toBe(false);
});

test('has no order of arrival: rows lie by their random ids', async () => {
  const ids = ['f', '3', 'a', '0', '9'].map((digit) => digit.repeat(32));
  for (const id of ids) await post(await sealed(answer, id));
  const db = new DatabaseSync(join(area.folder, databaseName), { readOnly: true });
  expect(() => db.prepare('select rowid from survey').all()).toThrow(/rowid/);
  expect(() => db.prepare('select rowid from survey_comment').all()).toThrow(/rowid/);
  db.close();
  expect(rowsOf('survey').map(({ id }) => id)).toEqual(ids.toSorted());
});

test('is taken once, however often it is sent; the first word stands', async () => {
  const id = freshId();
  const first = await sealed({ ...answer, comment: '一度' }, id);
  for (const body of [first, first, await sealed({ ...answer, overall: '5' }, id)])
    expect(await (await post(body)).json()).toEqual({ taken: true });
  expect(rowsOf('survey')).toHaveLength(1);
  expect(rowsOf('survey')[0]).toMatchObject({ overall: '2' });
  expect(rowsOf('survey_comment')).toHaveLength(1);
});

test.each<[string, number, (request: SurveyRequest) => object | Promise<object>]>([
  [
    'with the pass of another counter',
    401,
    (r) => ({ ...r, pass: surveyPass(area.server(), 'shiroishi') }),
  ],
  ['without a pass', 400, (r) => ({ ...r, pass: undefined })],
  ['with a word more on the wire', 400, (r) => ({ ...r, store: 's-1' })],
  [
    'under the id of a record, which holds a time',
    400,
    (r) => ({ ...r, id: '0199a3b0-0000-7000-8000-000000000000' }),
  ],
  ['sealed for another id', 400, (r) => ({ ...r, id: freshId() })],
  ['with a person in it', 400, () => sealed({ ...answer, seeker: 'c-1' })],
  ['with a time in it', 400, () => sealed({ ...answer, at: 1 })],
])('%s it is refused', async (_title, status, change) => {
  const response = await post(await change(await sealed(answer)));
  expect(response.status).toBe(status);
  expect(rowsOf('survey')).toEqual([]);
});

test('a stranger who sends many waits', async () => {
  const narrow = await openTestArea({ ...usualRates, surveyPerMinute: 2 });
  const body = { pass: 'x', hpkeKeyId: 'x', enc: 'x', nonce: 'x', ciphertext: 'x' };
  const ask = () => postSurvey(narrow, { ...body, id: freshId() });
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([
    400, 400, 429,
  ]);
  await narrow.close();
});

test('counts and comments of a month are shown from five answers on, to supervisors of the counter', async () => {
  const supervisor = await area.staff('toyohira-citysv');
  await supervisor.signIn();
  const headers = { authorization: `Bearer ${supervisor.token}` };
  const get = async (path: string) =>
    (await area.ask(`/api/${path}?from=2026-11-01&to=2026-11-30`, { headers })).json();
  const satisfied = async () => {
    const { rows } = (await get('counts')) as OfficialCounts;
    return rows.find(({ metric }) => metric === 'surveySatisfied')?.value;
  };
  for (let n = 0; n < 4; n++) await post(await sealed({ ...answer, comment: '助かった' }));
  expect(await satisfied()).toBe(0);
  expect(await get('survey-comments')).toEqual({ comments: [] });
  await post(await sealed({ ...answer, overall: '4' }));
  expect(await satisfied()).toBe(4);
  const { comments } = (await get('survey-comments')) as { comments: object[] };
  expect(comments).toEqual(Array.from({ length: 4 }, () => ({ month, comment: '助かった' })));

  const asked = rowsOf('access_event').filter(({ action }) => action === 'surveyComments');
  expect(asked).toHaveLength(2);
  expect(asked[0]).toMatchObject({
    user: 'toyohira-citysv',
    record: `${site} 2026-11-01/2026-11-30`,
  });
  const elsewhere = await area.ask(
    '/api/survey-comments?from=2026-11-01&to=2026-11-30&site=shiroishi',
    { headers },
  );
  expect(elsewhere.status).toBe(403);

  const desk = await area.staff('toyohira-city1');
  await desk.signIn();
  const refused = await area.ask('/api/survey-comments?from=2026-11-01&to=2026-11-30', {
    headers: { authorization: `Bearer ${desk.token}` },
  });
  expect(refused.status).toBe(403);
});
