/** 臨時窓口: what this counter holds elsewhere on a day, and was not called off. */
import { stateOf } from '../../domain/kind.ts';
import { isOutpostOn } from '../../domain/kinds/event.ts';
import { isAtHand, partOf, type Actor, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';

export function outpostsOn(events: readonly Rec[], actor: Actor, date: string): readonly Rec[] {
  const gone = ['cancelled', 'voided'];
  return events.filter(
    (event) =>
      !gone.includes(stateOf(event) ?? '') &&
      isAtHand(actor, partOf(event, 'facts')['site']) &&
      isOutpostOn(event, date),
  );
}

/** As chips, with the counter itself first. */
export function outpostChoices(outposts: readonly Rec[]) {
  const named = outposts.map((event) => ({
    code: event.id,
    label: `臨時窓口：${text(partOf(event, 'facts')['eventName']) ?? ''}`,
  }));
  return [{ code: atCounter, label: 'いつもの窓口' }, ...named];
}

export const atCounter = '';
