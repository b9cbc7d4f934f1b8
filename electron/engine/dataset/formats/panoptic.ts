// COCO panoptic: one PNG per image whose colour is the segment number, and panoptic.json with what
// each segment is. Every pixel has one segment at most; stuff classes are one segment per image.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../../api/errors.ts';
import { masksFromLabelMap } from '../../masks/bitmap.ts';
import { area, boundingBox } from '../../masks/rle.ts';
import { TextFile } from '../atomicFile.ts';
import { JsonSplitter } from '../coco/splitJson.ts';
import type { JsonPart } from '../coco/splitJson.ts';
import { StemRegister } from '../fileNames.ts';
import { decodePng } from '../png/decode.ts';
import { encodePng } from '../png/encode.ts';
import type { DatasetCategory, DatasetImage } from '../types.ts';
import { forEachImage, mismatch, writeFolder } from './folderExport.ts';
import type { ExportFolder } from './folderExport.ts';
import type { ExportFormat } from './format.ts';
import { paintLabels, warnHidden } from './paint.ts';
import { partOf } from './subset.ts';

interface Segment {
  readonly id: number;
  readonly category_id: number;
  readonly area: number;
  readonly bbox: readonly number[];
  readonly iscrowd: 0 | 1;
}

export const panoptic: ExportFormat = {
  id: 'coco-panoptic',
  title: 'COCO panoptic',
  note: 'panoptic.json and segment PNGs. Objects of things, one segment per stuff class; no overlaps.',
  kind: 'folder',
  extension: '',
  write: (source, target, options) =>
    writeFolder(target, async (folder) => {
      const categories = new Map(source.categories.map((c) => [c.id, c]));
      const parts = options.split ? (['train', 'val'] as const) : ([''] as const);
      const files = await Promise.all(
        parts.map((part) => PartFile.create(folder, part, options.info)),
      );
      try {
        const stems = new StemRegister();
        await forEachImage(source, folder, options, 'Write COCO panoptic', async (image) => {
          const part = options.split ? partOf(image.fileName, options.split) : '';
          const file = files[parts.indexOf(part as never)]!;
          await writeImage(folder, file, image, folder.images + 1, categories, stems);
        });
        for (const file of files) await file.finish(source.categories);
      } finally {
        for (const file of files) await file.close();
      }
      for (const file of files) await file.check();
      return folder.report(files.flatMap((file) => [file.json, file.pngFolder]));
    }),
};

async function writeImage(
  folder: ExportFolder,
  file: PartFile,
  image: DatasetImage,
  imageId: number,
  categories: ReadonlyMap<number, DatasetCategory>,
  stems: StemRegister,
): Promise<void> {
  // panopticapi names the PNG after the text before the first dot of the image name.
  const slash = image.fileName.lastIndexOf('/') + 1;
  const stem = image.fileName.slice(0, slash) + (image.fileName.slice(slash).split('.')[0] ?? '');
  const holder = stems.take(image.fileName, stem);
  if (holder || stem.length === slash)
    throw new AppError(
      'EXPORT_MISMATCH',
      holder
        ? `${holder} and ${image.fileName} would share the file ${stem}.png; rename one of them`
        : `${image.fileName} has no text before its first dot, which panoptic files are named after`,
    );
  const segmentOf: number[] = [];
  const stuff = new Map<number, number>();
  const info: { categoryId: number; isCrowd: boolean }[] = [];
  for (const { categoryId, isCrowd } of image.annotations) {
    const category = categories.get(categoryId);
    if (!category)
      throw new RangeError(`${image.fileName}: category ${categoryId} is not in the table`);
    const shared = category.isThing ? undefined : stuff.get(categoryId);
    const segment = shared ?? info.push({ categoryId, isCrowd });
    if (!category.isThing) stuff.set(categoryId, segment);
    segmentOf.push(segment);
  }
  const { labels, hiddenPx } = paintLabels(
    image,
    (pixels) => new Uint32Array(pixels),
    (i) => segmentOf[i]!,
  );
  warnHidden(folder, image, hiddenPx);
  const masks = masksFromLabelMap(labels, image.width, image.height);
  const segments = [...masks].map(([id, mask]): Segment => {
    const { categoryId, isCrowd } = info[id - 1]!;
    const box = boundingBox(mask);
    return {
      id,
      category_id: categoryId,
      area: area(mask),
      bbox: [box.x, box.y, box.width, box.height],
      iscrowd: isCrowd ? 1 : 0,
    };
  });
  if (segments.length < info.length)
    folder.warn(`${image.fileName}: hidden altogether: ${info.length - segments.length}`);
  const name = `${file.pngFolder}/${stem}.png`;
  const png = { kind: 'rgb', data: toRgb(labels) } as const;
  await folder.write(name, await encodePng(png, image.width, image.height));
  const back = await decodePng(await folder.read(name));
  if (back.channels !== 3 || fromRgb(back.data as Uint8Array).some((id, p) => id !== labels[p]))
    mismatch(image.fileName, `${name} reads back differently`);
  await file.add(image, imageId, `${stem}.png`, segments);
  folder.annotations += segments.length;
}

