// The maps behind the masks of one image on their way into a row and back: the file of the run, compressed.
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';

/** Larger than any stored run. */
const MOST_BYTES = 512 * 1024 * 1024;

export async function readMaps(runFile: string): Promise<Buffer> {
  // The fastest level: most of a map is noise, which no level makes much smaller.
  return promisify(gzip)(await readFile(runFile), { level: constants.Z_BEST_SPEED });
}

/** Throws where the bytes are not what `readMaps` gives. */
export async function unpackMaps(data: Buffer): Promise<Buffer> {
  return promisify(gunzip)(data, { maxOutputLength: MOST_BYTES });
}
