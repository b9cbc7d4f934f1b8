// What a `salience prelabel` call asks for: words of the command line into classes, settings and jobs.
import { AppError } from '../../../api/errors.ts';
import type {
  BatchRequest,
  CategoryId,
  ImageId,
  Json,
  MergePolicy,
  PrelabelParams,
} from '../../../api/types.ts';
import type { Engine } from '../../../engine/engine.ts';
import { findPack } from '../../../engine/packs/packs.ts';
import {
  addCategories,
  listCategories,
  saveCategories,
} from '../../../engine/project/categories.ts';
import { resolveParams } from '../../../link/presets.ts';
import type { ArtifactFolders } from '../artifacts/artifacts.ts';
import type { ClassOptions, ClassWish, ImageLabels } from '../arguments/classList.ts';
import { readClasses, readImageLabels } from '../arguments/classList.ts';
import { UsageError } from '../arguments/usageError.ts';
import type { ImageArguments } from '../arguments/imageArguments.ts';
import { isAsked } from '../arguments/imageArguments.ts';
import { parseOverride } from '../arguments/overrides.ts';

export interface PrelabelOptions extends ClassOptions, ArtifactFolders {
  readonly out: string;
  readonly project?: string;
  readonly pack?: string;
  readonly preset: PrelabelParams['preset'];
  /** `name=value` pairs over the preset. */
  readonly set?: readonly string[];
  readonly format: string;
  /** Choose the classes present by match probability; true = at the pack's. */
  readonly auto?: boolean | string;
  readonly threshold?: string;
  readonly merge: MergePolicy;
  readonly retryFailed?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** `--classes auto`: the model chooses among the names that are given otherwise. */
const AUTO_CLASSES = 'auto';

/** Match from which a class counts as present; 'pack' = as the pack says, null = all are asked for. */
type Auto = number | 'pack' | null;

export interface Asked {
  /** Null = the classes that the project has already. */
  readonly wishes: readonly ClassWish[] | null;
  readonly auto: Auto;
  /** Classes per image; null = the same for all. */
  readonly labels: ImageLabels | null;
}

/** Reads the words about classes. Throws UsageError. */
export async function readAsked(options: PrelabelOptions): Promise<Asked> {
  const chooses = options.classes?.trim().toLowerCase() === AUTO_CLASSES;
  const { classes, ...others } = options;
  const auto = readAuto(options.auto, chooses);
  const listed = options.classesFile ?? options.cocoCategories;
  if (options.imageLabels !== undefined) {
    if (listed ?? (chooses ? undefined : classes))
      throw new UsageError(
        '--image-labels names the classes already; leave the other class options out.',
      );
    return { ...(await readImageLabels(options.imageLabels)), auto };
  }
  if (chooses && listed === undefined) return { wishes: null, auto, labels: null };
  return { wishes: await readClasses(chooses ? others : options), auto, labels: null };
}

function readAuto(auto: boolean | string | undefined, chooses: boolean): Auto {
  if (auto === undefined || auto === false) return chooses ? 'pack' : null;
  if (auto === true) return 'pack';
  const threshold = Number(auto);
  if (!(threshold > 0 && threshold < 1))
    throw new UsageError(`--auto takes a probability between 0 and 1, not ${String(auto)}.`);
  return threshold;
}

/** Settings of the call, read before anything is opened. */
export function readParams(options: PrelabelOptions): PrelabelParams {
  const overrides: Record<string, Json> = Object.fromEntries(
    (options.set ?? []).map(parseOverride),
  );
  if (options.threshold !== undefined)
    overrides['masks.threshold'] = numberOf('--threshold', options.threshold);
  return { preset: options.preset, overrides };
}

function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`${option} takes a number, not ${text}.`);
  return value;
}

/** Writes the classes into the project and says what the job is about. */
export async function jobRequest(
  engine: Engine,
  images: ImageArguments,
  { wishes, auto, params }: Pick<Asked, 'wishes' | 'auto'> & { readonly params: PrelabelParams },
  options: PrelabelOptions,
): Promise<BatchRequest> {
  return {
    images:
      images.names === null ? { kind: 'all' } : { kind: 'ids', ids: askedIds(engine, images) },
    categoryIds: wishes === null ? ownClasses(engine) : addWishes(engine, wishes),
    auto: auto === null ? null : { threshold: await matchFrom(engine, auto, options.pack ?? '') },
    params,
    packId: options.pack ?? '',
    merge: options.merge,
    thresholds: {},
  };
}

