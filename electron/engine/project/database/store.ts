// The seam to SQLite: everything else sees SQL, values and AppErrors, never the driver.
import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { AppError } from '../../../api/errors.ts';
import { addFunctions } from './functions.ts';

export type SqlValue = null | number | string | Uint8Array;

export interface Store {
  readonly path: string;
  readonly readOnly: boolean;
  run(sql: string, ...values: readonly SqlValue[]): { changes: number; lastId: number };
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined;
  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[];
  iterate<Row>(sql: string, ...values: readonly SqlValue[]): IterableIterator<Row>;
  /** Several statements without values. */
  execute(sql: string): void;
  pragma(text: string): unknown;
  /** Rows changed through this connection since it was opened: the same number = nothing was written. */
  changes(): number;
  /** All or nothing; a transaction inside another joins it. Durable on return. */
  transaction<T>(work: () => T): T;
  /**
   * A transaction that need not be on the disk yet when this returns: it survives the end of the
   * process, but a power cut may take it back. For what can be made again.
   */
  relaxed<T>(work: () => T): T;
  close(): void;
}

const BUSY_TIMEOUT_MS = 2000;

/**
 * Opens an SQLite file; made when missing unless `readOnly`. `fromCopy` is for a folder that cannot
 * be written, where SQLite cannot make the shared memory beside the file that its log needs.
 */
export function openStore(
  path: string,
  options: { readOnly?: boolean; fromCopy?: boolean } = {},
): Store {
  const readOnly = options.readOnly ?? options.fromCopy ?? false;
  const copy = options.fromCopy ? temporaryCopy(path) : null;
  const database = guarded(path, () => {
    if (copy === null) return new Database(path, { readonly: readOnly, timeout: BUSY_TIMEOUT_MS });
    const opened = new Database(copy.file);
    opened.pragma('query_only = ON');
    return opened;
  });
  // A file from elsewhere: its schema runs nothing of its own, and pages are checked as they are read.
  for (const pragma of ['trusted_schema = OFF', 'cell_size_check = ON'])
    guarded(path, () => database.pragma(pragma));
  addFunctions(database);
  // Built SQL (filters) comes in many forms: those not used for long are forgotten.
  const statements = new LRUCache<string, Database.Statement>({ max: 300 });
  const prepare = (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    path,
    readOnly,
    run: (sql, ...values) =>
      guarded(path, () => {
        const result = prepare(sql).run(...values);
        return { changes: result.changes, lastId: Number(result.lastInsertRowid) };
      }),
    get: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      guarded(path, () => prepare(sql).get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      guarded(path, () => prepare(sql).all(...values) as Row[]),
    // Its own statement: a running iterator keeps a cached one busy.
    iterate: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      guarded(path, () => database.prepare(sql).iterate(...values) as IterableIterator<Row>),
    execute: (sql) => guarded(path, () => void database.exec(sql)),
    pragma: (text) => guarded(path, () => database.pragma(text, { simple: true })),
    changes: () =>
      guarded(path, () => prepare('SELECT total_changes() AS n').get() as { n: number }).n,
    transaction: (work) =>
      guarded(path, () =>
        database.inTransaction ? work() : database.transaction(work).immediate(),
      ),
    relaxed: (work) =>
      guarded(path, () => {
        if (database.inTransaction) return work();
        database.pragma('synchronous = NORMAL');
        try {
          return database.transaction(work).immediate();
        } finally {
          database.pragma('synchronous = FULL');
        }
      }),
    close() {
      statements.clear();
      if (database.open) database.close();
      if (copy) rmSync(copy.folder, { recursive: true, force: true });
    },
  };
}

/** The file and what its log holds beyond it, in a folder of the system's temporary place. */
function temporaryCopy(path: string): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'salience-read-'));
  const file = join(folder, 'copy.salience');
  copyFileSync(path, file);
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${file}-wal`);
  return { folder, file };
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeError(error, path);
  }
}

/** Driver errors by what a person can do about them; others pass unchanged. */
export function storeError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!code.startsWith('SQLITE_')) return error;
  const because = (error as Error).message;
  if (code.startsWith('SQLITE_FULL'))
    return new AppError('DISK_FULL', 'The disk is full; the last change was not saved.', {
      cause: error,
    });
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new AppError('PROJECT_LOCKED', 'Another program is writing this project file.', {
      cause: error,
    });
  // Of a file in memory that the disk has no room for, too.
  if (code.startsWith('SQLITE_IOERR') && !code.startsWith('SQLITE_IOERR_READ'))
    return new AppError(
      'DISK_FULL',
      `The disk is full or has failed; the last change was not saved: ${path}`,
      { cause: error },
    );
  if (
    code.startsWith('SQLITE_IOERR_READ') ||
    code.startsWith('SQLITE_CORRUPT') ||
    code.startsWith('SQLITE_NOTADB')
  )
    return new AppError(
      'PROJECT_DAMAGED',
      `The project file cannot be read (${because}): ${path}`,
      { cause: error },
    );
  if (code.startsWith('SQLITE_READONLY'))
    return new AppError('PROJECT_READ_ONLY', 'This project is open read-only.', { cause: error });
  if (code.startsWith('SQLITE_CANTOPEN'))
    return new AppError('PROJECT_DAMAGED', `The project file cannot be opened: ${path}`, {
      cause: error,
    });
  if (code.startsWith('SQLITE_IOERR'))
    return new AppError(
      'DISK_FULL',
      `The disk did not take the last change (${because}); it may be full or gone. Make room or put it back: ${path}`,
      { cause: error },
    );
  return error;
}
