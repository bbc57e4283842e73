/**
 * Makes the tables, in the words that every database of ours understands: text, bigint, bytes, primary keys, indexes.
 * No trigger, no sequence, no generated column. A later change of the schema is a further numbered step.
 */
import { sql, type CreateTableBuilder, type Kysely } from 'kysely';
import type { Tables } from './schema.ts';

type Builder = CreateTableBuilder<string, string>;
type Bytes = 'blob' | 'bytea';

/** Column lists: `name` text, `name#` integer, `name*` bytes; a trailing ? allows null. */
const tables: Readonly<Record<keyof Tables, readonly [columns: string, key: string]>> = {
  meta: ['tenant name value', 'tenant name'],
  tenant_head: ['tenant area made_at#', 'tenant'],
  server_key: ['tenant id purpose public_key wrapped* made_at#', 'tenant id'],
  store: [
    'tenant store device user role org org_type site public_key state made_at# pushed_at#? pulled_at#? revoked_at#? revoked_by? offered_write? offered_access?',
    'tenant store',
  ],
  device: ['tenant device name site public_key admitted_by made_at#', 'tenant device'],
  device_code: ['tenant code issued_by org org_type site expires_at# used_by?', 'tenant code'],
  credential: ['tenant staff hash start#?', 'tenant staff'],
  lease: ['tenant id store lease sig', 'tenant id'],
  entry: [
    'tenant store lane seq# id hash header facts owner body* verdict verdict_seq# received_at# day?',
    'tenant store lane seq',
  ],
  supersede: ['tenant old entry', 'tenant old'],
  blocked: ['tenant entry kind id arrived#', 'tenant entry'],
  verdict_change: ['tenant store seq# entry', 'tenant store seq entry'],
  repair: [
    'tenant entry store author org site verb code at# state closed_by? closed_at#?',
    'tenant entry',
  ],
  epoch: ['tenant epoch before? made_at# sig state seq# released_by? opened_at#?', 'tenant epoch'],
  reoffer: [
    'tenant store lane seq# hash old_seq#? old_code? put_away#? request received_at#',
    'tenant store lane hash',
  ],
  closing_fact: ['tenant closing kind id facts', 'tenant closing kind id'],
  day_claim: ['tenant device day count# hash at#', 'tenant device day'],
  change: ['tenant seq# kind id part entry mark?', 'tenant seq'],
  change_scope: ['tenant scope seq# kind id part', 'tenant scope seq'],
  record_part: ['tenant id kind part rev# seq# person? facts? sealed*?', 'tenant id kind part'],
  part_scope: ['tenant scope kind id part', 'tenant scope kind id part'],
  record_person: ['tenant person kind id', 'tenant person kind id'],
  conflict: ['tenant entry problem at#', 'tenant entry'],
  alias: ['tenant kind id target', 'tenant kind id'],
  person_key: ['tenant person wrapped*', 'tenant person'],
  access_event: ['tenant id store user org action kind record at#', 'tenant id'],
  alarm: ['tenant id what details at#', 'tenant id'],
  survey: ['tenant id site month overall glad?', 'tenant id'],
  survey_comment: ['tenant id site month sealed*', 'tenant id'],
};

/** Rows lie in the order of their random ids: SQLite's own row numbers would tell the order of arrival. */
const unordered: readonly string[] = ['survey', 'survey_comment'];

const indexes: readonly (readonly [table: keyof Tables, columns: string, unique?: 'unique'])[] = [
  ['entry', 'tenant id', 'unique'],
  ['part_scope', 'tenant id kind part scope'],
  ['record_part', 'tenant kind part id'],
  ['record_person', 'tenant kind id'],
  ['access_event', 'tenant kind record'],
  ['store', 'tenant site'],
  ['store', 'tenant device'],
  ['entry', 'tenant store day'],
  ['blocked', 'tenant kind id'],
  ['repair', 'tenant org state'],
];

export async function migrate(database: Kysely<Tables>, bytes: Bytes): Promise<void> {
  for (const [name, [columns, key]] of Object.entries(tables)) {
    let builder: Builder = database.schema.createTable(name).ifNotExists();
    for (const column of columns.split(' ')) builder = withColumn(builder, column, bytes);
    const withKey = builder.addPrimaryKeyConstraint(`${name}_key`, key.split(' ') as never[]); // names come from the table above
    const isBare = bytes === 'blob' && unordered.includes(name);
    await (isBare ? withKey.modifyEnd(sql`without rowid`) : withKey).execute();
  }
  await addMissing(database, bytes);
  for (const [table, columns, unique] of indexes) {
    const named = database.schema.createIndex(`${table}_by_${columns.replaceAll(' ', '_')}`);
    const builder = named.ifNotExists().on(table).columns(columns.split(' '));
    await (unique ? builder.unique() : builder).execute();
  }
}

/** Columns that a table of an older release lacks; such a column allows null. */
async function addMissing(database: Kysely<Tables>, bytes: Bytes): Promise<void> {
  for (const table of await database.introspection.getTables()) {
    const declared = tables[table.name as keyof Tables]; // the database also names tables of its own
    if (!declared) continue;
    const present = new Set(table.columns.map((column) => column.name));
    for (const column of declared[0].split(' ')) {
      const name = column.replaceAll(/[#*?]/g, '');
      if (present.has(name)) continue;
      await database.schema.alterTable(table.name).addColumn(name, typeOf(column, bytes)).execute();
    }
  }
}

function typeOf(column: string, bytes: Bytes) {
  return column.includes('#') ? 'bigint' : column.includes('*') ? sql.raw(bytes) : 'text';
}

function withColumn(builder: Builder, column: string, bytes: Bytes): Builder {
  const name = column.replaceAll(/[#*?]/g, '');
  return builder.addColumn(name, typeOf(column, bytes), (made) =>
    column.includes('?') ? made : made.notNull(),
  );
}
