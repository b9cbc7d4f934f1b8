// Downloads in progress live in <packs>/.partial/<id>/: a plan, finished files, and one .part file.
// Nothing in there is ever taken for a pack.
import { hostname } from 'node:os';
import {
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { ModelError } from '../../errors.ts';
import { containedPath, whyNotContained } from '../../files/contained.ts';

const PLAN_FILE = 'download.json';
const LOCK_FILE = 'running';
const HEARTBEAT_MS = 10_000;
const DEAD_AFTER_MS = 60_000;

const bytes = v.pipe(v.number(), v.integer(), v.minValue(0));
const PLAN = v.object({
  version: v.literal(1),
  id: v.string(),
  name: v.string(),
  repo: v.string(),
  commit: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
  files: v.array(
    v.object({
      path: v.pipe(
        v.string(),
        v.check((name) => whyNotContained(name) === null && !name.includes('/')),
      ),
      bytes,
      sha256: v.nullable(v.string()),
      gitSha1: v.nullable(v.string()),
    }),
  ),
});

/** What is being fetched; fixed when the download begins. */
export type DownloadPlan = Readonly<v.InferOutput<typeof PLAN>>;

/** A download that can go on. */
export interface PendingDownload {
  readonly plan: DownloadPlan;
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

export function partialFolder(installed: string, id: string): string {
  return join(installed, '.partial', id);
}

/** Path of a file that is still arriving. */
export function partPath(folder: string, path: string): string {
  return `${containedPath(folder, path)}.part`;
}

/** The plan in `folder`, or null when there is none that can be used. */
export async function readPlan(folder: string): Promise<DownloadPlan | null> {
  const text = await readFile(join(folder, PLAN_FILE), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const parsed = v.safeParse(PLAN, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    // A plan cut off by a crash is no plan: the download begins again.
    return null;
  }
}

export async function writePlan(folder: string, plan: DownloadPlan): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${PLAN_FILE}.new`);
  await writeFile(temporary, JSON.stringify(plan), { flush: true });
  await rename(temporary, join(folder, PLAN_FILE));
}

/** Downloads that were paused or interrupted. */
export async function pendingDownloads(installed: string): Promise<PendingDownload[]> {
  const pending: PendingDownload[] = [];
  for (const id of await readdir(join(installed, '.partial')).catch(() => [])) {
    const folder = partialFolder(installed, id);
    const plan = await readPlan(folder);
    if (plan === null) continue;
    const totalBytes = plan.files.reduce((sum, file) => sum + file.bytes, 0);
    pending.push({ plan, totalBytes, receivedBytes: await receivedBytes(folder, plan) });
  }
  return pending;
}

/** Bytes of a plan that are on this disk already. */
export async function receivedBytes(folder: string, plan: DownloadPlan): Promise<number> {
  let sum = 0;
  for (const { path, bytes: expected } of plan.files) {
    const whole = await stat(containedPath(folder, path)).catch(() => null);
    const part = whole ?? (await stat(partPath(folder, path)).catch(() => null));
    sum += Math.min(part?.size ?? 0, expected);
  }
  return sum;
}

/** Throws away what a download has fetched so far. */
export async function discardDownload(installed: string, id: string): Promise<void> {
  const why = whyNotContained(id);
  if (why !== null || id.includes('/'))
    throw new ModelError('PACK_NOT_FOUND', {
      expected: 'the id of a download',
      found: JSON.stringify(id),
    });
  await rm(partialFolder(installed, id), { recursive: true, force: true });
}

/**
 * Locks the folder for this process, so that two programs never write the same part file. The lock of a process
 * that died is taken over after a minute, on the same computer at once.
 */
export async function holdFolder(folder: string): Promise<AsyncDisposable> {
  await mkdir(folder, { recursive: true });
  const lock = join(folder, LOCK_FILE);
  if (!(await tryHold(lock))) {
    if (await isAlive(lock))
      throw new ModelError('DOWNLOAD_BUSY', {
        file: folder,
        expected: 'this download to be free',
        found: 'another running program that works on it',
        fix: 'Stop the other download first',
      });
    await rm(lock, { force: true });
    if (!(await tryHold(lock)))
      throw new ModelError('DOWNLOAD_BUSY', { file: folder, expected: 'this download to be free' });
  }
  const beat = setInterval(() => {
    const now = new Date();
    // A lock that vanished belongs to a discarded download; writing fails there by itself.
    utimes(lock, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(beat);
      await rm(lock, { force: true });
    },
  };
}

async function tryHold(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx');
    await handle.writeFile(`${hostname()} ${process.pid}`);
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isAlive(lock: string): Promise<boolean> {
  const [text, info] = await Promise.all([readFile(lock, 'utf8'), stat(lock)]).catch(
    () => ['', null] as const,
  );
  if (info === null || Date.now() - info.mtimeMs > DEAD_AFTER_MS) return false;
  const [host, pid] = text.split(' ');
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
