// A data set from label files that name their classes in words: what a format must tell of one image, and
// the walk that pairs it with the images that are here. Nothing is kept of an image but its name.
import { AppError } from '../../../../api/errors.ts';
import { toldBy } from '../../../../api/said/importWords.ts';
import type { Field } from '../../../../api/rules/fields/fields.ts';
import type { RleMask } from '../../../../api/types.ts';
import { area } from '../../../../masks/runs/rle.ts';
import { joinFields } from '../../details/details.ts';
import type { ImageNames, WantedImage } from '../../imageNames.ts';
import { pairImages } from '../../pairing.ts';
import type { ImageLibrary } from '../../pairing.ts';
import { Problems } from '../../problems.ts';
import { throwIfAborted } from '../../types.ts';
import type { DatasetAnnotation, DatasetCategory, DatasetImage, JsonObject } from '../../types.ts';
import type { Size } from './areas.ts';
import type { ImportedDataset, ImportOptions } from '../format.ts';
import { libraryOf } from './library.ts';

export interface FoundObject {
  /** Name of its class. */
  readonly label: string;
  readonly mask: RleMask;
  readonly score: number | null;
  /** Nobody looked at it in the program that it comes from. */
  readonly isProposal?: boolean;
  readonly isCrowd?: boolean;
  readonly extra: JsonObject;
}

/** What a label file says of one image. */
export interface LabelledImage {
  /** How messages call it: a file name, a JSON path. */
  readonly place: string;
  readonly wanted: WantedImage;
  /** The size it was labelled in; null where the file does not say. */
  readonly size: Size | null;
  /** Nothing is lost when it finds no image. */
  readonly isEmpty: boolean;
  readonly extra?: JsonObject;
  /** The objects, back to front. What is left out, or changed, goes into the problems. */
  objects(size: Size, problems: Problems): Promise<readonly FoundObject[]> | readonly FoundObject[];
}

export interface LabelSource {
  /** Where the labels are, for messages. */
  readonly path: string;
  readonly stage: string;
  /** Classes that the source lists, used or not, in their order. */
  readonly classes?: readonly ClassOfSource[];
  /** Every image that is labelled; walked several times, always in the same order. */
  images(problems: Problems): AsyncIterable<LabelledImage>;
}

export interface ClassOfSource {
  readonly name: string;
  /** `#rrggbb`, or empty. */
  readonly color: string;
  /** What it asks of every object. */
  readonly fields?: readonly Field[];
}

/** Reads everything once, so that all faults are known before anything is imported. Throws IMPORT_INVALID. */
export async function openLabelSource(
  source: LabelSource,
  options: ImportOptions,
): Promise<ImportedDataset> {
  const library = libraryOf(options);
  const problems = new Problems();
  const entries: { label: string; wanted: WantedImage; isEmpty: boolean }[] = [];
  for await (const { place, wanted, isEmpty } of source.images(new Problems())) {
    throwIfAborted(options);
    entries.push({ label: place, wanted, isEmpty });
  }
  const names = pairs(entries, library.names, problems);
  const walk = (report: Problems) => walkImages(source, names, options, report);
  const labels = new Set<string>();
  let sound = 0;
  for await (const { objects } of walk(problems)) {
    sound += objects.length;
    for (const { label } of objects) labels.add(label);
  }
  if (!options.skipBroken) problems.refuseSkipped(source.path, sound);
  const categories = categoriesOf(source.classes ?? [], labels);
  const ids = new Map(categories.map(({ id, name }) => [name, id]));
  async function* images(): AsyncGenerator<DatasetImage> {
    for await (const { objects, ...image } of walk(new Problems()))
      yield {
        ...image,
        annotations: objects.map((object) => annotation(object, ids.get(object.label)!)),
      };
  }
  return {
    categories,
    imageCount: names.filter((name) => name !== null).length,
    images,
    problems,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function pairs(
  entries: readonly { label: string; wanted: WantedImage; isEmpty: boolean }[],
  names: ImageNames,
  problems: Problems,
): readonly (string | null)[] {
  if (names.count > 0) return pairImages(entries, names, problems);
  return entries.map(({ wanted }) => wanted.paths[0] ?? wanted.stems[0] ?? null);
}

type WalkedImage = Omit<DatasetImage, 'annotations'> & { readonly objects: readonly FoundObject[] };

async function* walkImages(
  source: LabelSource,
  names: readonly (string | null)[],
  options: ImportOptions,
  problems: Problems,
): AsyncGenerator<WalkedImage> {
  const library = libraryOf(options);
  let index = 0;
  for await (const { place, size: said, extra, objects } of source.images(problems)) {
    throwIfAborted(options);
    options.onProgress?.({ stage: source.stage, done: index, total: names.length });
    const fileName = names[index++];
    if (fileName === null || fileName === undefined) continue;
    const size = await sizeFor(said, fileName, { place, library, problems });
    if (!size) continue;
    const { width, height } = size;
    const found = (await objects(size, problems)).filter(
      ({ mask, label }) =>
        area(mask) > 0 ||
        problems.skip(place, { code: 'noPixelOf', values: [JSON.stringify(label)] }),
    );
    yield {
      id: null,
      fileName,
      width,
      height,
      isReviewed: false,
      extra: extra ?? {},
      objects: found,
    };
  }
}

/**
 * The size that the objects are drawn in; null after a note. A file may state any size: nothing is
 * unpacked for one that the image does not have, upright or as it is stored.
 */
async function sizeFor(
  said: Size | null,
  fileName: string,
  context: { readonly place: string; readonly library: ImageLibrary; readonly problems: Problems },
): Promise<Size | null> {
  const { place, library, problems } = context;
  if (library.names.count === 0)
    return said ?? problems.skip(place, { code: 'noSize', values: [] });
  try {
    const { width, height } = await library.sizeOf(fileName);
    if (!said) return { width, height };
    const isSame = said.width === width && said.height === height;
    const isTurned = said.width === height && said.height === width;
    if (isSame || isTurned) return said;
    return problems.leaveOut(place, {
      code: 'labelledAt',
      values: [[said.width, said.height], fileName, [width, height]],
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return problems.leaveOut(place, toldBy(error));
  }
}

/** The classes that the source lists, then those that only objects name, in alphabetical order. */
function categoriesOf(
  listed: readonly ClassOfSource[],
  used: ReadonlySet<string>,
): DatasetCategory[] {
  const known = new Map(listed.map((one) => [one.name, one]));
  const others = [...used].filter((name) => !known.has(name)).sort();
  return [...known.keys(), ...others].map((name, i) => ({
    id: i + 1,
    name,
    supercategory: '',
    isThing: true,
    color: known.get(name)?.color ?? '',
    extra: joinFields(known.get(name)?.fields, {}),
  }));
}

function annotation(
  { mask, score, extra, isProposal = false, isCrowd = false }: FoundObject,
  categoryId: number,
): DatasetAnnotation {
  return {
    id: null,
    categoryId,
    mask,
    score,
    origin: 'import',
    isCrowd,
    ...(isProposal ? { isProposal } : {}),
    extra,
  };
}
