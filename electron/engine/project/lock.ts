// One writer per project file: a lock that the system drops by itself when its process ends.
// A small SQLite file beside the project is held in an exclusive transaction; readers need no lock.
// The file is never removed: removing it could let two programs lock two files of the same name.
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../api/errors.ts';
import { storeError } from './store.ts';

export interface Lock {
  release(): void;
}

/** The lock, or null while another process (or window of this one) holds it. */
export function tryLock(projectPath: string): Lock | null {
  const path = `${projectPath}-lock`;
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { timeout: 0 });
    // No journal file: nothing is ever stored here.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      return null;
    throw lockError(error, path);
  }
  const held = database;
  return {
    release() {
      if (!held.open) return;
      held.exec('ROLLBACK');
      held.close();
    },
  };
}

/** Longest name that common disks take. Bytes. */
const MAX_NAME_BYTES = 255;

function lockError(error: unknown, path: string): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  if (Buffer.byteLength(basename(path)) > MAX_NAME_BYTES)
    return new AppError(
      'FILE_REFUSED',
      `The name of the project is too long for a disk, with the files beside it: ${path}. Choose a shorter one.`,
      { cause: error },
    );
  const known = storeError(error, path);
  if (known instanceof AppError && known.code === 'DISK_FULL') return known;
  return new AppError(
    'PROJECT_DAMAGED',
    `${path} says who is writing the project, and cannot be used (${error.message}). Move it away and try again.`,
    { cause: error },
  );
}
