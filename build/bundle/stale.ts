// Whether something built is older than what it is made of, by file times: what is newer is not built again.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether `output` is missing or older than one of `sources`: files, or folders with all below them. */
export function isStale(output: string, sources: readonly string[]): boolean {
  const built = statSync(output, { throwIfNoEntry: false });
  return !built || sources.some((source) => isNewer(source, built.mtimeMs));
}

/** Folders count themselves: a file that was removed leaves no other trace. */
function isNewer(path: string, builtMs: number): boolean {
  const info = statSync(path);
  if (info.mtimeMs > builtMs) return true;
  if (!info.isDirectory()) return false;
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .some(({ name }) => isNewer(join(path, name), builtMs));
}
