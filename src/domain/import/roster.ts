/**
 * 職員の名簿: an organisation's own list of its staff, as its personnel section sends it (CSV by column map). Says what an
 * import would do before it does anything: new, changed, coming back, ending, the same, and the lines that do not read. Knows
 * no passwords, and ends nobody while a line cannot be read: the person on it might be the one.
 */
import type { Fields } from '../field.ts';
import { allFields, stateOf } from '../kind.ts';
import { staff } from '../kinds/staff.ts';
import { partOf, type Rec } from '../record.ts';
import { isSameValue, text, type Value, type Values } from '../value.ts';
import {
  guessColumns,
  readSheet,
  unmapped,
  type ColumnMap,
  type ColumnNames,
  type Sheet,
} from './sheet.ts';
import type { BadLine, Table } from './table.ts';

const { name, kana, role, post, validFrom, validTo } = allFields(staff) as Record<
  'name' | 'kana' | 'role' | 'post' | 'validFrom' | 'validTo',
  Fields[string]
>; // declared in the kind

export const rosterFields: Fields = {
  no: { type: 'text', label: '番号', max: 20, required: true },
  ...definedFields({ name, kana }),
  site: { type: 'text', label: '窓口', max: 60, required: true },
  ...definedFields({ role, post, validFrom, validTo }),
};

function definedFields(fields: Readonly<Record<string, Fields[string] | undefined>>): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, field]) => (field ? [[key, field] as const] : [])),
  );
}
