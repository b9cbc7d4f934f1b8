// Whether a project file has exactly the tables of its version. A file from elsewhere may hold views
// that never end, triggers that change what is written, or tables of another shape: none is run or read.
import { AppError } from '../../../api/errors.ts';
import { openStore, type Store } from './store.ts';

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/** SQLite's own tables; people may have run ANALYZE. */
const OWN = /^sqlite_/;

/**
 * Compares tables, indexes and triggers of `store` with those that `build` makes in an empty database, by their
 * text. Throws PROJECT_DAMAGED naming the first that differs; tables that no version has are let be.
 */
export function checkSchema(store: Store, build: (empty: Store) => void): void {
  const empty = openStore(':memory:');
  try {
    build(empty);
    const expected = schemaOf(empty);
    const found = schemaOf(store);
    for (const [key, { type, name }] of found)
      if ((type === 'view' || type === 'trigger') && !expected.has(key))
        throw damaged(store, `it has the ${type} "${name}", which no Salience makes`);
    for (const [key, { type, name, sql }] of expected) {
      const there = found.get(key);
      if (!there) throw damaged(store, `the ${type} "${name}" is missing`);
      if (plain(there.sql) !== plain(sql))
        throw damaged(store, `the ${type} "${name}" has another form than Salience gives it`);
    }
  } finally {
    empty.close();
  }
}

function schemaOf(store: Store): Map<string, SchemaRow> {
  const rows = store.all<SchemaRow>('SELECT type, name, sql FROM sqlite_schema');
  return new Map(
    rows.filter(({ name }) => !OWN.test(name)).map((row) => [`${row.type} ${row.name}`, row]),
  );
}

const plain = (sql: string | null) => sql?.replace(/\s+/g, ' ').trim() ?? '';

function damaged(store: Store, what: string): AppError {
  return new AppError(
    'PROJECT_DAMAGED',
    `This is no sound project file: ${what}. Open a copy that Salience saved: ${store.path}`,
  );
}
