// Reads Pascal VOC segmentation folders and other colour masks: the colour of a pixel, or its number in
// the palette, is its class; SegmentationObject tells single objects apart.
import { readdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import { stemOf } from '../fileNames.ts';
import type { Problems } from '../problems.ts';
import { decodePng } from '../png/decode.ts';
import type { DecodedPng } from '../png/decode.ts';
import { readText } from '../text.ts';
import { COLOUR_TABLE, hex, isNotLabelled, parseColourTable, vocClasses } from './colourTable.ts';
import type { ColourClass } from './colourTable.ts';
import { objectsOfMaps } from './colourPixels.ts';
import type { ImportFormat } from './format.ts';
import { readLabelFile } from './labelFile.ts';
import { openLabelSource } from './labelledImages.ts';
import type { LabelledImage } from './labelledImages.ts';
import { vocPalette } from './paint.ts';

/** Folders in which masks lie, best first; where there is none, every PNG is one. */
const MASK_FOLDERS = ['SegmentationClass', 'masks', 'labels', 'annotations'];
/** What programs put behind the image's own name. */
const SUFFIX = /_(masks?|L|labels?|labelIds|colou?r|seg(mentation)?|gt|gtFine_color|annotation)$/i;
const LEVELS_UP = 2;

export const colourMasks: ImportFormat = {
  id: 'pascal-voc',
  title: 'Pascal VOC masks, colour masks',
  note: 'Colours or palette numbers with labelmap.txt, class_dict.csv or the like; objects of SegmentationObject are told apart, class colours are kept.',
  kind: 'folder',
  async open(path, options) {
    const names = (await readdir(path, { recursive: true })).map((name) =>
      name.replaceAll('\\', '/'),
    );
    const files = maskFiles(names);
    if (files.length === 0)
      throw new AppError('IMPORT_INVALID', `there is no PNG mask in this folder: ${path}`);
    const table = await tableOf(path, names);
    const source = {
      path,
      stage: 'Read colour masks',
      classes: table
        .filter(({ name }) => !isNotLabelled(name))
        .map(({ name, colour }) => ({ name, color: hex(colour) })),
      async *images(problems: Problems) {
        for (const name of files) {
          const image = await imageOf(path, name, { table, names, problems });
          if (image) yield image;
        }
      },
    };
    return openLabelSource(source, options);
  },
};

function maskFiles(names: readonly string[]): string[] {
  const all = names.filter((name) => /\.png$/i.test(name)).sort();
  for (const folder of MASK_FOLDERS) {
    const inside = all.filter((name) => posix.dirname(name).split('/').includes(folder));
    if (inside.length > 0) return inside;
  }
  return all.filter((name) => !/(^|\/)SegmentationObject\//.test(name));
}

/** The colour table of the folder, or of the one or two above; that of VOC itself where there is none. */
async function tableOf(path: string, names: readonly string[]): Promise<readonly ColourClass[]> {
  const inside = names.filter((name) => COLOUR_TABLE.test(posix.basename(name)));
  const candidates = inside
    .toSorted((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
    .map((name) => join(path, name));
  let folder = dirname(path);
  for (let level = 0; level < LEVELS_UP; level++, folder = dirname(folder)) {
    const above: readonly string[] = await readdir(folder).catch(() => []);
    candidates.push(
      ...above.filter((name) => COLOUR_TABLE.test(name)).map((name) => join(folder, name)),
    );
  }
  for (const file of candidates) {
    const table = parseColourTable(await readText(file), file);
    if (table) return table;
  }
  if (names.some((name) => /(^|\/)SegmentationClass\//.test(name))) return vocClasses(vocPalette());
  throw new AppError(
    'IMPORT_INVALID',
    `no table says which colour is which class; put a labelmap.txt with lines like cat:128,0,0:: into the folder: ${path}`,
  );
}

interface Found {
  readonly table: readonly ColourClass[];
  readonly names: readonly string[];
  readonly problems: Problems;
}

async function imageOf(
  path: string,
  name: string,
  { table, names, problems }: Found,
): Promise<LabelledImage | null> {
  const classes = await pngOf(path, name, problems);
  if (!classes) return null;
  const objectsName = name.replace(/(^|\/)SegmentationClass\//, '$1SegmentationObject/');
  const hasObjects = objectsName !== name && names.includes(objectsName);
  const parts = stemOf(name).split('/');
  const folder = MASK_FOLDERS.map((one) => parts.indexOf(one)).find((at) => at >= 0) ?? -1;
  const bare = parts.slice(folder + 1).join('/');
  return {
    place: name,
    wanted: { paths: [], stems: [bare, bare.replace(SUFFIX, ''), stemOf(bare)] },
    size: { width: classes.width, height: classes.height },
    isEmpty: false,
    objects: async (_, report) => {
      const objects = hasObjects ? await pngOf(path, objectsName, report) : null;
      const isSame = objects?.width === classes.width && objects.height === classes.height;
      if (objects && !isSame)
        report.repair(
          objectsName,
          'has another size than the class mask; objects are not told apart',
        );
      return objectsOfMaps(classes, isSame ? objects : null, { table, place: name, report });
    },
  };
}

async function pngOf(path: string, name: string, problems: Problems): Promise<DecodedPng | null> {
  const bytes = await readLabelFile(path, name, problems);
  if (!bytes) return null;
  try {
    return await decodePng(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return problems.skip(name, error.message);
  }
}
