// Pascal VOC 2012: palette PNGs for classes and objects, one XML per image with boxes, lists of
// images. Pixels are 0 for background, 1 to 254 for classes in table order; 255 (void) is not written.
import { AppError } from '../../../../api/errors.ts';
import { boundingBox } from '../../../../masks/runs/measure.ts';
import { splitDetails } from '../../details/details.ts';
import { StemRegister } from '../../fileNames.ts';
import { decodePng } from '../../png/decode.ts';
import { encodePng } from '../../png/encode.ts';
import type { DatasetCategory, DatasetImage } from '../../types.ts';
import {
  forEachImage,
  listable,
  listedStem,
  mismatch,
  writeFolder,
  writeList,
} from '../writing/folderExport.ts';
import type { ExportFolder } from '../writing/folderExport.ts';
import type { ExportFormat } from '../format.ts';
import { bytes, paintLabels, vocPalette, warnHidden } from '../writing/paint.ts';
import { partOf } from '../writing/subset.ts';
import { xmlText } from '../xmlText.ts';

const MOST = 254;
const PALETTE = vocPalette();

export const pascalVoc: ExportFormat = {
  id: 'pascal-voc',
  title: 'Pascal VOC',
  note: 'Palette PNGs of classes and objects, XML boxes, image lists. At most 254 classes; no overlaps.',
  kind: 'folder',
  extension: '',
  limits: { classes: MOST, objects: MOST, stem: listedStem },
  write: (source, target, options) =>
    writeFolder(target, async (folder) => {
      if (source.categories.length > MOST)
        throw new AppError(
          'EXPORT_MISMATCH',
          `Pascal VOC has room for ${MOST} classes; this data set has ${source.categories.length}`,
        );
      const index = new Map(source.categories.map((c, i) => [c.id, i + 1]));
      const names = new Map(source.categories.map((c) => [c.id, c.name]));
      const stems = new StemRegister();
      const lists: Record<'train' | 'val' | 'trainval', string[]> = {
        train: [],
        val: [],
        trainval: [],
      };
      await forEachImage(
        listable(source, folder),
        folder,
        { ...options, stage: 'Write Pascal VOC' },
        async (image) => {
          const stem = stems.claim(image.fileName, (own) => `the files of ${own}`);
          if (image.annotations.length > MOST)
            throw new AppError(
              'EXPORT_MISMATCH',
              `${image.fileName} has ${image.annotations.length} annotations; Pascal VOC holds ${MOST} in an image`,
            );
          const classes = paintLabels(image, bytes, (i) => {
            const label = index.get(image.annotations[i]!.categoryId);
            if (label === undefined)
              throw new RangeError(
                `${image.fileName}: an annotation has a category that is not in the table`,
              );
            return label;
          });
          const objects = paintLabels(image, bytes, (i) => i + 1);
          warnHidden(folder, image, objects.hiddenPx, objects.labels);
          await writeMap(folder, `SegmentationClass/${stem}.png`, classes.labels, image);
          await writeMap(folder, `SegmentationObject/${stem}.png`, objects.labels, image);
          await folder.write(`Annotations/${stem}.xml`, annotationXml(image, names));
          lists.trainval.push(stem);
          if (options.split) lists[partOf(image.fileName, options.split)].push(stem);
          folder.annotations += image.annotations.length;
        },
      );
      if (!options.split) lists.train = lists.trainval;
      for (const [name, stemList] of Object.entries(lists))
        await writeList(folder, `ImageSets/Segmentation/${name}.txt`, stemList);
      await folder.write('labelmap.txt', labelMapText(source.categories));
      return folder.report([
        'Annotations',
        'ImageSets',
        'SegmentationClass',
        'SegmentationObject',
        'labelmap.txt',
      ]);
    }),
};

async function writeMap(
  folder: ExportFolder,
  name: string,
  labels: Uint8Array,
  { width, height, fileName }: DatasetImage,
): Promise<void> {
  const png = { kind: 'palette', palette: PALETTE, data: labels } as const;
  await folder.write(name, await encodePng(png, width, height));
  const back = await decodePng(await folder.read(name));
  if (back.palette === null || Buffer.compare(back.data as Uint8Array, labels) !== 0)
    mismatch(fileName, `${name} reads back differently`);
}

/** Boxes count pixels from 1 and include the last one, as in the VOC development kit. */
function annotationXml(image: DatasetImage, names: ReadonlyMap<number, string>): string {
  const { fileName, width, height } = image;
  const slash = fileName.lastIndexOf('/');
  return xmlText({
    annotation: {
      folder: slash < 0 ? '' : fileName.slice(0, slash),
      filename: fileName.slice(slash + 1),
      size: { width, height, depth: 3 },
      segmented: 1,
      object: image.annotations.map(({ mask, categoryId, isCrowd, extra }) => {
        const { x, y, ...box } = boundingBox(mask);
        const [right, bottom] = [x + box.width, y + box.height];
        const { marks = {} } = splitDetails(extra).details ?? {};
        const edge = x === 0 || y === 0 || right === width || bottom === height;
        return {
          name: names.get(categoryId) ?? '',
          pose: 'Unspecified',
          truncated: Number(marks.cut ?? edge),
          ...(marks.occluded === undefined ? {} : { occluded: Number(marks.occluded) }),
          difficult: Number(isCrowd || (marks.difficult ?? false)),
          bndbox: { xmin: x + 1, ymin: y + 1, xmax: right, ymax: bottom },
        };
      }),
    },
  });
}

/** `name:r,g,b::` per line, the way CVAT and datumaro describe VOC classes. */
function labelMapText(categories: readonly DatasetCategory[]): string {
  const line = (name: string, i: number) =>
    `${name.replaceAll(/[:\r\n]/g, ' ')}:${[...PALETTE.subarray(3 * i, 3 * i + 3)].join(',')}::\n`;
  return (
    '# label:color_rgb:parts:actions\n' +
    line('background', 0) +
    categories.map((category, i) => line(category.name, i + 1)).join('')
  );
}
