/** Ids of the area's organisations, counters and staff put into words; an unknown one is never shown as a bare id. */
import { partOf, type Rec } from '../../domain/record.ts';
import { text, type Value } from '../../domain/value.ts';

export type NameOf = (kind: 'organisation' | 'site' | 'staff', id: Value | undefined) => string;

const unknown = { organisation: '（組織）', site: '（窓口）', staff: '' } as const;

export function namesOf(get: (kind: string, id: string) => Rec | undefined): NameOf {
  return (kind, id) => {
    const key = text(id);
    const name = key && text(partOf(get(kind, key), 'facts')['name']);
    return name || unknown[kind];
  };
}
