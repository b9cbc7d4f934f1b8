// What a `salience prelabel` call asks for: words of the command line into classes, settings and jobs.
import { classKey } from '../../../api/rules/classNames.ts';
import { AppError } from '../../../api/errors.ts';
import type { CategoryId, Json } from '../../../api/types.ts';
import type { AutoClasses, BatchRequest, MergePolicy } from '../../../api/job.ts';
import type { PrelabelParams } from '../../../api/run.ts';
import type { Engine } from '../../../engine/engine.ts';
import { edgePack } from '../../../engine/prelabel/edges.ts';
import { checkedParams, INSTANCES, REFINE, STUFF_EDGES } from '../../../engine/prelabel/params.ts';
import { findPack } from '../../../engine/packs/packs.ts';
import { choosingPacks } from '../../../engine/prelabel/looking/seenClasses.ts';
import {
  addCategories,
  listCategories,
  saveCategories,
} from '../../../engine/project/classes/categories.ts';
import { resolveParams } from '../../../link/presets.ts';
import type { ArtifactFolders } from '../artifacts/artifacts.ts';
import type { ClassOptions, ClassWish, ImageLabels } from '../arguments/classList.ts';
import { readClasses, readImageLabels } from '../arguments/classList.ts';
import { checkFilter } from '../arguments/filterArgument.ts';
import { UsageError } from '../arguments/usageError.ts';
import type { ImageArguments } from '../arguments/imageArguments.ts';
import { parseOverride } from '../arguments/overrides.ts';
import { chosenImages } from './chosenImages.ts';
import { asListed } from './imageLabels.ts';

