// One writer per project file: a lock that the system drops by itself when its process ends.
// A small SQLite file beside the project is held in an exclusive transaction; readers need no lock.
// The file is never removed: removing it could let two programs lock two files of the same name.
import Database from 'better-sqlite3';
import { AppError } from '../../../api/errors.ts';

export interface Lock {
  release(): void;
}

/** The lock, or null while another process (or window of this one) holds it. */
export function tryLock(projectPath: string): Lock | null {
  const path = `${projectPath}-lock`;
  const database = openLock(path);
  try {
    // No journal file: nothing is ever stored here.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      return null;
    throw unusable(path, error);
  }
  return {
    release() {
      if (!database.open) return;
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

function openLock(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 });
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, cause: unknown): AppError {
  const because = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'PROJECT_LOCKED',
    `The lock file beside the project cannot be used (${because}). Remove ${path} when no Salience is running, or choose a shorter project name.`,
    { cause },
  );
}