/** Segment numbers as colours: R + 256 G + 65536 B. */
export function toRgb(labels: Uint32Array): Uint8Array {
  const rgb = new Uint8Array(labels.length * 3);
  for (let p = 0; p < labels.length; p++) {
    rgb[3 * p] = labels[p]!;
    rgb[3 * p + 1] = labels[p]! >> 8;
    rgb[3 * p + 2] = labels[p]! >> 16;
  }
  return rgb;
}

export function fromRgb(rgb: Uint8Array): Uint32Array {
  const labels = new Uint32Array(rgb.length / 3);
  for (let p = 0; p < labels.length; p++)
    labels[p] = rgb[3 * p]! + 256 * rgb[3 * p + 1]! + 65536 * rgb[3 * p + 2]!;
  return labels;
}

/** panoptic.json of one part, streamed; the annotation list waits in a second file. */
class PartFile {
  readonly json: string;
  readonly pngFolder: string;
  readonly #folder: ExportFolder;
  readonly #spoolName: string;
  readonly #main: FileHandle;
  readonly #spool: FileHandle;
  readonly #images: TextFile;
  readonly #annotations: TextFile;
  #count = 0;
  #segments = 0;

  static async create(folder: ExportFolder, part: string, info: object): Promise<PartFile> {
    const json = part ? `panoptic_${part}.json` : 'panoptic.json';
    await folder.write(json, `{"info":${JSON.stringify(info)},\n"licenses":[],\n"images":[`);
    await folder.write(`.${json}.annotations`, '');
    const main = await open(folder.path(json), 'a');
    const spool = await open(folder.path(`.${json}.annotations`), 'a+');
    return new PartFile(folder, part, main, spool);
  }

  private constructor(folder: ExportFolder, part: string, main: FileHandle, spool: FileHandle) {
    this.json = part ? `panoptic_${part}.json` : 'panoptic.json';
    this.pngFolder = part ? `panoptic_${part}` : 'panoptic';
    this.#spoolName = `.${this.json}.annotations`;
    this.#folder = folder;
    this.#main = main;
    this.#spool = spool;
    this.#images = new TextFile(main);
    this.#annotations = new TextFile(spool);
  }

  async add(
    image: DatasetImage,
    id: number,
    fileName: string,
    segments: readonly Segment[],
  ): Promise<void> {
    this.#segments += segments.length;
    const comma = this.#count++ ? ',' : '';
    const { width, height } = image;
    const entry = { id, file_name: image.fileName, width, height };
    const annotation = { image_id: id, file_name: fileName, segments_info: segments };
    await this.#images.write(`${comma}\n${JSON.stringify(entry)}`);
    await this.#annotations.write(`${comma}\n${JSON.stringify(annotation)}`);
  }

  async finish(categories: readonly DatasetCategory[]): Promise<void> {
    const table = categories.map(({ id, name, supercategory, isThing, color }) => {
      const channel = (at: number) => Number.parseInt(color.slice(at, at + 2), 16) || 0;
      const rgb = [channel(1), channel(3), channel(5)];
      return `\n${JSON.stringify({ id, name, supercategory, isthing: isThing ? 1 : 0, color: rgb })}`;
    });
    await this.#images.write(`\n],\n"categories":[${table.join(',')}\n],\n"annotations":[`);
    await this.#images.flush();
    await this.#annotations.flush();
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (let position = 0; ;) {
      const { bytesRead } = await this.#spool.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) break;
      await this.#main.writeFile(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    await this.#main.writeFile('\n]}\n');
    await this.#main.sync();
    await this.#spool.close();
    await this.#folder.remove(this.#spoolName);
  }

  /** Reads the finished file and compares what it lists with what was added. */
  async check(): Promise<void> {
    const splitter = new JsonSplitter(new Set(['images', 'annotations']));
    const found = { images: 0, annotations: 0, segments: 0 };
    const take = (parts: JsonPart[]) => {
      for (const part of parts) {
        if (part.kind === 'problem') mismatch(this.json, `${part.path} ${part.message}`);
        if (part.kind !== 'value' || part.index === null) continue;
        const value = JSON.parse(Buffer.from(part.bytes).toString()) as {
          segments_info?: readonly unknown[];
        };
        found[part.key === 'images' ? 'images' : 'annotations']++;
        found.segments += value.segments_info?.length ?? 0;
      }
    };
    for await (const chunk of createReadStream(this.#folder.path(this.json)))
      take(splitter.push(chunk as Buffer));
    take(splitter.end());
    const { images, annotations, segments } = found;
    if (images !== this.#count || annotations !== this.#count || segments !== this.#segments)
      mismatch(
        this.json,
        `lists ${images} images, ${annotations} annotations, ${segments} segments`,
      );
  }

  async close(): Promise<void> {
    await this.#main.close();
    await this.#spool.close();
  }
}
