// Writes pack.json into a model folder, which becomes a pack in place (the one that ships with the program).
// Other packs are built elsewhere and renamed into place.
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describePack, type PackWords } from './assemble.ts';
import { findCheckpoint } from './checkpoint.ts';
import { MANIFEST_FILE, manifestText, type PackManifest } from '../manifest.ts';

/** Describes the checkpoint in `folder`; replaces an older pack.json in one step. Throws ModelError. */
export async function describeFolder(folder: string, words: PackWords): Promise<PackManifest> {
  const parts = await findCheckpoint(folder);
  const manifest = await describePack(folder, parts, words);
  const temporary = join(folder, `.${MANIFEST_FILE}.new`);
  await rm(temporary, { force: true });
  const handle = await open(temporary, 'wx');
  try {
    await handle.writeFile(manifestText(manifest));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, join(folder, MANIFEST_FILE));
  return manifest;
}
