// Names of files that are not whole yet: short, so that a long name can have one beside it, and with the
// process that writes them, so that those of a killed process are known and swept.
import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

const PREFIX = '.salience-';
const ENDING = '.part';
/** Who wrote: machine and process. Folders can be shared between machines, process numbers cannot. */
const WRITER = /^([0-9a-f]{6})-(\d+)-/;
/** Endings of earlier versions. */
const OLD_WITH_PROCESS = /^\..+\.(?=[0-9a-f]{6}-\d+-[0-9a-f]{12}\.tmp$)/;
const OLD_WITHOUT_PROCESS = /^\.[0-9a-f]{12}\.part$/;
/** A file that its writer did not touch for so long has none any more. Milliseconds. */
const NO_WRITER_AFTER = 3_600_000;

const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

/** The part of a name that says who writes. */
export const writerOf = (): string => `${machine}-${process.pid}`;

/** A name beside `path` that nobody else uses. */
export const partBeside = (path: string): string =>
  join(dirname(path), `${PREFIX}${writerOf()}-${randomBytes(6).toString('hex')}${ENDING}`);

/** Removes what killed processes of this machine left in `folder` while they wrote files there. */
export async function sweepParts(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const writer =
      name.startsWith(PREFIX) && name.endsWith(ENDING)
        ? name.slice(PREFIX.length)
        : OLD_WITH_PROCESS.test(name)
          ? name.replace(OLD_WITH_PROCESS, '')
          : null;
    if (writer !== null) await removeLeftOver(join(folder, name), writer);
  }
}

/** Removes what earlier versions left beside `path`; their names do not say who wrote, only their age does. */
export async function sweepOldParts(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(basename(path))) continue;
    if (!OLD_WITHOUT_PROCESS.test(name.slice(basename(path).length))) continue;
    const info = await stat(join(folder, name)).catch(() => null);
    if (info && Date.now() - info.mtimeMs > NO_WRITER_AFTER)
      await rm(join(folder, name), { force: true });
  }
}

async function removeLeftOver(path: string, writer: string): Promise<void> {
  if (await isLeftOver(path, writer)) await rm(path, { recursive: true, force: true });
}

/** True when the process of this machine that `writer` (machine-process-...) names is no more. */
export async function isLeftOver(path: string, writer: string): Promise<boolean> {
  const [, of, pid] = WRITER.exec(writer) ?? [];
  if (of !== machine) return false;
  if (Number(pid) !== process.pid) return !isRunning(Number(pid));
  // In a container every start has the same number: older than this process is an earlier one's.
  const info = await stat(path).catch(() => null);
  return info !== null && info.mtimeMs < Date.now() - process.uptime() * 1000 - 1000;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
