/**
 * Taking a handoff over by hand: the passphrase opens what may be read of it; it is checked like anything from outside, kept
 * sealed under the own data key, and its containers go to the server from here too. A refusal changes nothing.
 */
import { businessDateJst } from '../domain/date.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import {
  oldestHandoverMs,
  readFile,
  withoutShare,
  wrongContainer,
  type Container,
  type Share,
} from '../sync/container.ts';
import { readPassphrase } from '../sync/passphrase.ts';
import { isFitting } from '../sync/share.ts';
import { logAccess } from './access-log.ts';
import { sealCarried } from './carried.ts';
import { openShare } from './container-seal.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';
import { readMeta, type CarriedRow } from './store-db.ts';

const maxLines = 20;

export async function takeHandoff(
  desk: Desk,
  file: string,
  typed: string,
): Promise<Result<{ readonly handoff: string }>> {
  if (desk.isClosed()) return fail({ code: 'locked' });
  const containers = readFile(file);
  if (!containers.ok) return containers;
  const usable = await checkFile(desk, containers.value);
  if (!usable.ok) return usable;
  const share = await openWith(desk, usable.value, typed);
  if (!share.ok) return share;
  const { handoff } = share.value;
  // The server has told of it already: its word stands, and there is nothing to bring.
  const isKnown = await hasRows(desk, handoff);
  if (!isKnown.ok) return isKnown;
  if (isKnown.value) return ok({ handoff });
  const logged = await logAccess(desk, 'takeOver', { kind: 'handoff', id: handoff });
  if (!logged.ok) return logged;
  const kept = await keep(desk, containers.value, share.value);
  return kept.ok ? ok({ handoff }) : kept;
}

async function checkFile(
  desk: Desk,
  containers: readonly Container[],
): Promise<Result<Container & Required<Pick<Container, 'share'>>>> {
  const [first] = containers;
  if (containers.length > maxLines) return wrongContainer('このファイルは大きすぎます。');
  if (!first?.share || containers.some((one) => one.purpose !== 'handover'))
    return wrongContainer(
      '引継ぎのファイルではありません。未送信の控えは、責任者が「管理」で取り込みます。',
    );
  const skew = await durably(desk.db, () => readMeta(desk.db, 'skew'));
  if (!skew.ok) return skew;
  const now = desk.ports.clock.now() - (skew.value ?? 0);
  if (now - first.madeAt > oldestHandoverMs)
    return wrongContainer('このファイルは、作ってから7日より長くたっています。');
  return ok({ ...first, share: first.share });
}

async function openWith(
  desk: Desk,
  container: Container & Required<Pick<Container, 'share'>>,
  typed: string,
): Promise<Result<Share>> {
  const passphrase = readPassphrase(typed);
  if (passphrase === undefined)
    return wrongContainer('合言葉は、英字と数字の8文字です（I・O・0・1は使いません）。');
  const share = await openShare(desk.ports, withoutShare(container), container.share, passphrase);
  if (!share) return wrongContainer('合言葉が違うか、ファイルが途中で壊れています。');
  if (share.tenant !== desk.lease().lease.tenant)
    return wrongContainer('このファイルは、別のエリアのものです。');
  const today = businessDateJst(desk.ports.clock.now());
  return isFitting(share.parts, share.handoff, desk.actor(), today)
    ? ok(share)
    : wrongContainer('この引継ぎは、この窓口あてではありません。');
}

function hasRows({ db }: Desk, handoff: string): Promise<Result<boolean>> {
  const key = [11, handoff, ''];
  return durably(
    db,
    async () => (await db.rows.where('[k+i+p]').between(key, [11, handoff, '\uffff']).count()) > 0,
  );
}

/** Once more the same file, or a newer one of the same handoff: what the server learnt of the first still counts. */
async function keep(
  desk: Desk,
  containers: readonly Container[],
  share: Share,
): Promise<Result<void>> {
  const { db, keys, ports } = desk;
  const box = await sealCarried(ports, keys, share);
  if (desk.isClosed()) return fail({ code: 'locked' });
  const first = containers[0];
  const row: CarriedRow = {
    handoff: share.handoff,
    madeAt: first?.madeAt ?? 0,
    takenAt: ports.clock.now(),
    entries: share.entries,
    containers: containers.map(withoutShare),
    share: box,
  };
  const put = await durably(db, () => db.carried.put(row));
  if (!put.ok) return put;
  ports.wrote(keys.store);
  return desk.refreshEntries();
}

export async function dismissCarried(desk: Desk, handoff: string): Promise<Result<void>> {
  const { db } = desk;
  const gone = await durably(db, async () => {
    const row = await db.carried.get(handoff);
    if (row?.isRefused === true) await db.carried.delete(handoff);
  });
  return gone.ok ? desk.refreshEntries() : gone;
}