/** The pack's own threshold holds in every preset: it says how the model's scores are spread. */
async function matchFrom(engine: Engine, auto: number | 'pack', packId: string): Promise<number> {
  if (auto !== 'pack') return auto;
  const { parameters } = await findPack(engine.context, packId);
  return resolveParams('pack', parameters).explain.matchThreshold;
}

function ownClasses(engine: Engine): CategoryId[] {
  const classes = listCategories(engine.context.open.get().store);
  if (classes.length === 0)
    throw new UsageError(
      '--classes auto chooses among names, and the project has none yet: add --classes-file names.txt, --coco-categories labels.json or a --project with classes.',
    );
  return classes.map(({ id }) => id);
}

/** Adds the classes that are new, gives all of them their words, and tells their ids in order. */
function addWishes(engine: Engine, wishes: readonly ClassWish[]): CategoryId[] {
  const { store } = engine.context.open.get();
  const known = new Map(
    listCategories(store).map((category) => [category.name.toLowerCase(), category]),
  );
  const free = wishes.filter(({ name }) => !known.has(name.toLowerCase()));
  const added = addCategories(
    store,
    free.map(({ name }) => name),
    free.map(({ id }) => id),
  );
  const idOf = new Map(free.map((wish, index) => [wish.name, added[index] as CategoryId]));
  const present = listCategories(store);
  const categoryIds = wishes.map(
    (wish) => idOf.get(wish.name) ?? (known.get(wish.name.toLowerCase())?.id as CategoryId),
  );
  saveCategories(
    store,
    wishes.map((wish, index) => {
      const category = present.find(({ id }) => id === categoryIds[index]);
      if (!category)
        throw new AppError('CATEGORY_UNKNOWN', `The class ${wish.name} could not be added.`);
      const prompt = wish.prompt === wish.name ? '' : wish.prompt;
      return {
        ...category,
        prompt,
        synonyms: wish.synonyms,
        kind: wish.kind,
        supercategory: wish.supercategory || category.supercategory,
      };
    }),
  );
  return categoryIds;
}

/** One request per set of classes; images without labels are left out. */
export function requestsByLabels(
  engine: Engine,
  request: BatchRequest,
  labels: ImageLabels,
): BatchRequest[] {
  const { store } = engine.context.open.get();
  const idOf = new Map(listCategories(store).map(({ id, name }) => [name.toLowerCase(), id]));
  const asked = request.images.kind === 'ids' ? new Set(request.images.ids) : null;
  const groups = new Map<string, { categoryIds: CategoryId[]; ids: ImageId[] }>();
  for (const { id, name } of store.all<{ id: number; name: string }>(
    'SELECT id, name FROM image ORDER BY sort, id',
  )) {
    const classes = labels.get(name);
    if (!classes || classes.length === 0 || (asked && !asked.has(id as ImageId))) continue;
    const categoryIds = classes
      .map((one) => idOf.get(one.toLowerCase()) as CategoryId)
      .sort((a, b) => a - b);
    const group = groups.get(categoryIds.join()) ?? { categoryIds, ids: [] };
    group.ids.push(id as ImageId);
    groups.set(categoryIds.join(), group);
  }
  if (groups.size === 0)
    throw new UsageError('No image of the folder is named in the file of image labels.');
  return [...groups.values()].map(({ categoryIds, ids }) => ({
    ...request,
    categoryIds,
    images: { kind: 'ids', ids },
  }));
}

function askedIds(engine: Engine, images: ImageArguments): ImageId[] {
  const rows = engine.context.open
    .get()
    .store.all<{ id: number; name: string }>('SELECT id, name FROM image');
  const ids = rows.filter(({ name }) => isAsked(name, images)).map(({ id }) => id as ImageId);
  if (ids.length === 0)
    throw new UsageError('None of the named files is an image that can be read.');
  return ids;
}
