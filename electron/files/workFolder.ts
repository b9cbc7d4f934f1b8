// Folders for work that lies outside its result, named after the process that made them: what a killed
// process left is removed by the next one that makes such a folder.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLeftOver, writerOf } from './parts.ts';

/** Makes a folder that only this user may enter; whoever made it removes it. */
export async function makeWorkFolder(kind: string, place: string = tmpdir()): Promise<string> {
  const prefix = `salience-${kind}-`;
  for (const name of await readdir(place).catch(() => [])) {
    if (!name.startsWith(prefix)) continue;
    const path = join(place, name);
    // One that belongs to somebody else, or is in use by a system that does not let it go, stays.
    if (await isLeftOver(path, name.slice(prefix.length)))
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
  return mkdtemp(join(place, `${prefix}${writerOf()}-`));
}
