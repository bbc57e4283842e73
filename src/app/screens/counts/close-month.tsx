/**
 * 月を締める: every day of the month that nobody closed gets a reason, weekends without a visit their own one. What is chosen
 * is a draft. The figures are the server's, so it is sent at once.
 */
import { useState } from 'preact/hooks';
import { codesOf } from '../../../domain/codes.ts';
import { pick } from '../../../domain/field.ts';
import { verbNamed } from '../../../domain/kinds/index.ts';
import { monthClosingId } from '../../../domain/kinds/day-closing.ts';
import { text, type Values } from '../../../domain/value.ts';
import { formatDateJa, formatMonthJa } from '../../../domain/wareki.ts';
import { DraftNotice } from '../../form/form-fields.tsx';
import { useForm, type Form } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import type { OpenDay } from '../../logic/count-month.ts';
import { useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';

interface CloseMonthProps {
  readonly site: string;
  readonly month: string;
  readonly days: readonly OpenDay[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const fields = pick(verbNamed('monthClosing.close')?.args ?? {}, ['missingDays']);

const rowsOf = (values: Values): readonly Values[] => {
  const rows = values['missingDays'];
  return Array.isArray(rows) ? rows.map((row: Values) => row) : [];
};
const reasonOf = (form: Form, date: string) =>
  text(rowsOf(form.values).find(({ day }) => day === date)?.['why']);

function setReasons(form: Form, dates: readonly string[], why: string): void {
  const others = rowsOf(form.values).filter(({ day }) => !dates.includes(text(day) ?? ''));
  form.set('missingDays', [...others, ...(why ? dates.map((day) => ({ day, why })) : [])]);
}

function useClosing({ site, month, days, onDone }: CloseMonthProps) {
  const tablet = useTablet();
  const guessed = days.flatMap(({ date, usual }) => (usual ? [{ day: date, why: usual }] : []));
  const form = useForm({
    fields,
    initial: { missingDays: guessed },
    draftKey: `monthClosing.close ${site} ${month}`,
  });
  const write = useWrite(form);
  const without = days.map(({ date }) => date).filter((date) => !reasonOf(form, date));
  const save = async () => {
    if (without.length > 0) return write.setProblem(unreasoned(without));
    const missingDays = days.map(({ date }) => ({ day: date, why: reasonOf(form, date) ?? '' }));
    const args = { id: monthClosingId(site, month), month, missingDays };
    if ((await write.save('monthClosing.close', args, { message: '締めました' })) === undefined)
      return;
    await tablet.syncNow();
    onDone();
  };
  return { form, write, without, save };
}

const unreasoned = (dates: readonly string[]) =>
  ({
    code: 'invalidFields',
    fields: [
      {
        field: 'missingDays',
        reason: `理由を選んでいない日があります（${dates.map(formatDateJa).join('、')}）。`,
      },
    ],
  }) as const;

export function CloseMonth(props: CloseMonthProps) {
  const { form, write, without, save } = useClosing(props);
  const { days, month, onClose } = props;
  const usual = days.filter((day) => day.usual);
  return (
    <Sheet
      title={`${formatMonthJa(`${month}-01`)}を締める`}
      size="narrow"
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          月を締める
        </Button>
      }
    >
      <DraftNotice form={form} />
      {days.length === 0 && <p>この月の日は、すべて締めてあります。</p>}
      <Unclosed form={form} days={days.filter((day) => !day.usual)} without={without} />
      {usual.length > 0 && (
        <details class="month-usual">
          <summary>来所のない土曜・日曜 {usual.length}日は「閉所日」にします</summary>
          <Days form={form} days={usual} />
        </details>
      )}
      <p>
        締めると、この月の数字は確定します。あとから届いた記録は、数字を変えずに横に並べます。月の締めも、理由を付けて解けます。
      </p>
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

const reasons = codesOf('missingDayReason');

interface UnclosedProps {
  readonly form: Form;
  readonly days: readonly OpenDay[];
  readonly without: readonly string[];
}

/** One by one, or all that are left at once; the row of chips stays where it is drawn. */
function Unclosed({ form, days, without }: UnclosedProps) {
  const [hasMany] = useState(without.length > 2);
  if (days.length === 0) return null;
  return (
    <>
      <p>締めていない日が{days.length}日あります。それぞれ理由を選んでください。</p>
      {hasMany && (
        <Chips
          label={`まだ選んでいない${without.length}日をまとめて`}
          options={reasons}
          value={undefined}
          onChange={(why) => setReasons(form, without, why)}
        />
      )}
      <Days form={form} days={days} />
    </>
  );
}

function Days({ form, days }: { readonly form: Form; readonly days: readonly OpenDay[] }) {
  return (
    <ul class="month-days">
      {days.map(({ date, visits }) => (
        <li key={date}>
          <label>
            <span>
              {formatDateJa(date)}
              {visits > 0 && <span class="quiet">　来所の記録 {visits}件</span>}
            </span>
            <select
              class="input"
              value={reasonOf(form, date) ?? ''}
              onChange={(event) => setReasons(form, [date], event.currentTarget.value)}
            >
              <option value="">えらんでください</option>
              {reasons.map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </li>
      ))}
    </ul>
  );
}
