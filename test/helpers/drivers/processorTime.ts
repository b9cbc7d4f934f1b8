// What this process and those that it started have used of the processors. Linux only.
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** A hundred ticks a second on every Linux there is. */
const TICK_MS = 10;

/** User and system time of this process and of its model process so far, in milliseconds. */
export async function processorMs(): Promise<number> {
  const own = process.cpuUsage();
  let ticks = 0;
  for (const stat of await childFiles('stat')) {
    const [user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    ticks += user + system;
  }
  return (own.user + own.system) / 1000 + ticks * TICK_MS;
}

/** A file of /proc of each child process; there is one, the model process. */
export async function childFiles(name: string): Promise<string[]> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '');
  const children = await read(`/proc/self/task/${process.pid}/children`);
  const pids = children.trim().split(/\s+/).filter(Boolean);
  return Promise.all(pids.map((pid) => read(`/proc/${pid}/${name}`)));
}

/** User and system time, in milliseconds, of all that this process started and what those started, at work or ended. */
export function startedMs(): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const parents = new Map(stats.map(({ id, parent }) => [id, parent]));
  const isOurs = (id: number | undefined): boolean =>
    id === process.pid || (id !== undefined && isOurs(parents.get(id)));
  let ticks = 0;
  for (const { id, own, ended } of stats)
    if (isOurs(id)) ticks += (id === process.pid ? 0 : own) + ended;
  return ticks * TICK_MS;
}

/** Ticks of a process and of its ended children; null for one that is gone. */
function statOf(id: number): { id: number; parent: number; own: number; ended: number } | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The name before may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15).map(Number);
    return { id, parent: Number(fields[1]), own: user + system, ended: childUser + childSystem };
  } catch {
    return null;
  }
}
