/** The events behind a figure: when and what, nobody's name. Long lists show the newest and say how many there are. */
import type { Fact } from '../../../domain/metrics/metric.ts';
import { eventRows } from '../../logic/count-view.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/list.tsx';
import { DateText } from '../../ui/text.tsx';

const most = 200;

interface EventListProps {
  readonly title: string;
  readonly note: string;
  readonly basis: string;
  readonly events: readonly Fact[];
  readonly onClose: () => void;
}

export function EventList({ title, note, basis, events, onClose }: EventListProps) {
  const rows = eventRows(events);
  return (
    <section class="events" aria-label={`${title}の内訳`}>
      <header class="events-head">
        <h3>{title}の内訳</h3>
        <Button kind="plain" size="small" onPress={onClose}>
          閉じる
        </Button>
      </header>
      <p class="quiet">{note}</p>
      <p class="quiet events-basis">根拠：{basis}</p>
      {rows.length === 0 ? (
        <Empty>数えた記録はありません。</Empty>
      ) : (
        <table class="table">
          <thead>
            <tr>
              <th scope="col">日</th>
              <th scope="col">時刻</th>
              <th scope="col">内容</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <tr key={row.id}>
                <td>
                  <DateText date={row.date} />
                </td>
                <td>{row.time}</td>
                <td>{row.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > most && (
        <p class="quiet">
          {rows.length}件のうち、新しい{most}件を表示しています。
        </p>
      )}
    </section>
  );
}
