// A pack's folder as lists of packs look at it: the manifest, and files of the kind and size that it states. The readers
// of weights stay out, since a list opens no weight file.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelError } from '../errors.ts';
import { containedPath } from '../files/contained.ts';
import { readText } from '../files/readText.ts';
import { MANIFEST_FILE, MAX_MANIFEST_BYTES, parseManifest, type PackManifest } from './manifest.ts';

/** Reads and checks the manifest of `folder` only. Throws PACK_NOT_FOUND or PACK_INVALID. */
export async function readManifest(folder: string): Promise<PackManifest> {
  const path = join(folder, MANIFEST_FILE);
  const there = await lstat(path).catch(() => null);
  if (there === null)
    throw new ModelError('PACK_NOT_FOUND', {
      file: folder,
      expected: `a pack folder with ${MANIFEST_FILE}`,
      found: 'none',
      fix: 'Add the model folder under Models, or make a pack of it with "salience pack build" on the command line',
    });
  return parseManifest(await readText(path, MANIFEST_FILE, MAX_MANIFEST_BYTES));
}

/** What is wrong with a file's kind or size, or null. */
export async function sizeProblem(
  folder: string,
  path: string,
  bytes: number,
): Promise<{ expected: string; found: string } | null> {
  const there = await lstat(containedPath(folder, path)).catch(() => null);
  if (there === null) return { expected: 'the file', found: 'nothing' };
  // A symbolic link could lead anywhere, and onnxruntime refuses those that leave the folder.
  if (!there.isFile()) return { expected: 'an ordinary file', found: 'something else' };
  if (there.size !== bytes) return { expected: `${bytes} bytes`, found: `${there.size} bytes` };
  return null;
}