export interface PrelabelOptions extends ClassOptions, ArtifactFolders {
  readonly out: string;
  readonly project?: string;
  readonly pack?: string;
  /** Id of the engine; the first one unless given. */
  readonly engine?: string;
  readonly preset: PrelabelParams['preset'];
  /** `name=value` pairs over the preset. */
  readonly set?: readonly string[];
  readonly format: string;
  /** Choose the classes present: by match probability, true = at the pack's; "clip" or "clip:0.4" by CLIP. */
  readonly auto?: boolean | string;
  readonly threshold?: string;
  /** The click model that redraws edges: sam, or sam:<pack>. */
  readonly refine?: string;
  /** Of --refine: the outline of stuff moves as well. */
  readonly stuffEdges?: boolean;
  /** One object per thing. */
  readonly instances?: boolean;
  readonly merge: MergePolicy;
  /** Only images that fit, in the words of the window's filter. */
  readonly filter?: string;
  readonly retryFailed?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** `--classes auto`: the model chooses among the names that are given otherwise. */
const AUTO_CLASSES = 'auto';

/** Match from which a class counts as present; 'pack' = as the pack says, null = all are asked for. */
export type Auto = number | 'pack' | Required<AutoClasses> | null;

/** People name classes that they expect: the threshold of a blind list would drop too many. */
const USUAL_SCORE = 0.3;

export interface Asked {
  /** Null = the classes that the project has already. */
  readonly wishes: readonly ClassWish[] | null;
  readonly auto: Auto;
  /** Classes per image; null = the same for all. */
  readonly labels: ImageLabels | null;
}

/** Reads the words about classes. Throws UsageError. */
export async function readAsked(
  options: ClassOptions & Pick<PrelabelOptions, 'auto'>,
): Promise<Asked> {
  const chooses = options.classes?.trim().toLowerCase() === AUTO_CLASSES;
  const { classes, ...others } = options;
  const auto = readAuto(options.auto, chooses);
  const listed = options.classesFile ?? options.cocoCategories;
  if (options.imageLabels !== undefined) {
    if (!chooses && classes !== undefined)
      throw new UsageError(
        '--image-labels names the classes already; leave --classes out. Ids and words for the model can come from --coco-categories or --classes-file.',
      );
    const named = await readImageLabels(options.imageLabels, listed !== undefined);
    if (listed === undefined) return { ...named, auto };
    const wishes = await readClasses(others);
    return { wishes, auto, labels: asListed(named.labels, wishes, options.imageLabels, listed) };
  }
  if (chooses && listed === undefined) return { wishes: null, auto, labels: null };
  return { wishes: await readClasses(chooses ? others : options), auto, labels: null };
}

function readAuto(auto: boolean | string | undefined, chooses: boolean): Auto {
  if (auto === undefined || auto === false) return chooses ? 'pack' : null;
  if (auto === true) return 'pack';
  const [, clip, figure] = /^(?:(clip)(?::|$))?(.*)$/.exec(auto) ?? [];
  const threshold = clip && figure === '' ? USUAL_SCORE : Number(figure);
  if (figure === undefined || !(threshold > 0 && threshold < 1))
    throw new UsageError(
      `--auto takes a probability between 0 and 1, clip, or clip with a score as in clip:0.4, not ${auto}.`,
    );
  return clip ? { by: 'clip', threshold } : threshold;
}

/** Settings of the call, read before anything is opened. */
export function readParams(
  options: Pick<
    PrelabelOptions,
    'engine' | 'preset' | 'set' | 'threshold' | 'filter' | 'refine' | 'stuffEdges' | 'instances'
  >,
): PrelabelParams {
  if (options.filter !== undefined) checkFilter(options.filter);
  const overrides: Record<string, Json> = Object.fromEntries(
    (options.set ?? []).map(parseOverride),
  );
  if (options.threshold !== undefined)
    overrides['masks.threshold'] = numberOf('--threshold', options.threshold);
  if (options.refine !== undefined) overrides[REFINE] = refineOf(options.refine);
  if (options.stuffEdges) {
    if (options.refine === undefined)
      throw new UsageError('--stuff-edges says what --refine does with stuff; add --refine sam.');
    overrides[STUFF_EDGES] = true;
  }
  if (options.instances) overrides[INSTANCES] = true;
  const { engine, preset } = options;
  return { preset, ...(engine === undefined ? {} : { engine }), overrides };
}

function refineOf(text: string): string {
  if (/^sam(:.+)?$/.test(text)) return text;
  throw new UsageError(
    `--refine takes sam, or sam:<pack> for one of several click models (see "salience pack list"), not ${text}.`,
  );
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
  await checkSettings(engine, params, options.pack ?? '');
  return {
    images: chosenImages(engine, images, options.filter),
    categoryIds: wishes === null ? ownClasses(engine) : addWishes(engine, wishes),
    auto: await autoFrom(engine, auto, options.pack ?? ''),
    params,
    packId: options.pack ?? '',
    merge: options.merge,
    thresholds: {},
  };
}

/** A setting that is off is a slip in the call, told before anything runs. Throws UsageError. */
export async function checkSettings(engine: Engine, params: PrelabelParams, packId: string) {
  const { parameters } = await findPack(engine.context, packId);
  try {
    await edgePack(engine.context, checkedParams(params, parameters).refine);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'PARAMS_INVALID') throw cause;
    throw new UsageError(`--set: ${cause.message}.`, { cause });
  }
}

/** The pack's own threshold holds in every preset: it says how the model's scores are spread. */
async function autoFrom(engine: Engine, auto: Auto, packId: string): Promise<AutoClasses | null> {
  if (auto === null || typeof auto === 'number') return auto === null ? null : { threshold: auto };
  const pack = await findPack(engine.context, packId);
  if (auto === 'pack')
    return { threshold: resolveParams('pack', pack.parameters).explain.matchThreshold };
  // Reports a missing CLIP before anything runs.
  await choosingPacks(engine.context, pack);
  return auto;
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
  const categoryIds = addCategories(
    store,
    wishes.map(({ name }) => name),
    wishes.map(({ id }) => id),
  );
  const present = new Map(listCategories(store).map((category) => [category.id, category]));
  saveCategories(
    store,
    wishes.map((wish, index) => {
      const category = present.get(categoryIds[index]!);
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

/** Classes whose number in the project is not the one that their file has, as sentences. */
export function otherNumbers(engine: Engine, wishes: readonly ClassWish[] | null): string[] {
  const idOf = new Map(
    listCategories(engine.context.open.get().store).map(({ id, name }) => [classKey(name), id]),
  );
  return (wishes ?? []).flatMap(({ name, said }) => {
    const id = idOf.get(classKey(name));
    if (said === null || id === undefined || said === String(id)) return [];
    return [
      said === '0'
        ? `the class "${name}" has the number ${id}: 0, its number in the file, stands for "no class" in many readers`
        : `the class "${name}" has the number ${id}; ${said}, its number in the file, is taken or no whole number`,
    ];
  });
}
