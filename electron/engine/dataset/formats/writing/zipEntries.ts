// Walks the files of a zip one after the other.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- other projects compile this file too
/// <reference path="./yauzl.d.ts" />
import { open } from 'yauzl';
import type { ZipFile } from 'yauzl';

/**
 * Calls `visit` with the name and content of each file that `wants` names; the content must be read
 * to its end.
 */
export async function forEachZipEntry(
  path: string,
  visit: (name: string, stream: AsyncIterable<unknown>) => Promise<void>,
  wants: (name: string) => boolean = () => true,
): Promise<void> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, file) =>
      error ? reject(error) : resolve(file),
    );
  });
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry) => {
        if (entry.fileName.endsWith('/') || !wants(entry.fileName)) return zip.readEntry();
        zip.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          visit(entry.fileName, stream).then(() => zip.readEntry(), reject);
        });
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
}
