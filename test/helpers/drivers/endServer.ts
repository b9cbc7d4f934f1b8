// Ends the embedded server of a test as a crash or an administrator would, by the process id that it wrote down.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readdirSync } from 'node:fs';

/** Where the server of `home` keeps its data. */
export function dataOf(home: string): string {
  const folder = join(home, 'cluster');
  const [name = ''] = readdirSync(folder).filter((one) => /^pg\d+$/.test(one));
  return join(folder, name, 'data');
}

/** The server's process id. */
export const serverPid = async (home: string): Promise<number> =>
  Number((await readFile(join(dataOf(home), 'postmaster.pid'), 'utf8')).split('\n')[0]);

const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' } as const;

/** Resolves when it is gone. */
export async function endServer(home: string, how: keyof typeof SIGNALS): Promise<void> {
  const pid = await serverPid(home);
  process.kill(pid, SIGNALS[how]);
  for (let tries = 0; tries < 200 && isAlive(pid); tries += 1) await sleep(50);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process.
    return false;
  }
}
