/**
 * Start passwords: for who has an account and has never signed in. A supervisor prints them, for her own organisation; each is
 * made here, shown once, kept as a hash, good for 30 days and for one sign-in, which must bring a password of her own. Asking
 * again makes new ones: a lost sheet or answer strands nobody.
 */
import * as v from 'valibot';
import { partOf } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { isInService } from '../domain/kinds/staff.ts';
import { addDays, businessDateJst } from '../domain/date.ts';
import type { StoreRequest } from '../sync/protocol.ts';
import { hashPassword, shortestPassword } from './passwords.ts';
import { logAsked } from './search.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { isSameText } from './sessions.ts';
import { factsOfKind } from './staff.ts';
import { chunks, type Tx } from './storage.ts';

export const startPasswordLife = 30 * 86_400_000;
const mostAtOnce = 100;

export const startRequest = v.strictObject({
  staff: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/))),
    v.minLength(1),
    v.maxLength(mostAtOnce),
  ),
});

export interface Waiting {
  readonly id: string;
  readonly name: string;
  readonly siteName: string;
  readonly validFrom: string | undefined;
  /** A sheet has been made before: the next one takes its place. */
  readonly isIssued: boolean;
}

export interface StartSheet extends Waiting {
  readonly password: string;
}

/** Of her organisation, in service or coming soon, and never signed in. */
export async function waitingStaff(server: Server, { member }: Asker): Promise<Waiting[]> {
  const today = businessDateJst(server.clock());
  return server.storage.read(async (tx) => {
    const staff = await factsOfKind(server, tx, 'staff');
    const sites = await factsOfKind(server, tx, 'site');
    const nameOf = new Map(sites.map((one) => [one.id, text(partOf(one, 'facts')['name']) ?? '']));
    const started = await credentials(server, tx);
    return staff.flatMap((one): Waiting[] => {
      const facts = partOf(one, 'facts');
      const start = started.get(one.id);
      const begins = text(facts['validFrom']) ?? today;
      const isComing = isInService(facts, begins < today ? today : begins);
      if (facts['org'] !== member.org || !isComing || start === null) return [];
      return [
        {
          id: one.id,
          name: text(facts['name']) ?? '',
          siteName: nameOf.get(text(facts['site']) ?? '') ?? '',
          validFrom: begins > today && begins < addDays(today, 3660) ? begins : undefined,
          isIssued: start !== undefined,
        },
      ];
    });
  });
}

/** null: she has a password of her own. */
async function credentials(server: Server, tx: Tx): Promise<Map<string, number | null>> {
  const rows = await tx
    .selectFrom('credential')
    .select(['staff', 'start'])
    .where('tenant', '=', server.tenant)
    .execute();
  return new Map(rows.map(({ staff, start }) => [staff, start === null ? null : Number(start)]));
}

export async function makeStartPasswords(
  server: Server,
  asker: Asker,
  { staff }: v.InferOutput<typeof startRequest>,
): Promise<Result<{ readonly sheets: readonly StartSheet[] }>> {
  const waiting = (await waitingStaff(server, asker)).filter(({ id }) => staff.includes(id));
  const sheets: StartSheet[] = [];
  const rows: { tenant: string; staff: string; hash: string; start: number }[] = [];
  for (const one of waiting) {
    const password = startPassword(server.random);
    const hash = await hashPassword(password, server.random(16));
    sheets.push({ ...one, password });
    rows.push({ tenant: server.tenant, staff: one.id, hash, start: server.clock() });
    await logAsked(server, asker, 'startPassword', one.id, 'staff');
  }
  await server.storage.write(server.tenant, async (tx) => {
    const started = await credentials(server, tx);
    // Whoever has signed in meanwhile keeps what she has chosen.
    for (const row of rows.filter((one) => started.get(one.staff) !== null))
      await tx
        .insertInto('credential')
        .values(row)
        .onConflict((conflict) => conflict.columns(['tenant', 'staff']).doUpdateSet(row))
        .execute();
  });
  return ok({ sheets });
}

/** At a first sign-in: what puts her own password in the place of the one on the sheet; nothing where she has one. */
export async function chosenInstead(
  server: Server,
  { staff, password, newPassword }: StoreRequest,
  start: number | null,
): Promise<Result<(tx: Tx) => Promise<unknown>>> {
  if (start === null) return ok(() => Promise.resolve());
  if (server.clock() > Number(start) + startPasswordLife) return fail(outdated);
  if (newPassword === undefined) return fail({ code: 'startPassword' });
  if (newPassword.length < shortestPassword || isSameText(newPassword, password))
    return fail(tooShort);
  const hash = await hashPassword(newPassword, server.random(16));
  return ok((tx) =>
    tx
      .updateTable('credential')
      .set({ hash, start: null })
      .where('tenant', '=', server.tenant)
      .where('staff', '=', staff)
      .execute(),
  );
}

const outdated: Problem = {
  code: 'refused',
  reason: 'はじめのパスワードの期限（30日）が切れています。責任者に、新しい紙をもらってください。',
};

const tooShort: Problem = {
  code: 'invalidFields',
  fields: [
    {
      field: 'newPassword',
      reason: `新しいパスワードは、紙のものと別の、${shortestPassword}文字以上にしてください。`,
    },
  ],
};

export async function dropCredentials(server: Server, tx: Tx, staff: readonly string[]) {
  for (const some of chunks([...staff]))
    await tx
      .deleteFrom('credential')
      .where('tenant', '=', server.tenant)
      .where('staff', 'in', some)
      .execute();
}

/** No letters or figures that look alike on paper. 16 of 31: 79 bits. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

function startPassword(random: (length: number) => Uint8Array): string {
  let word = '';
  while (word.length < 16)
    for (const byte of random(32))
      if (byte < 248 && word.length < 16) word += letters[byte % letters.length] ?? '';
  return word.match(/.{4}/g)?.join('-') ?? word;
}
