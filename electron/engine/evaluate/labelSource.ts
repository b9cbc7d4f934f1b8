// Label maps to compare, from a COCO file or a folder of PNG masks, one image at a time and in the
// labels of the truth: 0 is background, 1, 2, ... are its categories in their order.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { readCoco } from '../dataset/coco/reading/read.ts';
import { stemOf } from '../dataset/fileNames.ts';
import { parseClassMap } from '../dataset/formats/maskImages/classMap.ts';
import { readText } from '../dataset/text.ts';
import type { Control, DatasetCategory, DatasetImage } from '../dataset/types.ts';
import { paintInPlace } from '../../masks/runs/bitmap.ts';
import { VOID, type LabelMapOf } from './imageScore.ts';
import { readLabelPng } from './labelPng.ts';

/** Label maps by image. */
export interface LabelSource extends AsyncDisposable {
  /** Null for mask folders without classes.json: pixel values are then labels as they are. */
  readonly categories: readonly DatasetCategory[] | null;
  /** What the images are called, in order. */
  readonly names: readonly string[];
  /** `label` gives the label of a category id, or null to leave it out as "unknown class". */
  read(name: string, label: (categoryId: number) => number): Promise<LabelMapOf>;
  /** The objects of an image, for scores of instances; null for mask folders, which have none. */
  readonly objects: ((name: string) => Promise<DatasetImage>) | null;
  /** What could not be read, with its place. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** Whether a path is taken for a COCO file; anything else is a folder of masks. */
export function isCocoPath(path: string): boolean {
  return /\.json$/i.test(path);
}

/**
 * Opens a COCO file or a folder of masks. Images are called by their whole name, or with `byStem`,
 * which masks need, by the name without extension.
 */
export async function openLabels(
  path: string,
  byStem: boolean,
  control: Control,
): Promise<LabelSource> {
  if (isCocoPath(path)) return openCoco(path, byStem, control);
  const info = await stat(path).catch(() => null);
  if (!info)
    throw new AppError('IMPORT_INVALID', `there is no file or folder ${path}; check the name`);
  if (!info.isDirectory())
    throw new AppError(
      'IMPORT_INVALID',
      `masks are compared from a COCO file (its name ends in .json) or a folder of PNG masks; this is neither: ${path}`,
    );
  return openMaskFolder(path);
}

async function openCoco(path: string, byStem: boolean, control: Control): Promise<LabelSource> {
  const dataset = await readCoco(path, { ...control, skipBroken: true });
  const places = new Map<string, number>();
  for (const [i, name] of dataset.imageNames().entries()) {
    const key = byStem ? stemOf(name) : name;
    if (places.has(key))
      throw new AppError('IMPORT_INVALID', `two images are called ${JSON.stringify(key)}: ${path}`);
    places.set(key, i);
  }
  return {
    categories: dataset.categories,
    names: [...places.keys()],
    problems: dataset.problems.kept.filter((p) => p.effect === 'skipped'),
    objects: (name) => dataset.image(places.get(name)!),
    read: async (name, label) => paint(await dataset.image(places.get(name)!), label),
    [Symbol.asyncDispose]: () => dataset.close(),
  };
}

/** Where annotations overlap the first one wins, as the published evaluation paints instances. */
function paint(image: DatasetImage, label: (categoryId: number) => number): LabelMapOf {
  const { width, height } = image;
  const labels = new Uint16Array(width * height);
  for (const { mask, categoryId } of image.annotations)
    paintInPlace(labels, mask, label(categoryId), { onlyOver: 0 });
  return { labels, width, height };
}

async function openMaskFolder(path: string): Promise<LabelSource> {
  const entries = (await readdir(path, { recursive: true })).map((n) => n.replaceAll('\\', '/'));
  const files = entries.filter((name) => /\.png$/i.test(name)).sort();
  if (files.length === 0)
    throw new AppError('IMPORT_INVALID', `there is no PNG mask in this folder: ${path}`);
  // Salience's own export puts masks/ before the image's name, and the subset when it was split.
  const isSplit = files.every((name) => /^masks\/(train|val)\//.test(name));
  const prefix = isSplit ? /^masks\/(train|val)\// : /^masks\//;
  const byName = new Map(files.map((name) => [stemOf(name).replace(prefix, ''), name]));
  const classes = entries.includes('classes.json')
    ? parseClassMap(await readText(join(path, 'classes.json')), join(path, 'classes.json'))
    : null;
  return {
    categories: classes?.categories ?? null,
    names: [...byName.keys()],
    problems: [],
    objects: null,
    async read(name, label) {
      const file = byName.get(name)!;
      return readLabelPng({ path: join(path, file), name: file }, (value, wide) => {
        if (value === 0) return 0;
        if (value === (classes ? classes.ignore : wide ? VOID : 255)) return VOID;
        const category = classes ? classes.categoryOf.get(value) : value;
        return category === undefined ? VOID - 1 : label(category);
      });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
