// Gives a finished temporary file a name of its own: the first that is free. Nothing is ever replaced,
// also when another program takes the same name at the same moment.
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './wholeFile.ts';

/** Moves `temporary`, synced by its writer, to the first free path; null when every one is taken. */
export async function moveToFree(
  temporary: string,
  paths: Iterable<string>,
): Promise<string | null> {
  for (const path of paths) {
    if (!(await claim(path))) continue;
    try {
      // Over the empty file that has just been made here: no other file can be in its place.
      await rename(temporary, path);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    await syncFolder(dirname(path));
    return path;
  }
  return null;
}

/** Makes an empty file where there is nothing; false when something is there. */
async function claim(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
