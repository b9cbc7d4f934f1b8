// COCO panoptic: one PNG per image whose colour is the segment number, and panoptic.json with what
// each segment is. Every pixel has one segment at most; stuff classes are one segment per image.
import { AppError } from '../../../../api/errors.ts';
import { masksFromLabelMap } from '../../../../masks/runs/bitmap.ts';
import { area } from '../../../../masks/runs/rle.ts';
import { boundingBox } from '../../../../masks/runs/measure.ts';
import { StemRegister } from '../../fileNames.ts';
import { decodePng } from '../../png/decode.ts';
import { encodePng } from '../../png/encode.ts';
import type { DatasetCategory, DatasetImage } from '../../types.ts';
import { forEachImage, mismatch, writeFolder } from '../writing/folderExport.ts';
import type { ExportFolder } from '../writing/folderExport.ts';
import type { ExportFormat } from '../format.ts';
import { paintLabels, warnHidden } from '../writing/paint.ts';
import { PanopticFile } from './panopticFile.ts';
import type { Segment } from './panopticFile.ts';
import { partOf } from '../writing/subset.ts';

export const panoptic: ExportFormat = {
  id: 'coco-panoptic',
  title: 'COCO panoptic',
  note: 'panoptic.json and segment PNGs. Objects of things, one segment per stuff class; no overlaps.',
  kind: 'folder',
  extension: '',
  limits: { stem: panopticStem },
  write: (source, target, options) =>
    writeFolder(target, async (folder) => {
      const categories = new Map(source.categories.map((c) => [c.id, c]));
      const parts = options.split ? (['train', 'val'] as const) : ([''] as const);
      const files = await Promise.all(
        parts.map((part) => PanopticFile.create(folder, part, options.info)),
      );
      try {
        const stems = new StemRegister();
        await forEachImage(
          source,
          folder,
          { ...options, stage: 'Write COCO panoptic' },
          async (image) => {
            const part = options.split ? partOf(image.fileName, options.split) : '';
            const file = files[parts.indexOf(part as never)]!;
            await writeImage(folder, file, image, { categories, stems });
          },
        );
        for (const file of files) await file.finish(source.categories);
      } finally {
        for (const file of files) await file.close();
      }
      for (const file of files) await file.check();
      return folder.report(files.flatMap((file) => [file.json, file.pngFolder]));
    }),
};

/** What holds for all images of an export. */
interface Known {
  readonly categories: ReadonlyMap<number, DatasetCategory>;
  readonly stems: StemRegister;
}

/** panopticapi names the PNG after the text before the first dot of the image name; empty where there is none. */
function panopticStem(fileName: string): string {
  const slash = fileName.lastIndexOf('/') + 1;
  const name = fileName.slice(slash).split('.')[0] ?? '';
  return name === '' ? '' : fileName.slice(0, slash) + name;
}

async function writeImage(
  folder: ExportFolder,
  file: PanopticFile,
  image: DatasetImage,
  { categories, stems }: Known,
): Promise<void> {
  const imageId = folder.images + 1;
  const stem = panopticStem(image.fileName);
  if (stem === '')
    throw new AppError(
      'EXPORT_MISMATCH',
      `${image.fileName} has no text before its first dot, which panoptic files are named after`,
    );
  stems.claim(image.fileName, () => `the file ${stem}.png`, stem);
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
    folder.warn({ code: 'gone', values: [image.fileName, info.length - segments.length] });
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
function toRgb(labels: Uint32Array): Uint8Array {
  const rgb = new Uint8Array(labels.length * 3);
  for (let p = 0; p < labels.length; p++) {
    rgb[3 * p] = labels[p]!;
    rgb[3 * p + 1] = labels[p]! >> 8;
    rgb[3 * p + 2] = labels[p]! >> 16;
  }
  return rgb;
}

function fromRgb(rgb: Uint8Array): Uint32Array {
  const labels = new Uint32Array(rgb.length / 3);
  for (let p = 0; p < labels.length; p++)
    labels[p] = rgb[3 * p]! + 256 * rgb[3 * p + 1]! + 65536 * rgb[3 * p + 2]!;
  return labels;
}
