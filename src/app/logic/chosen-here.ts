/**
 * What she has chosen herself and the server has not said back: two values that wait for nobody, though its entry is still in
 * 要確認. Nothing is to be chosen again, and withdrawing it would take nothing back that is on its way.
 */
import type { OutboxItem } from '../../device/types.ts';
import { conflictsOf, unitOf } from '../../domain/conflict.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import type { ProblemText } from '../../domain/problem.ts';
import type { Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { clearNames } from '../../domain/verbs.ts';
import { isTwoValues, labelsMet } from './outbox-view.ts';

type Left = Pick<OutboxItem, 'id' | 'state' | 'problem' | 'records'>;
type Own = Pick<OutboxItem, 'verb' | 'args' | 'state'>;
type Get = (kind: string, id: string) => Rec | undefined;

export const isChoice = ({ verb }: Pick<OutboxItem, 'verb'>) => verb.endsWith('.settle');

/** Every choice that the entry left is made; of a sealed part that is not open only what is on its way tells. */
export function isChosenHere(item: Left, outbox: readonly Own[], get: Get): boolean {
  const { problem, records } = item;
  if (!isTwoValues(item) || problem?.code !== 'baseChanged') return false;
  const chosen = outbox.flatMap((one) => fieldsChosen(one, item.id));
  const held = records.flatMap(({ kind, id }) => get(kind, id) ?? []);
  const open = held.flatMap(({ parts }) => Object.values(parts).flatMap(conflictsOf));
  const isShut = (field: string) => held.some((record) => isSealed(record, field));
  return (
    chosen.length > 0 &&
    !open.some(({ entry }) => entry === item.id) &&
    problem.fields.every((field) => chosen.includes(field) || !isShut(field))
  );
}

function isSealed({ kind, parts }: Rec, field: string): boolean {
  const declared = Object.entries(kindNamed(kind)?.parts ?? {});
  return declared.some(([part, { fields }]) => Object.hasOwn(fields, field) && !parts[part]);
}

function fieldsChosen(own: Own, entry: string): readonly string[] {
  const { verb, args = {}, state } = own;
  const isOnItsWay = state === 'pending' || state === 'applied' || state === 'merged';
  if (!isOnItsWay || !isChoice(own) || args['entry'] !== entry) return [];
  const part = kindNamed(verb.split('.')[0] ?? '')?.parts[text(args['part']) ?? ''];
  const unit = unitOf(part, text(args['field']) ?? '');
  return [...unit, ...Object.keys(args), ...clearNames(args)];
}

export function chosenWords({ problem }: Left): ProblemText {
  const labels = problem?.code === 'baseChanged' ? labelsMet(problem) : '';
  return {
    what: `${labels}は、あなたが決めました。`,
    safe: '決めたことは、この端末に保存してあります。',
    press: 'サーバーに届くと、この一覧から消えます。何も押さなくてかまいません。',
  };
}
