// Class names of images for tuning: from a COCO file, whose masks the search never sees, or from a
// list of names alone.
import { isSameClass } from '../../../api/rules/classNames.ts';
import { AppError } from '../../../api/errors.ts';
import type { CategoryId } from '../../../api/types.ts';
import { readCoco } from '../../../engine/dataset/coco/reading/read.ts';
import { ImageNames } from '../../../engine/dataset/imageNames.ts';
import type { DatasetCategory } from '../../../engine/dataset/types.ts';
import type { AskedClass } from '../../../link/facts.ts';
import type { ImageTruth } from '../../../engine/tune/truth.ts';
import type { ClassOptions, ClassWish } from './classList.ts';
import { readClasses } from './classList.ts';
import { UsageError } from './usageError.ts';

export interface TuneLabels {
  readonly classes: readonly AskedClass[];
  /** True when a file says which classes an image has. */
  readonly perImage: boolean;
  /** Classes of an image, and its right masks when they are to be shown; null where none is known. */
  of(name: string): Promise<{ classes: readonly AskedClass[]; truth: ImageTruth | null } | null>;
}

export interface TuneLabelOptions extends ClassOptions {
  /** COCO file that says which classes each image has. */
  readonly labels?: string;
  /** The same, and its masks are compared with those of each try. */
  readonly truth?: string;
  /** Leave stuff out: its pixels count as background. */
  readonly things?: boolean;
}

export async function readTuneLabels(options: TuneLabelOptions): Promise<TuneLabels> {
  const file = options.truth ?? options.labels;
  const listed =
    options.classes !== undefined ||
    options.classesFile !== undefined ||
    options.cocoCategories !== undefined;
  if (file === undefined) {
    const classes = (await readClasses(options)).map(fromWish);
    return { classes, perImage: false, of: async () => null };
  }
  const wishes = listed ? await readClasses(options) : null;
  await using dataset = await readCoco(file, { skipBroken: true });
  const asked = dataset.categories.filter(
    ({ name, isThing }) =>
      (wishes === null || wishes.some((wish) => isSameClass(wish.name, name))) &&
      (isThing || !options.things),
  );
  if (asked.length === 0) throw new UsageError(`${file} knows none of the asked classes.`);
  const classes = asked.map((category) => fromCategory(category, wishes));
  const byId = new Map(classes.map((one) => [one.categoryId as number, one]));
  // Image-level labels and masks are read once; only runs of set pixels are kept.
  const known = new Map<string, { classes: readonly AskedClass[]; truth: ImageTruth | null }>();
  for await (const image of dataset.images()) {
    const masks = image.annotations.filter(({ categoryId }) => byId.has(categoryId));
    const present = new Set(masks.map(({ categoryId }) => categoryId));
    known.set(image.fileName, {
      classes: classes.filter(({ categoryId }) => present.has(categoryId)),
      truth:
        options.truth === undefined
          ? null
          : {
              width: image.width,
              height: image.height,
              masks: masks.map(({ categoryId, mask }) => ({
                categoryId: categoryId as CategoryId,
                mask,
              })),
              rest: 'background',
            },
    });
  }
  if (known.size === 0)
    throw new AppError('IMPORT_INVALID', `${file} has no images; it cannot say what they show.`);
  const names = new ImageNames([...known.keys()]);
  return {
    classes,
    perImage: true,
    async of(name) {
      const found = names.find({ paths: [name], stems: [] });
      return found.kind === 'one' ? known.get(found.name)! : null;
    },
  };
}

function fromWish({ name, prompt, synonyms, kind }: ClassWish, index: number): AskedClass {
  return { categoryId: (index + 1) as CategoryId, name, prompt, synonyms, kind, threshold: null };
}

function fromCategory(
  { id, name, isThing }: DatasetCategory,
  wishes: readonly ClassWish[] | null,
): AskedClass {
  const wish = wishes?.find((one) => isSameClass(one.name, name));
  return {
    categoryId: id as CategoryId,
    name,
    prompt: wish?.prompt ?? name,
    synonyms: wish?.synonyms ?? [],
    kind: isThing && wish?.kind !== 'stuff' ? 'thing' : 'stuff',
    threshold: null,
  };
}
