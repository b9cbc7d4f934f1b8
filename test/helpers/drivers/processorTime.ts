// What this process and the model process that it started have used of the processors. Linux only.
import { readFile } from 'node:fs/promises';

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
  // A hundred ticks a second on every Linux there is.
  return (own.user + own.system) / 1000 + ticks * 10;
}

/** A file of /proc of each child process; there is one, the model process. */
export async function childFiles(name: string): Promise<string[]> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '');
  const children = await read(`/proc/self/task/${process.pid}/children`);
  const pids = children.trim().split(/\s+/).filter(Boolean);
  return Promise.all(pids.map((pid) => read(`/proc/${pid}/${name}`)));
}
