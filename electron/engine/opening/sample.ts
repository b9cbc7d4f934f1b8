// The sample project: copied once into the user's folder, so that trying things out changes no program file.
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the copy lies. */
export const sampleFolderIn = (userDataFolder: string): string => join(userDataFolder, 'sample');

/** True for the folder of the copy, as the project names it: with every link followed. */
export const isSampleFolder = async (folder: string, userDataFolder: string): Promise<boolean> =>
  folder === (await realpath(sampleFolderIn(userDataFolder)).catch(() => null));

/** Copies the sample's files that are not there yet; returns the folder. */
export async function copySample(from: string, to: string): Promise<string> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    try {
      await copyFile(join(from, entry.name), join(to, entry.name), constants.COPYFILE_EXCL);
    } catch (error) {
      // There from an earlier time: it may have been changed by its owner.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return to;
}
