// Reads one label file of many: what cannot be read is a problem of that file and of no other.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problems } from '../problems.ts';

/** Image data may stand in a label file; beyond this it is none. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** The bytes, or null after a note of why there are none. */
export async function readLabelFile(
  folder: string,
  name: string,
  problems: Problems,
): Promise<Buffer | null> {
  const path = join(folder, name);
  try {
    const info = await stat(path);
    if (!info.isFile()) return problems.skip(name, 'is no regular file');
    if (info.size > MAX_FILE_BYTES)
      return problems.skip(name, `is larger than ${MAX_FILE_BYTES} bytes`);
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return problems.skip(
      name,
      code === 'ENOENT' ? 'is a link that leads nowhere' : `cannot be read (${code})`,
    );
  }
}
