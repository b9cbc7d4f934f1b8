// A data set of one's own: any images, and masks of equal stems (PNG class numbers or a COCO file) with a
// list of classes. 0 is background, 255 (or what classes.json says) is not labelled.
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Control, DatasetCategory } from '../../dataset/types.ts';
import { stemOf } from '../../dataset/fileNames.ts';
import { readText } from '../../dataset/text.ts';
import { VOID } from '../../evaluate/imageScore.ts';
import { openLabels, type LabelSource } from '../../evaluate/labelSource.ts';
import { isImageName } from '../../project/images/imageEndings.ts';
import { layoutFault, partIn } from '../layout.ts';
import { namesByLabel, type BenchmarkSet, type OpenedSet, type SetPlace } from '../set.ts';
import { counted } from '../../../link/words/counted.ts';

/** Labels of one byte: the method numbers its channels in one. */
const MAX_CLASSES = 254;

export const FOLDER: BenchmarkSet = {
  id: 'folder',
  async open(place, control) {
    const base = resolve(place.root);
    const images = join(base, (await partIn(base, 'images')) ?? '.');
    const truth = resolve(place.truth ?? join(base, 'masks'));
    const labels = await openLabels(truth, true, control);
    try {
      return await withImages(place, { images, truth, labels }, control);
    } catch (error) {
      await labels[Symbol.asyncDispose]();
      throw error;
    }
  },
};

interface Parts {
  readonly images: string;
  readonly truth: string;
  readonly labels: LabelSource;
}

async function withImages(
  place: SetPlace,
  { images, truth, labels }: Parts,
  control: Control,
): Promise<OpenedSet> {
  const [problem] = labels.problems;
  if (problem) throw layoutFault(`${truth}: ${problem.path} ${problem.message}`);
  const names = await classNames(place, labels.categories, truth);
  if (names.length > MAX_CLASSES)
    throw layoutFault(`${truth} has ${names.length} classes; at most ${MAX_CLASSES} are measured.`);
  const byStem = await imagesByStem(images, truth);
  control.signal?.throwIfAborted();
  const stems = labels.names.filter((stem) => byStem.has(stem));
  if (stems.length === 0)
    throw layoutFault(
      `No mask of ${truth} has an image of its name in ${images}; the first mask is ${labels.names[0] ?? 'none'}.`,
    );
  const labelOf = new Map(labels.categories?.map(({ id }, at) => [id, at + 1]));
  const toLabel = (id: number) =>
    labels.categories ? (labelOf.get(id) ?? VOID - 1) : id <= names.length ? id : VOID - 1;
  const classes = names.map((name, at) => ({ label: at + 1, name, prompt: name, synonyms: [] }));
  return {
    facts: {
      id: 'folder',
      title: `${images}, ${counted(names.length, 'class', 'classes')}`,
      names: namesByLabel(classes, names.length + 1),
      classes,
      background: 'always',
      confidence: 0.6,
      countsBackground: { standard: true, reference: true },
      subsets: [],
      published: [],
      officialImages: null,
    },
    images,
    items: stems.map((stem) => ({ name: byStem.get(stem)!, truth: `${truth}, ${stem}` })),
    read: ({ name }) => labels.read(stemOf(name), toLabel),
    [Symbol.asyncDispose]: () => labels[Symbol.asyncDispose](),
  };
}

async function classNames(
  { classes }: SetPlace,
  categories: readonly DatasetCategory[] | null,
  truth: string,
): Promise<string[]> {
  if (categories) return categories.map(({ name }) => name);
  if (classes === undefined)
    throw layoutFault(
      `${truth} does not name its classes: put a classes.json beside the masks, or add --classes-file with one name a line, in the order of the numbers 1, 2, ...`,
    );
  const names = (await readText(classes)).split('\n').map((line) => line.trim());
  const found = names.filter((name) => name !== '');
  if (found.length === 0) throw layoutFault(`${classes} names no class; expected one a line.`);
  return found;
}

async function imagesByStem(folder: string, truth: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true }).catch(() => null);
  if (!entries) throw layoutFault(`There is no folder ${folder}.`);
  const byStem = new Map<string, string>();
  for (const entry of entries.sort()) {
    const name = entry.replaceAll('\\', '/');
    // Masks that lie below the images are no images.
    if (!isImageName(name) || join(folder, name).startsWith(join(truth, '/'))) continue;
    const other = byStem.get(stemOf(name));
    if (other !== undefined)
      throw layoutFault(`${other} and ${name} in ${folder} have one mask; give them other names.`);
    byStem.set(stemOf(name), name);
  }
  return byStem;
}
