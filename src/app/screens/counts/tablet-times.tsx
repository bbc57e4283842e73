/** One time per tablet, the same wherever figures are shown: when the server last heard of it. */
import type { TabletState } from '../../logic/official-counts.ts';
import { TimeText } from '../../ui/text.tsx';

interface TabletTimesProps {
  readonly tablets: readonly TabletState[];
  /** Those that have not been heard of for the day. */
  readonly missing?: readonly TabletState[];
}

export function TabletTimes({ tablets, missing = [] }: TabletTimesProps) {
  return (
    <>
      <p>最後につながった時刻</p>
      <ul class="tablet-times">
        {tablets.map((one, index) => (
          <li key={index}>
            {one.name}：
            {one.heardAt === undefined ? '一度もなし' : <TimeText at={one.heardAt} withDate />}
            {missing.includes(one) && '　まだ'}
          </li>
        ))}
      </ul>
    </>
  );
}
