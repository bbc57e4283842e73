/**
 * An entry that copied what a handoff told, after its consent has ended: it is not to be read here any more (device/told.ts),
 * and nothing may be sent on it; nor any other step of the receiver. Says so, and why as far as this tablet knows.
 */
import type { Session } from '../../device/types.ts';
import { toldBy } from '../../domain/copied.ts';
import { stateOf } from '../../domain/kind.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import type { Rec } from '../../domain/record.ts';
import { text, type Values } from '../../domain/value.ts';
import { consentEnd } from './consent-ended.ts';
import { discardWords, type DeadEnd } from './outbox-view.ts';

export function consentOver(
  { get }: Pick<Session, 'get'>,
  { verb, args = {} }: { readonly verb: string; readonly args: Values | undefined },
): DeadEnd | undefined {
  const declared = verbNamed(verb);
  const told = toldBy(declared, args);
  if (!told) return stepOver(get, verb, args);
  const record = get(told.kind, told.id);
  // One without a name told nothing that could be taken back.
  if (record?.parts[told.part] || declared?.copies?.isSilent(record)) return undefined;
  return {
    problem: { code: 'refused', reason: whyOver(get, record) },
    safe: '引継ぎで伝えられた内容（氏名・連絡先など）は、この端末から消えました。写したものも残っていません。',
    press: `この方の支援を続けるときは、ご本人からあらためて聞いて登録してください。この記録は「${discardWords}」を押して片づけてください。`,
  };
}

type Get = Session['get'];

/** With an acceptance of one's own person nothing is lost but the step itself. */
function stepOver(get: Get, verb: string, args: Values): DeadEnd | undefined {
  const record = get('handoff', text(args['id']) ?? '');
  if (verb !== 'handoff.accept' || stateOf(record) !== 'cancelled' || !consentEnd(get, record))
    return undefined;
  return {
    problem: { code: 'refused', reason: whyOver(get, record) },
    safe: '受け入れる操作だけです。あなたが書いたものは、ここには入っていません。',
    press: `もうすることはありません。この記録は「${discardWords}」を押して片づけてください。`,
  };
}

const whyOver = (get: Get, record: Rec | undefined) =>
  `${consentEnd(get, record) ?? '引継ぎが取りやめになり、情報を伝える同意も終わりました。'}この引継ぎは、もう受け入れられません。`;
