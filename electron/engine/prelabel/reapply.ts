// Masks and maps of a run that is kept, without the model.
import { AppError } from '../../api/errors.ts';
import type { Annotation, CategoryId, RunId } from '../../api/types.ts';
import type { MapRequest, PrelabelParams, ScoreMap } from '../../api/run.ts';
import type { Priority, StageProgress } from '../../link/protocol.ts';
import type { MaskOptions } from '../../link/facts.ts';
import type { EngineContext } from '../context.ts';
import type { KnownImage } from '../images/imageFiles.ts';
import { knowImage } from '../images/imageFiles.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import type { StoredRun } from '../project/runs.ts';
import { runById } from '../project/runs.ts';
import { looksOf } from './looks.ts';
import { packIfThere } from '../packs/packs.ts';
import { effectiveThresholds, maskOptions, type Refine } from '../order/order.ts';
import { edgePack, edgesOf, refineOptions } from './edges.ts';
import { RUN_EXTENSION } from './keptMaps.ts';
import { checkedParams } from './params.ts';
import { proposalsOf, topZ } from './proposals.ts';

/** A run with everything needed to work on its maps. */
export interface OpenRun {
  readonly run: StoredRun;
  readonly image: KnownImage;
  readonly runFile: string;
  readonly options: MaskOptions;
  readonly thresholds: ReadonlyMap<CategoryId, number>;
  /** The click model that redraws edges. */
  readonly refine: Refine | undefined;
  /** The outline of stuff moves as well. */
  readonly stuffEdges: boolean;
}

/** Throws RUN_UNKNOWN when the run or its maps are gone. */
export async function openRun(
  context: EngineContext,
  project: Project,
  runId: RunId,
  settings: {
    params: PrelabelParams;
    thresholds: { readonly [categoryId: number]: number };
    draft: boolean;
    signal?: AbortSignal | undefined;
    priority?: Priority;
  },
): Promise<OpenRun> {
  const run = runById(project.store, runId);
  const pack = await packIfThere(context, run.packId);
  const params = checkedParams(settings.params, pack?.parameters);
  const categories = listCategories(project.store);
  const own = new Map(categories.map((category) => [category.id, category.threshold]));
  const classes = run.classes.map(({ categoryId }) => ({
    categoryId,
    threshold: own.get(categoryId) ?? null,
  }));
  const thresholds = effectiveThresholds(categories, classes, settings.thresholds, params.masks);
  const image = await knowImage(project, context.link, run.imageId, {
    signal: settings.signal,
    ...(settings.priority ? { priority: settings.priority } : {}),
  });
  const runFile = await context.cache.find(run.cacheKey, RUN_EXTENSION);
  if (runFile === null)
    throw new AppError(
      'RUN_UNKNOWN',
      'The maps of this run are not kept any more. Run the image again.',
    );
  return {
    run,
    image,
    runFile,
    thresholds,
    refine: params.refine,
    stuffEdges: params.stuffEdges ?? false,
    options: maskOptions(categories, params.masks, thresholds, {
      draft: settings.draft,
      instances: params.instances,
    }),
  };
}

/** Fresh masks of an open run as proposals, and the run with its new figures. */
export async function reapply(
  context: EngineContext,
  project: Project,
  wanted: {
    open: OpenRun;
    params: PrelabelParams;
    /** Classes to propose for; all when left out. */
    only?: readonly CategoryId[] | undefined;
    requests?: readonly MapRequest[] | undefined;
    maxSide?: number | undefined;
  },
  send: {
    signal?: AbortSignal | undefined;
    onProgress?: (progress: StageProgress) => void;
    priority?: Priority;
  },
): Promise<{
  run: StoredRun;
  proposals: Annotation[];
  maps: readonly ScoreMap[];
  looks: Map<CategoryId, Uint8Array>;
}> {
  const { open, params, only, requests = [], maxSide = 1024 } = wanted;
  const edges = open.options.draft ? null : await edgePack(context, open.refine);
  const refine =
    edges && refineOptions(context, project, edges, { ...open, hash: open.image.hash });
  const { facts, masks, maps } = await context.link.request(
    'prelabel.reapply',
    {
      imagePath: open.image.path,
      runFile: open.runFile,
      options: refine ? { ...open.options, refine } : open.options,
      ...(only ? { only } : {}),
      requests,
      maxSide,
    },
    send,
  );
  const { classes, passes } = facts;
  const { edges: _before, ...before } = open.run;
  const run: StoredRun = {
    ...before,
    classes,
    passes,
    params,
    ...(edges ? { edges: edgesOf(masks, edges) } : {}),
  };
  const proposals = proposalsOf(masks, run.runId, {
    newId: context.newId,
    above: topZ(annotationsOf(project.store, run.imageId)),
  });
  return { run, proposals, maps, looks: looksOf(masks) };
}

/** The run with fresh figures of some classes; settings and the other classes stay as they were. */
export function mixedRun(
  before: StoredRun,
  fresh: StoredRun,
  wanted: ReadonlySet<CategoryId>,
): StoredRun {
  const figures = new Map(fresh.classes.map((result) => [result.categoryId, result]));
  return {
    ...before,
    ...mixedEdges(before, fresh, wanted),
    classes: before.classes.map((result) =>
      wanted.has(result.categoryId) ? (figures.get(result.categoryId) ?? result) : result,
    ),
  };
}

/** Edges of the wanted classes as they are now, of the others as they were. */
function mixedEdges(
  before: StoredRun,
  fresh: StoredRun,
  wanted: ReadonlySet<CategoryId>,
): Pick<StoredRun, 'edges'> {
  const now = (fresh.edges?.masks ?? []).filter(({ categoryId }) => wanted.has(categoryId));
  const kept = (before.edges?.masks ?? []).filter(({ categoryId }) => !wanted.has(categoryId));
  const from = fresh.edges ?? before.edges;
  return from ? { edges: { ...from, masks: [...kept, ...now] } } : {};
}
