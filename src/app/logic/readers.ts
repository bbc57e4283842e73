/** The server's answer to who had read a record, taken apart carefully: what does not fit is left out, never guessed. */
import { isObject } from '../../domain/value.ts';

export interface Reader {
  readonly user: string;
  readonly did: string;
  readonly at: number;
}

const deeds: Readonly<Record<string, string>> = {
  view: '見た',
  print: '印刷した',
  export: '書き出した',
  search: '探した',
  handOver: 'ファイルで渡した',
  takeOver: 'ファイルで受け取った',
};

export function readersFrom(answer: unknown): readonly Reader[] {
  const list = isObject(answer) ? answer['readers'] : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    if (!isObject(item)) return [];
    const { user, action, occurredAt } = item;
    return typeof user === 'string' && typeof occurredAt === 'number'
      ? [{ user, did: deeds[String(action)] ?? '使った', at: occurredAt }]
      : [];
  });
}

/** Newest first, each once; what happened before the record was made cannot have been a reading of it. */
export function readersSince(
  readers: readonly Reader[],
  made: number | undefined,
): readonly Reader[] {
  const found = new Map(
    readers.map((reader) => [`${reader.user} ${reader.did} ${reader.at}`, reader]),
  );
  return [...found.values()]
    .filter((reader) => reader.at >= (made ?? 0))
    .sort((a, b) => b.at - a.at);
}
