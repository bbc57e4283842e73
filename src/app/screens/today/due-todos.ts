/** What the kinds of the shelves say is due, as lines of 今日: overdue first; what is kept at an hour stands in the day's line. */
import { daysBetween } from '../../../domain/date.ts';
import { peopleOf } from '../../../domain/kind.ts';
import type { DueRecord } from '../../logic/record-due.ts';
import { daysLeft } from '../../logic/days.ts';
import type { Appointment, Desk, Todo } from './todo.ts';

const isAtHour = ({ due }: DueRecord, today: string) =>
  due.time !== undefined && due.date === today;

const when = (date: string, today: string) => (date === today ? '今日' : daysLeft(date, today));

export function dueTodos(found: readonly DueRecord[], desk: Desk): readonly Todo[] {
  return found
    .filter((one) => !isAtHour(one, desk.today))
    .map(({ kind, record, due }) => {
      const late = daysBetween(due.date, desk.today);
      const [person] = peopleOf(kind, record);
      const summary = kind.summary(record);
      return {
        key: record.id,
        rank: 35 - Math.min(late, 25),
        label: kind.label,
        tone: late > 0 ? 'danger' : late === 0 ? 'warning' : 'plain',
        who: person === undefined ? summary : `${desk.nameOf(person)} 様`,
        why: [person === undefined ? '' : summary, when(due.date, desk.today)]
          .filter(Boolean)
          .join('・'),
        act: due.word,
        screen: 'records',
        params: { kind: kind.name, id: record.id },
      };
    });
}

export function dueAppointments(found: readonly DueRecord[], desk: Desk): readonly Appointment[] {
  return found
    .filter((one) => isAtHour(one, desk.today))
    .map(({ kind, record, due }) => {
      const [person] = peopleOf(kind, record);
      return {
        key: record.id,
        time: due.time ?? '',
        who: person === undefined ? kind.label : desk.nameOf(person),
        // The hour stands before it.
        what: kind
          .summary(record)
          .replace(due.time ?? '', '')
          .trim(),
        seeker: person,
        open: { kind: kind.name, id: record.id },
      };
    });
}
