// Streams a data set into a COCO file in constant memory: images go to the file, annotations to a
// second one beside it that is appended at the end. The result is read back and compared before it
// takes its place.
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { ExportWarning } from '../../../api/said/exportWords.ts';
import type { Json, RleMask } from '../../../api/types.ts';
import { area } from '../../../masks/runs/rle.ts';
import { partBeside } from '../../../files/parts.ts';
import { TextFile, writeAtomically } from '../atomicFile.ts';
import { Fingerprints, ImageFingerprint } from '../fingerprint.ts';
import { ExportWarnings } from '../formats/writing/warnings.ts';
import { jsonText } from '../json.ts';
import { throwIfAborted } from '../types.ts';
import type { Control, DatasetImage, DatasetSource, JsonObject } from '../types.ts';
import { arrange } from './arrange.ts';
import type { CocoProfile } from './arrange.ts';
import { compareCoco } from './compare.ts';
import { IdKeeper } from './ids.ts';
import { annotationText, categoryText, imageText } from './recordText.ts';
import { exactSegmentation, polygonSegmentation, rleSegmentation } from './segmentation.ts';
import type { WrittenSegmentation } from './segmentation.ts';

export interface WriteCocoOptions extends Control {
  readonly profile: CocoProfile;
  readonly overwrite: boolean;
  readonly guard?: ((path: string) => Promise<void>) | undefined;
  /** The file's `info` object. */
  readonly info?: JsonObject;
  /** Only what the user chose; never invented. */
  readonly licenses?: Json;
  /** Further top-level fields, kept from an imported file. */
  readonly extra?: JsonObject;
  /** Keep ids of imported records where they are free, number the others past them; else 1, 2, 3, ... */
  readonly keepIds?: boolean;
  /** Sees the checked file under its temporary name before it appears. */
  readonly onFinished?: (temporaryPath: string) => Promise<void>;
  /** For coco-polygon: distance in pixels that simplification may give up. */
  readonly tolerancePx?: number;
}

export interface WriteCocoReport {
  readonly images: number;
  readonly annotations: number;
  readonly warnings: readonly ExportWarning[];
  /** Largest distance given up by simplification, in pixels. */
  readonly errorPx: number;
}

/**
 * Writes and checks a COCO file. Throws FILE_EXISTS, DISK_FULL, EXPORT_MISMATCH or the abort reason;
 * nothing is at `path` then that was not there before.
 */
export async function writeCoco(
  source: DatasetSource,
  path: string,
  options: WriteCocoOptions,
): Promise<WriteCocoReport> {
  const fingerprints = new Fingerprints();
  return writeAtomically(
    path,
    {
      overwrite: options.overwrite,
      guard: options.guard,
      async check(temporary) {
        await compareCoco(temporary, fingerprints, options, path);
        await options.onFinished?.(temporary);
      },
    },
    async (handle) => {
      const spoolPath = partBeside(path);
      const spool = await open(spoolPath, 'wx+');
      try {
        return await new Writer(source, options, fingerprints).write(handle, spool);
      } finally {
        await spool.close();
        await rm(spoolPath, { force: true });
      }
    },
  );
}

class Writer {
  readonly #source: DatasetSource;
  readonly #options: WriteCocoOptions;
  readonly #fingerprints: Fingerprints;
  readonly #warnings = new ExportWarnings();
  #images = 0;
  #annotations = 0;
  #errorPx = 0;

  constructor(source: DatasetSource, options: WriteCocoOptions, fingerprints: Fingerprints) {
    this.#source = source;
    this.#options = options;
    this.#fingerprints = fingerprints;
  }

  async write(handle: FileHandle, spool: FileHandle): Promise<WriteCocoReport> {
    const { info = {}, licenses = [], extra = {} } = this.#options;
    const main = new TextFile(handle);
    const side = new TextFile(spool);
    const ids = this.#options.keepIds ? await IdKeeper.of(this.#source) : new IdKeeper();
    const known = new Set(this.#source.categories.map((c) => c.id));
    await main.write(`{"info":${jsonText(info)},\n"licenses":${jsonText(licenses)},\n"images":[`);
    for await (const image of this.#source.images()) {
      throwIfAborted(this.#options);
      const imageId = ids.image(image.id);
      await main.write(`${this.#images ? ',' : ''}\n${imageText(image, imageId)}`);
      this.#images++;
      await this.#writeAnnotations(image, imageId, { known, ids, side });
      this.#options.onProgress?.({
        stage: 'Write COCO file',
        done: this.#images,
        total: this.#source.imageCount ?? 0,
      });
    }
    await main.write('\n],\n"categories":[');
    const categories = this.#source.categories.map((c) => `\n${categoryText(c)}`);
    await main.write(`${categories.join(',')}\n],\n"annotations":[`);
    await main.flush();
    await side.flush();
    await append(spool, handle, this.#options);
    const further = Object.entries(extra).filter(([key]) => !TOP_LEVEL.has(key));
    const tail = further.map(([key, value]) => `,\n${JSON.stringify(key)}:${jsonText(value)}`);
    await main.write(`\n]${tail.join('')}}\n`);
    await main.flush();
    return {
      images: this.#images,
      annotations: this.#annotations,
      warnings: this.#warnings.told(),
      errorPx: this.#errorPx,
    };
  }

  async #writeAnnotations(
    image: DatasetImage,
    imageId: number,
    { known, ids, side }: { known: ReadonlySet<number>; ids: IdKeeper; side: TextFile },
  ): Promise<void> {
    const print = new ImageFingerprint(image.fileName, image.width, image.height);
    for (const annotation of arrange(image, this.#options.profile)) {
      if (!known.has(annotation.categoryId))
        throw new RangeError(
          `an annotation of ${image.fileName} has category ${annotation.categoryId}, which is not in the table`,
        );
      checkMask(annotation.mask, image);
      if (area(annotation.mask) === 0) {
        this.#warnings.add({ code: 'noPixel', values: [image.fileName] });
        continue;
      }
      const written = segment(annotation.mask, this.#options);
      this.#errorPx = Math.max(this.#errorPx, written.errorPx);
      const text = annotationText(annotation, ids.annotation(annotation.id), imageId, written);
      print.add(annotation.categoryId, annotation.isCrowd, written.mask);
      await side.write(`${this.#annotations ? ',' : ''}\n${text}`);
      this.#annotations++;
    }
    this.#fingerprints.add(print);
  }
}

const TOP_LEVEL = new Set(['info', 'licenses', 'images', 'categories', 'annotations']);

function segment(mask: RleMask, { profile, tolerancePx = 0 }: WriteCocoOptions) {
  if (profile === 'stuff')
    return { json: rleSegmentation(mask), mask, errorPx: 0 } satisfies WrittenSegmentation;
  return profile === 'coco-polygon'
    ? polygonSegmentation(mask, tolerancePx)
    : exactSegmentation(mask);
}

function checkMask(mask: RleMask, image: DatasetImage): void {
  if (mask.width !== image.width || mask.height !== image.height)
    throw new RangeError(
      `${image.fileName} is ${image.width} x ${image.height} px but one of its masks is ${mask.width} x ${mask.height} px`,
    );
}

async function append(from: FileHandle, to: FileHandle, control: Control): Promise<void> {
  const buffer = Buffer.allocUnsafe(1 << 20);
  for (let position = 0; ;) {
    throwIfAborted(control);
    const { bytesRead } = await from.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    await to.writeFile(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}
