// Reads COCO files of any size: one pass checks every record and remembers where each annotation
// lies in the file; walking the data set then fetches them image by image. Masks are never all in memory.
import { openDataFile } from '../openFile.ts';
import type { CocoDataset, ReadCocoOptions } from './cocoDataset.ts';
import { CocoReader } from './cocoReader.ts';

/**
 * Opens and checks a COCO instances or stuff file. Throws IMPORT_INVALID, listing each problem with
 * its JSON path, when something cannot be read and `skipBroken` is not set.
 */
export async function readCoco(path: string, options: ReadCocoOptions = {}): Promise<CocoDataset> {
  const handle = await openDataFile(path);
  try {
    const reader = new CocoReader(handle, options);
    await reader.scan();
    const { problems } = reader;
    if (!options.skipBroken || reader.isEmpty) problems.refuseSkipped(path, reader.sound);
    return reader.dataset();
  } catch (error) {
    await handle.close();
    throw error;
  }
}
