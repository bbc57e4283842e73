/**
 * Takes anonymous answers and keeps counter, month and words of them, nothing else: who sent them, when and from where is
 * neither stored nor logged, and the table has no order of arrival. Comments rest sealed and apart from the answers they
 * came with. An answer is taken once, however often it is sent.
 */
import { successorOf } from '../domain/closed-site.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import type { Fact, Period } from '../domain/metrics/metric.ts';
import { monthOf } from '../domain/month.ts';
import { parseSurvey, shownSurveys } from '../domain/survey.ts';
import { text, type Values } from '../domain/value.ts';
import { fromBase64Url, fromUtf8 } from '../sync/bytes.ts';
import { surveyAad, type SurveyRequest } from '../sync/survey.ts';
import { prepared } from './prepared.ts';
import { isSameText } from './sessions.ts';
import type { Server } from './server.ts';
import { factsOfKind, type Reading } from './staff.ts';
import type { Tx } from './storage.ts';

/** The same for every tablet of a counter, so that it tells none of them. */
export function surveyPass(server: Pick<Server, 'keys'>, site: string): string {
  return server.keys.mac('survey-pass/v1', site).slice(0, 22);
}

export async function takeSurvey(
  server: Server,
  request: SurveyRequest,
): Promise<Result<{ readonly taken: true }>> {
  const answer = await opened(server, request);
  const site = text(answer?.['site']);
  if (!answer || !site) return fail({ code: 'malformed', reason: 'survey' });
  const sites = await server.storage.read((tx) => factsOfKind(server, tx, 'site'));
  const record = sites.find(({ id }) => id === site);
  // Given at a counter that has moved since, it comes with the pass of the one where its tablet is now.
  const isGood = [site, successorOf(record) ?? site].some((one) =>
    isSameText(request.pass, surveyPass(server, one)),
  );
  if (!isGood) return fail({ code: 'unauthorised' });
  if (record)
    await server.storage.write(server.tenant, (tx) => keep(server, tx, request.id, answer));
  return ok({ taken: true });
}

async function opened(server: Server, request: SurveyRequest): Promise<Values | undefined> {
  const { hpkeKeyId, enc, nonce, ciphertext, id } = request;
  const key = await server.keys.entryKey(hpkeKeyId, enc);
  const [iv, sealed] = [fromBase64Url(nonce), fromBase64Url(ciphertext)];
  if (!key || !iv || !sealed) return undefined;
  try {
    const plain = fromUtf8(server.keys.cipher.openGcm(key, iv, sealed, surveyAad(id)));
    const parsed = parseSurvey(JSON.parse(plain));
    return parsed.ok ? parsed.value : undefined;
  } catch {
    return undefined; // not sealed to us, altered on the way, or no JSON
  }
}

async function keep(server: Server, tx: Tx, id: string, answer: Values): Promise<void> {
  const { tenant, keys } = server;
  const [site, month] = [text(answer['site']) ?? '', text(answer['month']) ?? ''];
  const row = { tenant, id, site, month, overall: text(answer['overall']) ?? '' };
  const inserted = await tx
    .insertInto('survey')
    .values({ ...row, glad: text(answer['glad']) ?? null })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doNothing())
    .executeTakeFirst();
  const comment = text(answer['comment']);
  if (comment === undefined || Number(inserted.numInsertedOrUpdatedRows ?? 0) === 0) return;
  const own = Buffer.from(server.random(16)).toString('hex');
  const sealed = keys.cipher.seal(keys.master, comment, commentPlace(tenant, own));
  await tx.insertInto('survey_comment').values({ tenant, id: own, site, month, sealed }).execute();
}

const commentPlace = (tenant: string, id: string) => `survey_comment/${tenant}/${id}`;

/** For counts: months of the period that have enough answers. */
export async function surveyFacts(
  { tenant }: Pick<Reading, 'tenant'>,
  tx: Tx,
  site: string,
  { from, to }: Period,
): Promise<readonly Fact[]> {
  const rows = await answers(tx, { tenant, site, from: monthOf(from), to: monthOf(to) });
  const facts = rows.map(({ id, glad, ...rest }): Fact => {
    return { kind: 'survey', id, values: { ...rest, ...(glad === null ? {} : { glad }) } };
  });
  return shownSurveys(facts);
}

const answers = prepared((tx, given: { tenant: string; site: string; from: string; to: string }) =>
  tx
    .selectFrom('survey')
    .select(['id', 'site', 'month', 'overall', 'glad'])
    .where('tenant', '=', given.tenant)
    .where('site', '=', given.site)
    .where('month', '>=', given.from)
    .where('month', '<=', given.to),
);

/** What was written, of months that have enough answers; in the order of random ids, which is none. */
export async function surveyComments(
  server: Server,
  site: string,
  period: Period,
): Promise<readonly { readonly month: string; readonly comment: string }[]> {
  const { tenant, keys } = server;
  return server.storage.read(async (tx) => {
    const shown = new Set((await surveyFacts(server, tx, site, period)).map(monthOfFact));
    const rows = await tx
      .selectFrom('survey_comment')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('site', '=', site)
      .orderBy('id')
      .execute();
    return rows
      .filter(({ month }) => shown.has(month))
      .map(({ id, month, sealed }) => {
        const comment = keys.cipher.open(keys.master, sealed, commentPlace(tenant, id));
        return { month, comment: Buffer.from(comment).toString('utf8') };
      });
  });
}

const monthOfFact = ({ values }: Fact) => text(values['month']) ?? '';
