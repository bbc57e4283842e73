/**
 * An entry that copied what a handoff told, after its consent has ended: it is not to be read here any more (device/told.ts),
 * and nothing may be sent on it; nor any other step of the receiver. Says so, and why as far as this tablet knows.
 */
import type { Session } from '../../device/types.ts';
import { toldBy } from '../../domain/copied.ts';
import { stateOf } from '../../domain/kind.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text, type Values } from '../../domain/value.ts';
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
  const consent = consentOf(get, record);
  return {
    problem: { code: 'refused', reason: whyOver(consent) },
    safe: '引継ぎで伝えられた内容（氏名・連絡先など）は、この端末から消えました。写したものも残っていません。',
    press: `この方の支援を続けるときは、ご本人からあらためて聞いて登録してください。この記録は「${discardWords}」を押して片づけてください。`,
  };
}

type Get = Session['get'];

const consentOf = (get: Get, record: Rec | undefined) =>
  get('consent', text(partOf(record, 'facts')['consent']) ?? '');

/** What is lost with it: nothing but the step itself. */
const steps: Readonly<Record<string, string>> = {
  'handoff.accept': '受け入れる操作だけです。あなたが書いたものは、ここには入っていません。',
};

function stepOver(get: Get, verb: string, args: Values): DeadEnd | undefined {
  const record = get('handoff', text(args['id']) ?? '');
  const consent = consentOf(get, record);
  const safe = steps[verb];
  if (safe === undefined || stateOf(record) !== 'cancelled' || !reasons[stateOf(consent) ?? ''])
    return undefined;
  return {
    problem: { code: 'refused', reason: whyOver(consent) },
    safe,
    press: `もうすることはありません。この記録は「${discardWords}」を押して片づけてください。`,
  };
}

const reasons: Readonly<Record<string, string>> = {
  withdrawn: 'ご本人が、情報を伝える同意を撤回しました。この引継ぎは、もう受け入れられません。',
  expired: '情報を伝える同意の期限が切れました。この引継ぎは、もう受け入れられません。',
};

const whyOver = (consent: Rec | undefined) =>
  reasons[stateOf(consent) ?? ''] ??
  '引継ぎが取りやめになり、情報を伝える同意も終わりました。この引継ぎは、もう受け入れられません。';
