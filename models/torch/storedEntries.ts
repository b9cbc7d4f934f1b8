// Where the entries of a zip archive lie, for archives that store them uncompressed as torch.save
// does. yauzl walks the central directory; every read is checked against the file first.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- each project that imports this file needs it
/// <reference path="./yauzl.d.ts" />
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { ModelError, shown } from '../errors.ts';
import type { RegularFile } from '../files/openRegular.ts';

/** Bytes of one entry inside the archive; `length` is null when it is compressed or encrypted. */
export interface StoredEntry {
  readonly offset: number;
  readonly length: number | null;
}

/** Each costs two reads one after the other, 3 s for so many; a checkpoint has one for each tensor. */
const MAX_ENTRIES = 10_000;

/** Entries by name; throws MODEL_FILE_DAMAGED when the archive contradicts itself. */
export async function storedEntries(file: RegularFile): Promise<Map<string, StoredEntry>> {
  const archive = await wrapped(file.name, () =>
    fromRandomAccessReaderPromise(new CheckedReader(file), file.size, { autoClose: false }),
  );
  if (archive.entryCount > MAX_ENTRIES)
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file: file.name,
      expected: `at most ${MAX_ENTRIES} entries in the archive`,
      found: String(archive.entryCount),
    });
  return wrapped(file.name, () => collect(archive, file.name));
}

async function collect(archive: ZipFile, file: string): Promise<Map<string, StoredEntry>> {
  const entries = new Map<string, StoredEntry>();
  for await (const entry of archive.eachEntry()) {
    const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
    if (entries.has(entry.fileName))
      throw new ModelError('MODEL_FILE_DAMAGED', {
        file,
        expected: 'every archive entry once',
        found: `${shown(entry.fileName)} twice`,
      });
    const plain = entry.compressionMethod === 0 && !entry.isEncrypted();
    entries.set(entry.fileName, {
      offset: fileDataStart,
      length: plain ? entry.uncompressedSize : null,
    });
  }
  return entries;
}

// yauzl's own reader hands hostile offsets to fs.read, which throws outside of any promise.
class CheckedReader extends RandomAccessReader {
  readonly #file: RegularFile;

  constructor(file: RegularFile) {
    super();
    this.#file = file;
  }

  // eslint-disable-next-line max-params -- yauzl calls it so
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#file.read(position, length, 'the zip directory').then(
      (bytes) => {
        bytes.copy(buffer, offset);
        callback(null, length);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    );
  }
}

async function wrapped<T>(file: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file,
      expected: 'a zip archive as torch.save writes it',
      found: shown(cause instanceof Error ? cause.message : cause),
      fix: 'The file is cut short or damaged: copy or download it again',
      cause,
    });
  }
}
