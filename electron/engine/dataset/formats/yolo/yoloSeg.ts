// YOLO segmentation: one text file per image, one line per object: class number, then the outline as
// shares of width and height. One ring per object, so holes and parts are tied by bridges of no width.
import type { RleMask } from '../../../../api/types.ts';
import { traceCentres } from '../../../../masks/outlines/centres.ts';
import { joinRings, traceKeyholes } from '../../../../masks/outlines/keyhole.ts';
import { rasterizeRing } from '../../../../masks/outlines/rasterize.ts';
import { area, emptyMask } from '../../../../masks/runs/rle.ts';
import { sameMask } from '../../../../api/rules/document.ts';
import { simplifyRing } from '../../../../masks/outlines/simplify.ts';
import { StemRegister } from '../../fileNames.ts';
import type { DatasetCategory } from '../../types.ts';
import {
  forEachImage,
  listable,
  listedStem,
  mismatch,
  writeFolder,
  writeList,
} from '../writing/folderExport.ts';
import type { ExportFormat, ExportOptions } from '../format.ts';
import { partOf } from '../writing/subset.ts';
import { parseYoloLine } from './yoloLines.ts';

/** Seven digits keep a corner within 0.01 px on images up to 100,000 px. */
const DIGITS = 7;

export const yoloSeg: ExportFormat = {
  id: 'yolo-seg',
  title: 'YOLO segmentation',
  note: 'Text files for training; one outline per object, classes numbered from 0 in table order.',
  kind: 'folder',
  extension: '',
  limits: { stem: listedStem },
  write: (source, target, options) =>
    writeFolder(target, async (folder) => {
      const numbers = new Map(source.categories.map((c, i) => [c.id, i]));
      const stems = new StemRegister();
      const lists: Record<'train' | 'val', string[]> = { train: [], val: [] };
      await forEachImage(
        listable(source, folder),
        folder,
        { ...options, stage: 'Write YOLO' },
        async (image) => {
          const stem = stems.claim(image.fileName, (own) => `the label file ${own}.txt`);
          const lines: string[] = [];
          const meant: RleMask[] = [];
          for (const { mask, categoryId } of image.annotations) {
            const number = numbers.get(categoryId);
            if (number === undefined)
              throw new RangeError(`${image.fileName}: category ${categoryId} is not in the table`);
            if (area(mask) === 0) {
              folder.warn({ code: 'noPixel', values: [image.fileName] });
              continue;
            }
            const outline = yoloOutline(mask, options);
            meant.push(outline.mask);
            lines.push(`${number} ${toShares(outline.ring, image.width, image.height)}\n`);
          }
          const part = options.split ? partOf(image.fileName, options.split) : 'train';
          const name = `labels/${options.split ? `${part}/` : ''}${stem}.txt`;
          await folder.write(name, lines.join(''));
          lists[part].push(`./images/${options.split ? `${part}/` : ''}${image.fileName}`);
          const back = (await folder.read(name)).toString().split('\n').filter(Boolean);
          back.forEach((line, i) => {
            const read = parseYoloLine(line, image.width, image.height);
            // An outline through pixel centres may enclose nothing: a line of pixels has no area.
            const found = 'mask' in read ? read.mask : emptyMask(image.width, image.height);
            if (!sameMask(found, meant[i]!))
              mismatch(image.fileName, `line ${i + 1} of ${name} reads back differently`);
          });
          if (back.length !== meant.length) mismatch(image.fileName, `${name} has lost lines`);
          folder.annotations += meant.length;
        },
      );
      await writeList(folder, 'train.txt', lists.train);
      if (options.split) await writeList(folder, 'val.txt', lists.val);
      await folder.write('data.yaml', dataYaml(source.categories, options.split !== null));
      return folder.report([
        'data.yaml',
        'labels',
        'train.txt',
        ...(options.split ? ['val.txt'] : []),
      ]);
    }),
};

/** Truncating and rounding readers both get the pixel index from this much more. */
const INSIDE_PIXEL = 0.25;

/** One ring around all parts, and the mask that it encloses when read as area. */
function yoloOutline(
  mask: RleMask,
  { tolerancePx, frame = 'corner' }: Pick<ExportOptions, 'tolerancePx' | 'frame'>,
): { ring: number[]; mask: RleMask } {
  const isCentre = frame === 'centre';
  const rings = isCentre ? traceCentres(mask) : traceKeyholes(mask);
  const simple = rings.map((one) => simplifyRing(one, tolerancePx).ring);
  const joined = joinRings(simple);
  const ring = isCentre ? joined.map((index) => index + INSIDE_PIXEL) : joined;
  if (!isCentre && tolerancePx === 0) return { ring, mask };
  const enclosed = rasterizeRing(ring, mask.width, mask.height);
  // A sliver can lose all its pixels; then it keeps its exact outline rather than vanish.
  if (!isCentre && area(enclosed) === 0) return yoloOutline(mask, { tolerancePx: 0 });
  return { ring, mask: enclosed };
}

function toShares(ring: readonly number[], width: number, height: number): string {
  return ring
    .map((value, i) => Number((value / (i % 2 === 0 ? width : height)).toFixed(DIGITS)))
    .join(' ');
}

function dataYaml(categories: readonly DatasetCategory[], split: boolean): string {
  const names = categories.map((c, i) => `  ${i}: ${JSON.stringify(c.name)}\n`).join('');
  return (
    `# Put the images under images/, with the folders and names of train.txt.\n` +
    `path: .\ntrain: train.txt\nval: ${split ? 'val.txt' : 'train.txt'}\nnames:\n${names}`
  );
}
