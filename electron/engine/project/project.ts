// An open project: its file, its folder of images and the history of its log.
import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { AppError } from '../../api/errors.ts';
import type { ProjectId, Revision } from '../../api/types.ts';
import type { History, LogMark } from './log/history.ts';
import { extend, historyOf } from './log/history.ts';
import type { Lock } from './database/lock.ts';
import { tryLock } from './database/lock.ts';
import { folding } from './database/folding.ts';
import { migrate } from './database/migrations.ts';
import { releaseParked } from './parked.ts';
import type { Store } from './database/store.ts';
import { openStore } from './database/store.ts';
import { isFolder } from '../../files/isFolder.ts';

export interface Project {
  readonly store: Store;
  /** This file at this place. A copy has the same `uid`, but is another project. */
  readonly id: ProjectId;
  /** Identity for caches; stays when the folder or the file moves. */
  readonly uid: string;
  readonly readOnly: boolean;
  /** Why it is read-only, for the banner; null when it can be written. */
  readonly readOnlyReason: string | null;
  /** Another program writes it, and can be asked to let go. */
  readonly heldElsewhere: boolean;
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

const IN_USE = 'Another Salience is working on this project.';

/** Where the project of a folder lies when nobody chose a place. */
export function projectFileFor(userDataFolder: string, folder: string): string {
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
  return join(userDataFolder, 'projects', `${name}.salience`);
}

/**
 * Opens (or makes, when `folder` is given) a project file. A file that cannot be written, or that
 * another program is writing, opens read-only. Throws PROJECT_TOO_NEW, PROJECT_DAMAGED,
 * PROJECT_OF_OTHER_FOLDER.
 */
export async function openProject(options: {
  file: string;
  folder: string | null;
  /** Refuses a file that another program writes. */
  alone?: boolean;
  /** Refuses any file that cannot be written. */
  mustWrite?: boolean;
  /** Already in the caller's hands; the project's from here on when it can be written, else still the caller's. */
  lock?: Lock;
  /** Opens it read-only for this reason, and leaves its lock to others. */
  lookBecause?: string;
}): Promise<Project> {
  await mkdir(dirname(options.file), { recursive: true });
  const file = await realFile(options.file);
  const info = await stat(file).catch(() => null);
  const exists = info?.isFile() ?? false;
  if (!exists && options.folder === null)
    throw new AppError('PROJECT_DAMAGED', `There is no project file ${file}.`);
  if (info?.size === 0 && options.folder === null)
    throw new AppError('PROJECT_DAMAGED', `This file is empty, no project: ${file}`);
  const folderWritable = await canWrite(dirname(file));
  const fileWritable = folderWritable && (!exists || (await canWrite(file)));
  const way = options.lookBecause ?? whyNotWritten(fileWritable, info?.nlink ?? 1);
  const lock = way === null ? (options.lock ?? tryLock(file)) : null;
  const reason = way ?? (lock === null ? IN_USE : null);
  const heldElsewhere = reason === IN_USE || options.lookBecause !== undefined;
  if (reason === IN_USE && (options.alone || options.mustWrite))
    throw new AppError('PROJECT_LOCKED', reason);
  if (reason !== null && options.mustWrite) throw new AppError('PROJECT_READ_ONLY', reason);
  try {
    const store = openStore(file, {
      readOnly: reason !== null,
      fromCopy: reason !== null && !folderWritable,
    });
    try {
      // Checks the kind and version before anything is changed in the file.
      migrate(store);
      const folder = await folderOf(store, options.folder);
      return assemble(store, lock, { reason, heldElsewhere }, folder);
    } catch (error) {
      store.close();
      throw error;
    }
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** What keeps everybody from writing this file; null = nothing but another program's lock may. */
function whyNotWritten(writable: boolean, names: number): string | null {
  if (!writable)
    return 'The project file is on a place that cannot be written: copy it to a folder of yours to edit it.';
  // The log of changes lies beside a name: two names of one file would each have a log of their own.
  if (names > 1)
    return 'This project file has another name (a hard link), and writing through two names would damage it. Make a copy of the file and open that.';
  return null;
}

interface Looking {
  readonly reason: string | null;
  readonly heldElsewhere: boolean;
}

function assemble(store: Store, lock: Lock | null, looking: Looking, folder: string): Project {
  if (!store.readOnly) {
    store.pragma('journal_mode = WAL');
    store.pragma('synchronous = FULL');
  }
  store.pragma('foreign_keys = ON');
  store.pragma('cache_size = -65536');
  store.pragma('temp_store = MEMORY');
  const meta = (key: string) => metaOf(store, key);
  const setMeta = (key: string, value: string) => {
    store.run(
      'INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
      key,
      value,
    );
  };
  const rememberFolder = (path: string) => {
    const beside = relative(dirname(store.path), path);
    if (meta('folder') !== path) setMeta('folder', path);
    if (meta('folderBeside') !== beside) setMeta('folderBeside', beside);
  };
  if (!store.readOnly) {
    if (meta('uid') === null) setMeta('uid', randomUUID());
    rememberFolder(folder);
    // Whoever had something in hand is gone with the program that had this file open.
    releaseParked(store);
  }
  const fold = folding(store);
  let current = folder;
  let history = readHistory(store);
  const uid = meta('uid') ?? createHash('sha256').update(store.path).digest('hex').slice(0, 32);
  return {
    store,
    id: projectIdOf(uid, store.path),
    uid,
    readOnly: store.readOnly,
    readOnlyReason: looking.reason,
    heldElsewhere: looking.heldElsewhere,
    folder: () => current,
    setFolder(next) {
      rememberFolder(next);
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
      fold.stop();
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

/** The file by its one real name; a new file by the real name of its folder. */
async function realFile(file: string): Promise<string> {
  return realpath(file).catch(async () => join(await realpath(dirname(file)), basename(file)));
}

const metaOf = (store: Store, key: string): string | null =>
  store.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null;

/**
 * The project's folder of images: `asked`, unless the project belongs to another one that is still
 * there; else the one it remembers, by its full path or as it lies from the project file.
 * Throws PROJECT_OF_OTHER_FOLDER.
 */
async function folderOf(store: Store, asked: string | null): Promise<string> {
  const home = dirname(store.path);
  const known = metaOf(store, 'folder');
  const beside = metaOf(store, 'folderBeside');
  if (asked === null) {
    if (known === null) return home;
    if (beside === null || (await isFolder(known))) return known;
    const moved = resolve(home, beside);
    return (await isFolder(moved)) ? moved : known;
  }
  if (known === null || known === asked || !(await isFolder(known))) return asked;
  const [knownReal, askedReal] = await Promise.all([known, asked].map((path) => realpath(path)));
  if (knownReal === askedReal) return known;
  throw new AppError(
    'PROJECT_OF_OTHER_FOLDER',
    `${basename(store.path)} belongs to the folder ${known}, not to ${asked}. Name another project file, on the command line with --project or --out.`,
  );
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
