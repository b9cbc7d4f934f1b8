// Whether something built is older than what it is made of, by file times: what is newer is not built again.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether `output` is missing or older than one of `sources`: files, or folders with all below them. */
export function isStale(output: string, sources: readonly string[]): boolean {
  const built = statSync(output, { throwIfNoEntry: false });
  return !built || sources.some((source) => newestMs(source) > built.mtimeMs);
}

/** Folders count themselves: a file that was removed leaves no other trace. */
function newestMs(path: string): number {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  const below = readdirSync(path, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() || entry.isDirectory(),
  );
  const times = below.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return times.reduce((latest, time) => Math.max(latest, time), info.mtimeMs);
}
