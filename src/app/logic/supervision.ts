/**
 * What the server tells a supervisor: her tablets' day, her colleagues' entries that wait, alarms. Parsed by schema; an
 * answer that does not fit is no answer. Then as lines in the order in which they want to be looked at.
 */
import * as v from 'valibot';
import { businessDateJst, jstTimeOfDay } from '../../domain/date.ts';
import { kindLabel } from '../../domain/kind-labels.ts';
import { fail, ok, problemText, type Problem, type Result } from '../../domain/problem.ts';
import type { Values } from '../../domain/value.ts';
import { formatDateJa } from '../../domain/wareki.ts';
import { epochStateResponse } from '../../sync/protocol.ts';
import type { Remedy } from './outbox-view.ts';

const time = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const tabletSchema = v.object({
  device: v.string(),
  name: v.string(),
  claimed: v.nullable(v.object({ count, at: time })),
  received: count,
  isMatched: v.boolean(),
  care: count,
  /** Of an older server: it does not say. */
  withdrawn: v.optional(count, 0),
  pushedAt: v.nullable(time),
});
const daySchema = v.object({ day: v.string(), tablets: v.array(tabletSchema) });
const repairSchema = v.object({
  entry: v.string(),
  author: v.string(),
  authorName: v.string(),
  isCounter: v.boolean(),
  site: v.string(),
  verb: v.string(),
  code: v.picklist(['conflict', 'blocked', 'rejected', 'quarantined']),
  occurredAt: time,
  businessDate: v.string(),
});
const repairsSchema = v.object({ repairs: v.array(repairSchema), limited: v.boolean() });
const isRecord = (value: unknown) => typeof value === 'object' && value !== null;
const movedSchema = v.object({ what: v.string(), by: v.optional(v.string()), at: time });
const openedSchema = v.object({
  entry: v.string(),
  problem: v.optional(v.custom<Problem>((value) => isRecord(value))),
  args: v.optional(v.custom<Values>((value) => isRecord(value))),
  /** Of an older server: it does not say. */
  seen: v.optional(v.custom<Values>((value) => isRecord(value))),
  moved: v.optional(movedSchema),
});
const whoSchema = v.object({ moved: v.optional(movedSchema) });
const alarmsSchema = v.object({
  alarms: v.array(
    v.object({
      id: v.string(),
      what: v.string(),
      at: time,
      deviceName: v.optional(v.string()),
      userName: v.optional(v.string()),
    }),
  ),
});

export type TabletDay = v.InferOutput<typeof tabletSchema>;
export type RepairLine = v.InferOutput<typeof repairSchema>;
export type Repairs = v.InferOutput<typeof repairsSchema>;
export type OpenedRepair = v.InferOutput<typeof openedSchema>;
export type Alarm = v.InferOutput<typeof alarmsSchema>['alarms'][number];

function fitting<T>(schema: v.GenericSchema<unknown, T>) {
  return (answer: Result<unknown>): Result<T> => {
    if (!answer.ok) return answer;
    const parsed = v.safeParse(schema, answer.value);
    return parsed.success ? ok(parsed.output) : fail({ code: 'malformed', reason: 'answer' });
  };
}

export const dayFrom = fitting(daySchema);
export const repairsFrom = fitting(repairsSchema);
export const openedFrom = fitting(openedSchema);
export const movedFrom = fitting(whoSchema);
export const alarmsFrom = fitting(alarmsSchema);
export const epochFrom = fitting(epochStateResponse);

export interface DayState {
  readonly tone: 'good' | 'warning' | 'danger' | 'plain';
  readonly words: string;
}

/** 「一致」 only where the same entries arrived, not only as many. */
export function dayState({ claimed, received, isMatched }: TabletDay): DayState {
  if (!claimed) return { tone: 'plain', words: '未報告' };
  if (isMatched) return { tone: 'good', words: '一致' };
  const missing = claimed.count - received;
  if (missing > 0) return { tone: 'danger', words: `不足 ${missing}件` };
  // More than it last spoke of: written or sent since then.
  if (missing < 0) return { tone: 'warning', words: `報告のあとに${-missing}件` };
  return { tone: 'danger', words: '内容が一致しません' };
}

/** By author, whoever has waited longest first; within one, oldest first. */
export function byAuthor(repairs: readonly RepairLine[]) {
  const sorted = repairs.toSorted((a, b) => a.occurredAt - b.occurredAt);
  const groups = new Map<string, RepairLine[]>();
  for (const line of sorted) {
    const own = groups.get(line.author);
    if (own) own.push(line);
    else groups.set(line.author, [line]);
  }
  return [...groups].map(([author, lines]) => ({
    author,
    name: authorWords(lines[0]),
    lines: lines as readonly RepairLine[],
  }));
}

export function authorWords(line: RepairLine | undefined): string {
  if (!line) return '';
  if (line.isCounter) return `受付（${line.authorName || '名前のない端末'}）`;
  return line.authorName || '（いまは所属していない職員）';
}

/** Who took the step that it came too late for; of another organisation nobody is named. */
export function movedWords({ what, by, at }: NonNullable<OpenedRepair['moved']>): string {
  const who = by === undefined ? 'ほかの組織の職員または受付' : `${by}さん`;
  const when = `${formatDateJa(businessDateJst(at))} ${jstTimeOfDay(at)}`;
  return `${who}が、${when}に「${what}」を記録しています。`;
}

/** Why a colleague's entry waits: the words for its author send her to her supervisor, who is the one that reads here. */
export function whatWaits(problem: Problem): string {
  if (problem.code === 'revoked')
    return '利用を止めたあとに届いた記録です。サーバーで預かっています。';
  return problemText(problem, kindLabel).what;
}

const pressWords: Readonly<Partial<Record<NonNullable<Remedy>, string>>> = {
  repair: '中身がよければ「引き取って直す」から送り、要らなければ取り下げてください。',
  again: 'まだ要るときだけ「引き取ってもう一度送る」を押し、要らなければ取り下げてください。',
};

/** With what her own buttons do about it. */
export function pressOf(problem: Problem, remedy: Remedy): string {
  return (remedy && pressWords[remedy]) ?? problemText(problem, kindLabel).press;
}

const alarmWords: Readonly<Record<string, readonly [what: string, press: string]>> = {
  fork: [
    '同じ利用者の記録が、二つの場所から届きました（端末が写されたおそれがあります）。どちらも残してあります。',
    'その端末で、パスワードで入りなおしてもらってください。',
  ],
  digest: [
    '端末の記録とサーバーの記録が食い違い、自動で直しました。',
    'くり返すときは、システムの担当者に知らせてください。',
  ],
  restore: [
    'サーバーを控えから戻しました。',
    'この画面のいちばん上に案内が出ているあいだは、それに従ってください。',
  ],
};

export function wordsOfAlarm({ what }: Alarm): readonly [what: string, press: string] {
  return (
    alarmWords[what] ?? ['サーバーが異常を見つけました。', 'システムの担当者に知らせてください。']
  );
}
