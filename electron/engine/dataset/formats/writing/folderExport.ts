// Exports that are folders: built beside the target and renamed at the end, so that a half-written
// data set is never mistaken for a whole one. A folder with anything in it is never touched.
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../../../api/errors.ts';
import type { ExportWarning } from '../../../../api/said/exportWords.ts';
import { partBeside, sweepParts } from '../../../../files/parts.ts';
import { exportError, refuseExisting } from '../../atomicFile.ts';
import { relativeNameFault, stemOf } from '../../fileNames.ts';
import { shown } from '../../shown.ts';
import { throwIfAborted } from '../../types.ts';
import type { DatasetImage, DatasetSource } from '../../types.ts';
import type { ExportOptions, FormatReport } from '../format.ts';
import { ExportWarnings } from './warnings.ts';

export class ExportFolder {
  readonly #root: string;
  readonly #made = new Set<string>();
  readonly #warnings = new ExportWarnings();
  images = 0;
  annotations = 0;
  /** Images that the format has no place for. */
  leftOut = 0;

  constructor(root: string) {
    this.#root = root;
  }

  path(name: string): string {
    return join(this.#root, name);
  }

  /** Writes one file, `name` with forward slashes; folders are made as needed. */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    const path = this.path(name);
    const folder = dirname(path);
    if (!this.#made.has(folder)) {
      await mkdir(folder, { recursive: true });
      this.#made.add(folder);
    }
    // 'wx': two images that want one label file are a fault to report, not to hide.
    await writeFile(path, content, { flag: 'wx' });
  }

  /** Reads a file back from the folder. */
  async read(name: string): Promise<Buffer> {
    return readFile(this.path(name));
  }

  async remove(name: string): Promise<void> {
    await rm(this.path(name));
  }

  warn(warning: ExportWarning): void {
    this.#warnings.add(warning);
  }

  report(files: readonly string[]): FormatReport {
    return {
      images: this.images,
      annotations: this.annotations,
      leftOut: this.leftOut,
      files,
      warnings: this.#warnings.told(),
    };
  }
}

/** Runs `produce` in a new folder and puts it at `target` when all went well. */
export async function writeFolder(
  target: string,
  produce: (folder: ExportFolder) => Promise<FormatReport>,
): Promise<FormatReport> {
  const existing = await readdir(target).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    // A file of that name is refused in the same words as a file for a file.
    if (error.code === 'ENOTDIR') await refuseExisting(target);
    throw error;
  });
  if (existing && existing.length > 0)
    throw new AppError('FILE_EXISTS', `the folder is not empty; choose a new one: ${target}`, {
      data: { name: basename(target), at: (await stat(target)).mtime.toISOString() },
    });
  const root = partBeside(target);
  try {
    await mkdir(dirname(target), { recursive: true });
    await sweepParts(dirname(target));
    await mkdir(root);
    const report = await produce(new ExportFolder(root));
    if (existing) await rmdir(target);
    await rename(root, target);
    return report;
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    throw exportError(error, target);
  }
}

/** Walks all images with progress and cancel; names and sizes are checked here for every folder format. */
export async function forEachImage(
  source: DatasetSource,
  folder: ExportFolder,
  options: ExportOptions & { readonly stage: string },
  visit: (image: DatasetImage) => Promise<void>,
): Promise<void> {
  for await (const image of source.images()) {
    throwIfAborted(options);
    const fault = relativeNameFault(image.fileName);
    if (fault) throw new RangeError(`the image name ${fault}`);
    for (const { mask } of image.annotations)
      if (mask.width !== image.width || mask.height !== image.height)
        throw new RangeError(
          `${image.fileName} is ${image.width} x ${image.height} px but one of its masks is ${mask.width} x ${mask.height} px`,
        );
    await visit(image);
    folder.images++;
    options.onProgress?.({
      stage: options.stage,
      done: folder.images,
      total: source.imageCount ?? 0,
    });
  }
}

/** Throws EXPORT_MISMATCH for one image. */
export function mismatch(fileName: string, what: string): never {
  throw new AppError('EXPORT_MISMATCH', `${fileName}: ${what}; the export was not kept`, {
    data: { differences: [{ name: fileName, message: what }] },
  });
}

// eslint-disable-next-line no-control-regex -- they are what lists of names cannot hold
const isListable = (fileName: string) => !/[\u0000-\u001f\u007f]/.test(fileName);

/** The stem of an image that lists can hold, else null: it is left out. */
export const listedStem = (fileName: string): string | null =>
  isListable(fileName) ? stemOf(fileName) : null;

/**
 * The source without images whose names hold control characters: in a list of one name a line, a name
 * with a line break would be two images that are not there. The report lists them as left out.
 */
export function listable(source: DatasetSource, folder: ExportFolder): DatasetSource {
  return {
    categories: source.categories,
    imageCount: source.imageCount,
    async *images() {
      for await (const image of source.images()) {
        if (isListable(image.fileName)) yield image;
        else {
          folder.leftOut++;
          folder.warn({ code: 'controlCharacters', values: [shown(image.fileName)] });
        }
      }
    },
  };
}

/** Writes a list of one entry a line and reads it back. */
export async function writeList(
  folder: ExportFolder,
  name: string,
  entries: readonly string[],
): Promise<void> {
  await folder.write(name, entries.map((entry) => `${entry}\n`).join(''));
  const back = (await folder.read(name)).toString().split('\n');
  const same = back.length === entries.length + 1 && entries.every((entry, i) => entry === back[i]);
  if (!same) mismatch(name, 'the list reads back differently');
}
