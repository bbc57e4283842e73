/**
 * The consultation form over two verbs: for a visit on the board, and for someone who is not (the visit is logged in the
 * same write). Defaults come from what is known: the visit's start, the purpose that fits, 新規 or 再来. What was done is
 * never proposed: an untouched form is no consultation.
 */
import type { Fields } from '../../domain/field.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import { codeLabel } from '../../domain/codes.ts';
import { partOf, type Actor, type Rec } from '../../domain/record.ts';
import { integer, text, texts, type Values } from '../../domain/value.ts';
import { withoutIds } from './registration-parts.ts';

export const consultationFields: Fields = withoutIds(
  verbNamed('consultation.recordWalkIn')?.args ?? {},
  'seeker',
  'newVisit',
  'arrivedAt',
  'startedAt',
  'outpost',
);

export const walkInNames = ['channel', 'visitKind', 'purposes'] as const;

export function firstValues(actor: Actor, visitKind?: string): Values {
  return {
    ...(visitKind === undefined ? {} : { visitKind }),
    purposes: [actor.orgType === 'hw' ? 'jobCounselling' : 'careerCounselling'],
  };
}

/** What will be counted besides, in the words of the form; undefined while 新規 or 再来 is open. */
export function walkInWords(values: Values): string | undefined {
  const kind = text(values['visitKind']);
  if (kind === undefined) return undefined;
  const purposes = texts(values['purposes']).map((code) => codeLabel('purpose', code));
  const words = [
    codeLabel('visitKind', kind),
    codeLabel('channel', text(values['channel']) ?? ''),
    ...purposes,
  ];
  return words.filter(Boolean).join('・');
}

export interface Target {
  readonly id: string;
  readonly seeker: string;
  /** The visit on the board; undefined: not on the board. */
  readonly visit: Rec | undefined;
  readonly newVisit: string;
  readonly openedAt: number;
  /** The temporary counter at which a visit that is not on the board took place. */
  readonly outpost?: string;
}

/** Verb and arguments for what stands in the form. */
export function consultationWrite(form: Values, target: Target): { verb: string; args: Values } {
  const { id, seeker, visit, newVisit, openedAt, outpost } = target;
  const held = outpost === undefined ? {} : { outpost };
  const startedAt = integer(partOf(visit, 'facts')['servedAt']) ?? openedAt;
  if (!visit)
    return {
      verb: 'consultation.recordWalkIn',
      args: { ...form, ...held, id, seeker, newVisit, startedAt, arrivedAt: openedAt },
    };
  const own = Object.entries(form).filter(
    ([name]) => !walkInNames.some((walkIn) => walkIn === name),
  );
  return {
    verb: 'consultation.record',
    args: { ...Object.fromEntries(own), id, seeker, startedAt, visit: visit.id },
  };
}

/** Whole minutes since the talk began, for a tap; never offered beyond what the field takes. */
export function minutesSince(from: number, now: number): number | undefined {
  const minutes = Math.round((now - from) / 60_000);
  return minutes >= 1 && minutes <= 480 ? minutes : undefined;
}

export function servicesOf(values: Values): readonly string[] {
  return texts(values['services']);
}
