/** 公式の集計: computed by the server over all tablets, with what is missing said beside it; CSV to take away. */
import { useEffect, useState } from 'preact/hooks';
import { codeLabel } from '../../../domain/codes.ts';
import { breakdowns } from '../../../domain/metrics/breakdown.ts';
import { partOf, sitesOf } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { monthOfPeriod } from '../../logic/count-month.ts';
import { grouped } from '../../logic/count-view.ts';
import { namesOf } from '../../logic/names-of.ts';
import { formatCount } from '../../../domain/figures.ts';
import type { Period } from '../../../domain/metrics/metric.ts';
import type { Problem } from '../../../domain/problem.ts';
import {
  csvFrom,
  officialFrom,
  type Official,
  type OfficialRate,
  type OfficialRow,
} from '../../logic/official-counts.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { DateText, TimeText } from '../../ui/text.tsx';
import { Closings } from './closings.tsx';
import { Compare } from './compare.tsx';
import { FigureGroups } from './figure-groups.tsx';
import { RateRow } from './figure-table.tsx';
import { Month } from './month.tsx';
import { saveFile } from './save-file.ts';
import { TabletTimes } from './tablet-times.tsx';

interface Answer {
  readonly official: Official | undefined;
  readonly problem: Problem | undefined;
}

const unreadable: Problem = { code: 'malformed', reason: 'counts' };

function useOfficial(period: Period, site: string) {
  const session = useSession();
  const [answer, setAnswer] = useState<Answer>();
  const [busy, setBusy] = useState(false);
  const query = new URLSearchParams({ ...period, site });
  const asked = async <T,>(path: string, read: (value: unknown) => T | undefined) => {
    setBusy(true);
    const result = await session.ask(`${path}?${query}`);
    setBusy(false);
    const value = result.ok ? read(result.value) : undefined;
    return {
      value,
      problem: result.ok ? (value === undefined ? unreadable : undefined) : result.problem,
    };
  };
  const show = async () => {
    const { value, problem } = await asked('/api/counts', officialFrom);
    setAnswer({ official: value, problem });
  };
  const download = async () => {
    const { value, problem } = await asked('/api/counts.csv', csvFrom);
    if (value === undefined) return setAnswer({ official: answer?.official, problem });
    const name = `counts-${period.from}-${period.to}.csv`;
    return session.logAccess('export', { kind: 'counts', ...period }).then(
      () => saveFile(name, value, 'text/csv;charset=utf-8'),
      () => setAnswer({ official: answer?.official, problem: { code: 'storageBroken' } }),
    );
  };
  useEffect(() => {
    // What stands there is another counter's.
    setAnswer(undefined);
    void show();
  }, [site]);
  return { answer, busy, show, download };
}

export function OfficialCounts({ period }: { readonly period: Period }) {
  const { actor, get } = useSession();
  const [site, setSite] = useState(actor.site);
  const { answer, busy, show, download } = useOfficial(period, site);
  const month = monthOfPeriod(period);
  const onChanged = () => void show();
  const counters = sitesOf(actor).map((code) => ({ code, label: namesOf(get)('site', code) }));
  return (
    <Section
      title={
        <>
          公式の集計（
          <DateText date={period.from} />
          {period.from !== period.to && (
            <>
              〜<DateText date={period.to} />
            </>
          )}
          ）
        </>
      }
    >
      <p class="quiet">サーバーが全部の端末の記録から数えます。つながっているときだけ使えます。</p>
      {counters.length > 1 && (
        <Chips label="窓口" options={counters} value={site} onChange={setSite} />
      )}
      <div class="official-actions">
        <Button busy={busy} onPress={show}>
          数えなおす
        </Button>
        <Button busy={busy} onPress={download}>
          CSVで書き出す
        </Button>
      </div>
      <ProblemNotice problem={answer?.problem} />
      {answer?.official && (
        <>
          <OfficialTable official={answer.official} />
          {month && <Month {...{ site, month, onChanged }} official={answer.official} />}
          {month && <Compare site={site} month={month} official={answer.official} />}
          <Closings site={site} official={answer.official} period={period} onChanged={onChanged} />
        </>
      )}
    </Section>
  );
}

