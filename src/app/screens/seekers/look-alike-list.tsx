/** Said before somebody is registered: who of the own file is like her, and by what. A tap takes that one instead. */
import { likenessLabels, type LookAlike } from '../../logic/look-alikes.ts';
import { List } from '../../ui/list.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SeekerRow } from './seeker-row.tsx';
import { useLastVisits } from './use-person.ts';

interface LookAlikesProps {
  readonly found: readonly LookAlike[];
  readonly onChoose: (id: string) => unknown;
}

export function LookAlikes({ found, onChoose }: LookAlikesProps) {
  const visited = useLastVisits();
  if (found.length === 0) return null;
  return (
    <div class="seekers-alike">
      <Notice
        tone="warning"
        title={`似ている方が${found.length}人います。登録ずみではありませんか。`}
      >
        <List label="似ている方">
          {found.map(({ record, why }) => (
            <SeekerRow
              key={record.id}
              record={record}
              visited={visited}
              why={why.map((key) => likenessLabels[key]).join('・')}
              onPress={() => void onChoose(record.id)}
            />
          ))}
        </List>
      </Notice>
    </div>
  );
}
