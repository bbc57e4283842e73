/** Pairs of registrations on this tablet that may be one person, worked out anew only when people or answers change. */
import { useMemo } from 'preact/hooks';
import { possiblePairs, type Pair } from '../../logic/duplicates.ts';
import { useSession } from '../../state/context.ts';

export function usePossiblePairs(): readonly Pair[] {
  const { all, actor } = useSession();
  const [seekers, said] = [all('seeker').value, all('seekerPair').value];
  return useMemo(() => possiblePairs(seekers, said, actor.org), [seekers, said, actor.org]);
}

const names = {
  kana: 'フリガナ',
  name: '氏名',
  birth: '生年月日',
  phone: '電話の下4けた',
} as const;

export const whyWords = ({ why }: Pick<Pair, 'why'>) =>
  `${why.map((key) => names[key]).join('・')}が同じ`;