function OfficialTable({ official }: { readonly official: Official }) {
  const groups = grouped<OfficialRow, OfficialRate>(
    official.rows,
    official.rates,
    (item) => item.group,
    (row) => row.value === 0 && row.unknown === 0 && row.late === 0,
  );
  return (
    <div class="official">
      <FigureGroups
        caption="公式の集計"
        columns={['未照合', '区分ごと']}
        groups={groups}
        preview={(row) => `${row.label} ${formatCount(row.value)}${row.unit}`}
        figure={(row) => <CountRows key={row.metric} row={row} />}
        rate={(rate) => (
          <RateRow key={rate.rate} {...rate}>
            <td colSpan={2} />
          </RateRow>
        )}
      />
      <Completeness official={official} />
    </div>
  );
}

/** The figure, and below it, when opened, its rule in words and its tables: nobody reads a cell without the rule. */
function CountRows({ row }: { readonly row: OfficialRow }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <tr class={isOpen ? 'is-open' : undefined}>
        <th scope="row">{row.label}</th>
        <td class="figure-number">
          <strong>{formatCount(row.value)}</strong>
          <span class="unit">{row.unit}</span>
          {row.late !== 0 && (
            <span class="official-late quiet">
              締め後 {row.late > 0 && '＋'}
              {formatCount(row.late)}
            </span>
          )}
        </td>
        <td class="figure-unknown">{row.unknown > 0 && `${formatCount(row.unknown)}件`}</td>
        <td>
          <button
            type="button"
            class="figure-open"
            aria-label={`${row.label}の区分`}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? '閉じる' : '開く'}
            <Icon name="next" />
          </button>
        </td>
      </tr>
      {isOpen && <Breakdowns row={row} />}
    </>
  );
}

function Breakdowns({ row }: { readonly row: OfficialRow }) {
  const label = useCellLabel();
  return (
    <tr class="official-cells">
      <td colSpan={4}>
        <p class="quiet">{row.note}</p>
        {row.breakdowns.map((table) => (
          <dl key={table.name} aria-label={`${row.label} ${table.label}`}>
            <dt class="quiet">
              {table.label}
              {table.note && `（${table.note}）`}
            </dt>
            {table.cells.map((cell) => (
              <dd key={cell.code}>
                {label(table.name, cell.code)}{' '}
                {cell.value === undefined ? '少数のため非表示' : formatCount(cell.value)}
              </dd>
            ))}
          </dl>
        ))}
      </td>
    </tr>
  );
}

function useCellLabel(): (table: string, code: string) => string {
  const { get } = useSession();
  const nameOf = namesOf(get);
  return (table, code) => {
    const { list, ref, without } = breakdowns.find((one) => one.name === table) ?? {};
    if (code === '') return without ?? '未入力';
    if (ref === 'event')
      return text(partOf(get('event', code), 'facts')['eventName']) ?? '（催し）';
    if (list) return codeLabel(list, code);
    return ref === 'programme'
      ? (text(partOf(get('programme', code), 'facts')['programmeName']) ?? '（事業）')
      : nameOf('organisation', code);
  };
}

function Completeness({ official }: { readonly official: Official }) {
  return (
    <Notice
      tone={official.quarantined > 0 ? 'warning' : 'accent'}
      title={official.provisional ? '速報です（締めていない日があります）' : '確定した数字です'}
    >
      <p>
        集計 <TimeText at={official.asOf} withDate />
      </p>
      {official.quarantined > 0 && <p>確認待ちの記録が{official.quarantined}件あります。</p>}
      <TabletTimes tablets={official.tablets} />
      {official.provisional && <p>端末から、まだ届いていない記録があるかもしれません。</p>}
    </Notice>
  );
}
