/** 今日: two registrations that may be one person. Not urgent, but it should not wait for the next visit. */
import type { Pair } from '../../logic/duplicates.ts';
import { whyWords } from '../seekers/use-pairs.ts';
import type { Desk, Todo } from './todo.ts';

const mostPairs = 5;
const rank = 45;

export function pairTodos(pairs: readonly Pair[], desk: Desk): Todo[] {
  return pairs.slice(0, mostPairs).map((pair) => ({
    key: `${pair.first.id} ${pair.second.id}`,
    rank,
    label: '同じ人かも',
    tone: 'plain',
    who: `${desk.nameOf(pair.second.id)} 様`,
    why: `二つの登録で${whyWords(pair)}`,
    act: 'くらべる',
    screen: 'seeker',
    params: { seeker: pair.second.id },
  }));
}
