/**
 * Giving a handoff without a network: the unsent entries it rests on, sealed to the server, and for the colleague what the
 * server would send her of it, under a passphrase that is shown once. No log, no file.
 */
import { businessDateJst } from '../domain/date.ts';
import { stateOf } from '../domain/kind.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { fileText, type Container, type Share } from '../sync/container.ts';
import { passphraseFrom, passphraseLength } from '../sync/passphrase.ts';
import type { People } from '../sync/scopes.ts';
import { deskOf, partsFor } from '../sync/share.ts';
import { logAccess } from './access-log.ts';
import { unsentRequests } from './container-requests.ts';
import { sealContainers, sealShare } from './container-seal.ts';
import { fileName } from './container-name.ts';
import type { Desk } from './desk.ts';
import { readEnrolment } from './device-db.ts';
import { durably } from './durable.ts';
import type { HandoverFile } from './types.ts';

const refused = (reason: string) => fail({ code: 'refused', reason });

export async function giveHandoff(desk: Desk, id: string): Promise<Result<HandoverFile>> {
  if (desk.isClosed()) return fail({ code: 'locked' });
  const share = await shareOf(desk, id);
  if (!share.ok) return share;
  const logged = await logAccess(desk, 'handOver', { kind: 'handoff', id });
  if (!logged.ok) return logged;
  const containers = await sealedPrefix(desk);
  if (!containers.ok) return containers;
  const [first, ...rest] = containers.value;
  if (!first || desk.isClosed()) return first ? fail({ code: 'locked' }) : alreadySent;
  const passphrase = passphraseFrom(desk.ports.random(passphraseLength));
  const box = await sealShare(desk.ports, first, passphrase, share.value);
  const all: Container[] = [{ ...first, share: box }, ...rest];
  return ok({ name: fileName('受け渡し', first.madeAt), text: fileText(all), passphrase });
}

const alreadySent = refused(
  'この引継ぎは、もうサーバーに届いています。受け取る側は、つながれば見られます。',
);

async function shareOf(desk: Desk, id: string): Promise<Result<Share>> {
  const handoff = await desk.readWhole({ kind: 'handoff', id });
  if (!handoff.ok) return handoff;
  if (!handoff.value) return fail({ code: 'notFound', kind: 'handoff' });
  if (
    stateOf(handoff.value) !== 'sent' ||
    partOf(handoff.value, 'facts')['org'] !== desk.actor().org
  )
    return refused('いま渡せるのは、自分の組織が送った、返事のまだない引継ぎだけです。');
  const entries = unsentAbout(desk, id);
  if (entries.length === 0) return alreadySent;
  const consentId = text(partOf(handoff.value, 'facts')['consent']);
  const consent = consentId
    ? await desk.readWhole({ kind: 'consent', id: consentId })
    : ok(undefined);
  if (!consent.ok) return consent;
  const records = [handoff.value, consent.value].filter((one): one is Rec => one !== undefined);
  const today = businessDateJst(desk.ports.clock.now());
  const parts = partsFor(records, deskOf(handoff.value), today, peopleHere(desk));
  const { tenant } = desk.lease().lease;
  return ok({ v: 1, tenant, handoff: id, entries, parts });
}

/** Scopes of a person's own file at her own organisation reach nobody else: days and caseload need not be known here. */
function peopleHere(desk: Desk): People {
  return (id) => {
    const org = text(partOf(desk.memory.get('seeker', id), 'facts')['org']);
    return org ? { org, posts: [], days: [], openAt: [], links: [] } : undefined;
  };
}

function unsentAbout(desk: Desk, id: string): string[] {
  const about = desk.items
    .peek()
    .filter(
      ({ row, copy }) =>
        row.state === 'pending' &&
        copy?.changes.some((change) => change.kind === 'handoff' && change.id === id),
    );
  return about.map(({ row }) => row.id);
}

/** The counter's visits first: what the counsellor wrote may rest on them. */
async function sealedPrefix({ stores, counter, keys, ports }: Desk) {
  const read = await durably(stores.device, async () => {
    const enrolment = await readEnrolment(stores.device);
    const requests = [
      ...(await unsentRequests(stores.of(counter.store), counter.store, 'write')),
      ...(await unsentRequests(stores.of(keys.store), keys.store, 'write')),
    ];
    return { enrolment, requests };
  });
  if (!read.ok) return read;
  const { enrolment, requests } = read.value;
  if (!enrolment) return fail({ code: 'storageLost' } as const);
  const { device, hpke } = enrolment;
  return ok(await sealContainers(ports, { purpose: 'handover', device, server: hpke }, requests));
}
