// Reads one label file of many: what cannot be read is a problem of that file and of no other.
import { join } from 'node:path';
import { FileFault, readDataFile } from '../openFile.ts';
import type { Problems } from '../problems.ts';
import { decodeText } from '../text.ts';

/** Image data may stand in a label file; beyond this it is none. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** The bytes, or null after a note of why there are none. */
export async function readLabelFile(
  folder: string,
  name: string,
  problems: Problems,
): Promise<Buffer | null> {
  try {
    return await readDataFile(join(folder, name), MAX_FILE_BYTES);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    // Its folder lists it, so what is missing is the file that it leads to.
    return problems.skip(name, error.isMissing ? 'is a link that leads nowhere' : error.fault);
  }
}

/** The text, or null after a note. */
export async function readLabelText(
  folder: string,
  name: string,
  problems: Problems,
): Promise<string | null> {
  const bytes = await readLabelFile(folder, name, problems);
  if (bytes === null) return null;
  const decoded = decodeText(bytes);
  return 'text' in decoded ? decoded.text : problems.skip(name, decoded.fault);
}
