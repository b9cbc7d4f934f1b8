// Streams a data set into a COCO file in constant memory: images go to the file, annotations to a
// second one beside it that is appended at the end. The result is read back and compared before it
// takes its place.
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Json, RleMask } from '../../../api/types.ts';
import { unionAll } from '../../masks/combine.ts';
import { components } from '../../masks/components.ts';
import { area, boundingBox } from '../../masks/rle.ts';
import { TextFile, temporaryName, writeAtomically } from '../atomicFile.ts';
import { relativeNameFault } from '../fileNames.ts';
import { Fingerprints, ImageFingerprint } from '../fingerprint.ts';
import { throwIfAborted } from '../types.ts';
import type {
  Control,
  DatasetAnnotation,
  DatasetCategory,
  DatasetImage,
  DatasetSource,
  JsonObject,
} from '../types.ts';
import { compareCoco } from './compare.ts';
import { IdKeeper } from './ids.ts';
import { exactSegmentation, polygonSegmentation, rleSegmentation } from './segmentation.ts';
import type { WrittenSegmentation } from './segmentation.ts';

/**
 * coco: exact. coco-polygon: polygons only, holes by bridges. stuff: one RLE annotation per class and
 * image. instances: one exact annotation per connected component.
 */
export type CocoProfile = 'coco' | 'coco-polygon' | 'stuff' | 'instances';

export interface WriteCocoOptions extends Control {
  readonly profile: CocoProfile;
  readonly overwrite: boolean;
  /** The file's `info` object. */
  readonly info?: JsonObject;
  /** Only what the user chose; never invented. */
  readonly licenses?: Json;
  /** Further top-level fields, kept from an imported file. */
  readonly extra?: JsonObject;
  /** Keep ids of imported records (1 or more) and number the others past them; else 1, 2, 3, ... */
  readonly keepIds?: boolean;
  /** For coco-polygon: distance in pixels that simplification may give up. */
  readonly tolerancePx?: number;
}

export interface WriteCocoReport {
  readonly images: number;
  readonly annotations: number;
  readonly warnings: readonly string[];
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
      check: (temporary) => compareCoco(temporary, fingerprints, options),
    },
    async (handle) => {
      const spoolPath = temporaryName(path);
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
  readonly #warnings: string[] = [];
  #skippedWarnings = 0;
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
    await main.write(
      `{"info":${JSON.stringify(info)},\n"licenses":${JSON.stringify(licenses)},\n"images":[`,
    );
    for await (const image of this.#source.images()) {
      throwIfAborted(this.#options);
      const imageId = ids.image(image.id);
      await main.write(`${this.#images ? ',' : ''}\n${imageText(image, imageId)}`);
      this.#images++;
      await this.#writeAnnotations(image, imageId, known, ids, side);
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
    const tail = further.map(
      ([key, value]) => `,\n${JSON.stringify(key)}:${JSON.stringify(value)}`,
    );
    await main.write(`\n]${tail.join('')}}\n`);
    await main.flush();
    if (this.#skippedWarnings > 0)
      this.#warnings.push(`and ${this.#skippedWarnings} more warnings`);
    return {
      images: this.#images,
      annotations: this.#annotations,
      warnings: this.#warnings,
      errorPx: this.#errorPx,
    };
  }

  async #writeAnnotations(
    image: DatasetImage,
    imageId: number,
    known: ReadonlySet<number>,
    ids: IdKeeper,
    side: TextFile,
  ): Promise<void> {
    const print = new ImageFingerprint(image.fileName, image.width, image.height);
    for (const annotation of arrange(image, this.#options.profile)) {
      if (!known.has(annotation.categoryId))
        throw new RangeError(
          `an annotation of ${image.fileName} has category ${annotation.categoryId}, which is not in the table`,
        );
      checkMask(annotation.mask, image);
      if (area(annotation.mask) === 0) {
        this.#warn(`${image.fileName}: an annotation without a pixel was left out`);
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

  #warn(text: string): void {
    if (this.#warnings.length < 100) this.#warnings.push(text);
    else this.#skippedWarnings++;
  }
}

const TOP_LEVEL = new Set(['info', 'licenses', 'images', 'categories', 'annotations']);

/** The annotations as the profile wants them. */
function arrange(image: DatasetImage, profile: CocoProfile): readonly DatasetAnnotation[] {
  if (profile === 'instances')
    return image.annotations.flatMap((annotation) => {
      const parts = components(annotation.mask, 8);
      // A split annotation is no longer the one that had the id.
      return parts.length <= 1
        ? [annotation]
        : parts.map((mask) => ({ ...annotation, id: null, mask }));
    });
  if (profile !== 'stuff') return image.annotations;
  const byCategory = new Map<number, DatasetAnnotation[]>();
  for (const annotation of image.annotations) {
    const same = byCategory.get(annotation.categoryId);
    if (same) same.push(annotation);
    else byCategory.set(annotation.categoryId, [annotation]);
  }
  return [...byCategory]
    .sort(([a], [b]) => a - b)
    .map(([, same]): DatasetAnnotation => {
      const scores = same.flatMap((annotation) => annotation.score ?? []);
      return {
        ...same[0]!,
        id: same.length === 1 ? same[0]!.id : null,
        mask: unionAll(
          same.map((annotation) => annotation.mask),
          image.width,
          image.height,
        ),
        score: scores.length === 0 ? null : Math.max(...scores),
        isCrowd: false,
        extra: same.length === 1 ? same[0]!.extra : {},
      };
    });
}

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

function imageText(image: DatasetImage, id: number): string {
  const fault = relativeNameFault(image.fileName);
  if (fault) throw new RangeError(`the image name ${fault}`);
  const { width, height } = image;
  return record({ id, file_name: image.fileName, width, height }, image.extra);
}

function categoryText(category: DatasetCategory): string {
  const { id, name, supercategory, isThing, color, extra } = category;
  const rgb = /^#[0-9a-f]{6}$/i.test(color)
    ? { color: [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) }
    : {};
  return record({ id, name, supercategory, isthing: isThing ? 1 : 0, ...rgb }, extra);
}

function annotationText(
  annotation: DatasetAnnotation,
  id: number,
  imageId: number,
  written: WrittenSegmentation,
): string {
  const box = boundingBox(written.mask);
  const score = annotation.score === null ? '' : `,"score":${Number(annotation.score.toFixed(6))}`;
  return (
    `{"id":${id},"image_id":${imageId},"category_id":${annotation.categoryId},` +
    `"segmentation":${written.json},"area":${area(written.mask)},` +
    `"bbox":[${box.x},${box.y},${box.width},${box.height}],` +
    `"iscrowd":${annotation.isCrowd ? 1 : 0}${score}${fieldsText(annotation.extra, ANNOTATION_FIELDS)}}`
  );
}

const ANNOTATION_FIELDS = new Set(
  'id image_id category_id segmentation area bbox iscrowd score'.split(' '),
);

function record(fields: JsonObject, extra: JsonObject): string {
  const text = JSON.stringify(fields);
  return `${text.slice(0, -1)}${fieldsText(extra, new Set(Object.keys(fields)))}}`;
}

function fieldsText(extra: JsonObject, taken: ReadonlySet<string>): string {
  let text = '';
  for (const [key, value] of Object.entries(extra))
    if (!taken.has(key)) text += `,${JSON.stringify(key)}:${JSON.stringify(value)}`;
  return text;
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
