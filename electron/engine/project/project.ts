// An open project: its file, its folder of images and the history of its log.
import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../api/errors.ts';
import type { ProjectId, Revision } from '../../api/types.ts';
import type { History, LogMark } from './history.ts';
import { extend, historyOf } from './history.ts';
import type { Lock } from './lock.ts';
import { tryLock } from './lock.ts';
import { migrate } from './migrations.ts';
import type { Store } from './store.ts';
import { openStore } from './store.ts';

export interface Project {
  readonly store: Store;
  /** This file at this place. A copy has the same `uid`, but is another project. */
  readonly id: ProjectId;
  /** Identity for caches; stays when the folder or the file moves. */
  readonly uid: string;
  readonly readOnly: boolean;
  /** Why it is read-only, for the banner; null when it can be written. */
  readonly readOnlyReason: string | null;
  folder(): string;
  setFolder(folder: string): void;
  meta(key: string): string | null;
  setMeta(key: string, value: string): void;
  revision(): Revision;
  history(): History;
  /** Keeps the history in step after a commit. */
  note(mark: LogMark): void;
  close(): void;
}

/** Steps whose order is kept in memory; older ones stay in the log but can no longer be undone. */
const HISTORY_ENTRIES = 4000;

/** Where the project of a folder lies when nobody chose a place. */
export function projectFileFor(userDataFolder: string, folder: string): string {
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
  return join(userDataFolder, 'projects', `${name}.salience`);
}

/**
 * Opens (or makes, when `folder` is given) a project file. A file that cannot be written, or that
 * another program is writing, opens read-only. Throws PROJECT_TOO_NEW, PROJECT_DAMAGED.
 */
export async function openProject(options: {
  file: string;
  folder: string | null;
  mustWrite?: boolean;
}): Promise<Project> {
  const { file } = options;
  const exists = await stat(file).then(
    (info) => info.isFile(),
    () => false,
  );
  if (!exists && options.folder === null)
    throw new AppError('PROJECT_DAMAGED', `There is no project file ${file}.`);
  await mkdir(dirname(file), { recursive: true });
  const fileWritable = !exists || (await canWrite(file));
  const folderWritable = await canWrite(dirname(file));
  let lock: Lock | null = null;
  let reason: string | null = null;
  if (!fileWritable || !folderWritable)
    reason = 'The project file is on a place that cannot be written.';
  else {
    lock = tryLock(file);
    if (!lock) reason = 'Another Salience is working on this project.';
  }
  if (reason !== null && options.mustWrite)
    throw new AppError(
      lock || !fileWritable || !folderWritable ? 'PROJECT_READ_ONLY' : 'PROJECT_LOCKED',
      reason,
    );
  try {
    const store = openStore(file, {
      readOnly: reason !== null,
      fromCopy: reason !== null && !folderWritable,
    });
    try {
      return assemble(store, lock, reason, options.folder);
    } catch (error) {
      store.close();
      throw error;
    }
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function assemble(
  store: Store,
  lock: Lock | null,
  reason: string | null,
  folder: string | null,
): Project {
  // Checks the kind and version before anything is changed in the file.
  migrate(store);
  if (!store.readOnly) {
    store.pragma('journal_mode = WAL');
    store.pragma('synchronous = FULL');
  }
  store.pragma('foreign_keys = ON');
  store.pragma('cache_size = -65536');
  store.pragma('temp_store = MEMORY');
  const meta = (key: string) =>
    store.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null;
  const setMeta = (key: string, value: string) => {
    store.run(
      'INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
      key,
      value,
    );
  };
  if (!store.readOnly) {
    if (meta('uid') === null) setMeta('uid', randomUUID());
    if (folder !== null && meta('folder') !== folder) setMeta('folder', folder);
  }
  let current = folder ?? meta('folder') ?? dirname(store.path);
  let history = readHistory(store);
  const uid = meta('uid') ?? createHash('sha256').update(store.path).digest('hex').slice(0, 32);
  return {
    store,
    id: projectIdOf(uid, store.path),
    uid,
    readOnly: store.readOnly,
    readOnlyReason: reason,
    folder: () => current,
    setFolder(next) {
      setMeta('folder', next);
      current = next;
    },
    meta,
    setMeta,
    revision: () =>
      store.get<{ n: number }>('SELECT coalesce(max(revision), 0) AS n FROM log')!.n as Revision,
    history: () => history,
    note(mark) {
      history = extend(history, mark);
    },
    close() {
      try {
        if (!store.readOnly) store.pragma('wal_checkpoint(TRUNCATE)');
      } catch (error) {
        // No room to fold the log into the file: it stays beside it, whole, for the next start.
        if (!(error instanceof AppError && error.code === 'DISK_FULL')) throw error;
      } finally {
        store.close();
        lock?.release();
      }
    },
  };
}

function readHistory(store: Store): History {
  const marks = store.all<LogMark>(
    `SELECT revision, step, kind, target, client_id AS clientId FROM log WHERE kind <> 'note'
     ORDER BY revision DESC LIMIT ${HISTORY_ENTRIES}`,
  );
  return historyOf(marks.reverse());
}

function projectIdOf(uid: string, path: string): ProjectId {
  const digest = createHash('sha256')
    .update(`${uid}\n${resolve(path)}`)
    .digest('hex');
  return digest.slice(0, 16) as ProjectId;
}

async function canWrite(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Name shown for a project: its folder's. */
export function projectName(project: Project): string {
  return project.meta('name') ?? (basename(project.folder()) || 'Project');
}
