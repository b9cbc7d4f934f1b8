// Finished images that count as evidence: those whose stored maps were made as the project would make them
// today. Every other one is counted under its reason.
import type { LeftOut } from '../../../api/corrections/corrections.ts';
import { AppError } from '../../../api/errors.ts';
import type { AskedClass } from '../../../link/facts.ts';
import type { Annotation, Category, CategoryId, ImageId, RleMask } from '../../../api/types.ts';
import { area } from '../../../masks/runs/rle.ts';
import { unionAll } from '../../../masks/runs/combine.ts';
import type { EngineContext } from '../../context.ts';
import { knowImage } from '../../images/imageFiles.ts';
import { mapsKey, type ResolvedParams } from '../../order/order.ts';
import { hashesOf, type EnginePacks } from '../../packs/enginePacks.ts';
import { RUN_EXTENSION } from '../../prelabel/keptMaps.ts';
import { annotationsOf } from '../../project/annotations.ts';
import type { Project } from '../../project/project.ts';
import { latestRun, type StoredRun } from '../../project/runs.ts';
import {
  finishedImages,
  looksOfRun,
  type FinishedImage,
} from '../../project/corrections/finished.ts';

/** Images whose maps are kept when others have to go; more tell little more. */
export const MOST_IMAGES = 30;
/** What is smaller is judged by chance. */
const LEAST_PX = 25;

/** What the project would run today. */
export interface Present {
  readonly params: ResolvedParams;
  readonly packs: EnginePacks;
  readonly categories: readonly Category[];
}

export interface JudgedMask {
  readonly categoryId: CategoryId;
  /** All accepted masks of the class together. */
  readonly mask: RleMask;
  /** A person changed or drew it. */
  readonly corrected: boolean;
}

export interface EvidenceRow {
  readonly imageId: ImageId;
  readonly revision: number;
  readonly reviewedAt: string;
  readonly hash: string;
  readonly path: string;
  readonly run: StoredRun;
  readonly runFile: string;
  readonly classes: readonly JudgedMask[];
}

export interface Evidence {
  /** Earlier ones first. */
  readonly rows: readonly EvidenceRow[];
  readonly leftOut: LeftOut;
  /** The latest of those that would have a say if the model ran on them again. */
  readonly again: readonly ImageId[];
}

/** So many at most are run again at once. */
const MOST_AGAIN = 16;
const MENDED_BY_RUN: readonly (keyof LeftOut)[] = ['noRun', 'noMaps', 'otherModel', 'otherRun'];

type Reason = keyof LeftOut;

const NOBODY: LeftOut = {
  noRun: 0,
  noMaps: 0,
  otherModel: 0,
  otherRun: 0,
  otherFile: 0,
  nothing: 0,
  copies: 0,
  older: 0,
};

/** The latest finished images that can be judged. */
export async function collectEvidence(
  context: EngineContext,
  project: Project,
  present: Present,
  { signal, most = MOST_IMAGES }: { readonly signal: AbortSignal; readonly most?: number },
): Promise<Evidence> {
  const leftOut: Record<Reason, number> = { ...NOBODY };
  const rows: EvidenceRow[] = [];
  const seen = new Set<string>();
  const again: ImageId[] = [];
  for (const image of finishedImages(project.store)) {
    signal.throwIfAborted();
    const found = rows.length < most ? await rowOf(context, project, present, image) : 'older';
    if (typeof found === 'string') {
      leftOut[found] += 1;
      if (MENDED_BY_RUN.includes(found) && again.length < MOST_AGAIN) again.push(image.imageId);
    } else if (isCopy(project, found, seen)) leftOut.copies += 1;
    else rows.push(found);
  }
  return { rows: rows.reverse(), leftOut, again };
}

async function rowOf(
  context: EngineContext,
  project: Project,
  present: Present,
  { imageId, revision, reviewedAt }: FinishedImage,
): Promise<EvidenceRow | Reason> {
  const run = latestRun(project.store, imageId);
  if (!run) return 'noRun';
  const { params, packs } = present;
  if (run.engine !== params.engine || run.packHash !== packs.explain.packHash) return 'otherModel';
  const image = await knowImage(project, context.link, imageId, { priority: 'batch' }).catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code.startsWith('IMAGE_')) return null;
      throw error;
    },
  );
  if (!image) return 'otherFile';
  if (!isMadeAsNow(run, image.hash, present)) return 'otherRun';
  const runFile = await context.cache.find(run.cacheKey, RUN_EXTENSION);
  if (runFile === null) return 'noMaps';
  const { width, height } = image.record;
  const accepted = annotationsOf(project.store, imageId).filter(
    ({ status }) => status === 'accepted',
  );
  if (accepted.some(({ mask }) => mask.width !== width || mask.height !== height))
    return 'otherFile';
  const classes = judgedClasses(accepted, askedIds(run));
  if (classes.length === 0) return 'nothing';
  const { path, hash } = image;
  return { imageId, revision, reviewedAt, hash, path, run, runFile, classes };
}

const askedIds = ({ classes }: StoredRun): CategoryId[] =>
  classes.map(({ categoryId }) => categoryId).filter((id) => id > 0);

/** Maps have the same key today: same model, words, passes and layers. */
function isMadeAsNow(
  run: StoredRun,
  imageHash: string,
  { params, packs, categories }: Present,
): boolean {
  const byId = new Map(categories.map((one) => [one.id, one]));
  const asked = askedIds(run).map((id) => byId.get(id));
  const classes = asked.flatMap((one): AskedClass[] =>
    one ? [{ ...one, categoryId: one.id }] : [],
  );
  return (
    classes.length === asked.length &&
    mapsKey(imageHash, hashesOf(packs), classes, params) === run.cacheKey
  );
}

/** Accepted masks class by class, of classes that the run was asked for and whose masks can be judged. */
function judgedClasses(
  accepted: readonly Annotation[],
  asked: readonly CategoryId[],
): JudgedMask[] {
  return asked.flatMap((categoryId): JudgedMask[] => {
    const masks = accepted.filter((one) => one.categoryId === categoryId);
    const [first] = masks;
    // A crowd, or what came from elsewhere and is locked, covers what no mask of a run would.
    if (!first || masks.some((one) => one.isCrowd || (one.locked && one.origin === 'import')))
      return [];
    const { width, height } = first.mask;
    const united = unionAll(
      masks.map(({ mask }) => mask),
      width,
      height,
    );
    const corrected = masks.some(({ edited, origin }) => edited || origin !== 'model');
    return area(united) < LEAST_PX ? [] : [{ categoryId, mask: united, corrected }];
  });
}

/** The same file, or masks of the run that look the same: pictures of one burst count once. */
function isCopy({ store }: Project, { hash, run }: EvidenceRow, seen: Set<string>): boolean {
  const looks = looksOfRun(store, run.runId);
  const keys = [`file ${hash}`, ...(looks === '' ? [] : [`looks ${looks}`])];
  const known = keys.some((key) => seen.has(key));
  for (const key of keys) seen.add(key);
  return known;
}
