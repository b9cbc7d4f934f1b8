// One image through the model: an order is made, the work is done or its kept maps are used again, and
// proposals are handed back. Nothing here writes annotations; the caller commits.
import type { Progress } from '../../api/methods/method.ts';
import type { Annotation, ImageId } from '../../api/types.ts';
import type { PrelabelParams, PromptClass } from '../../api/run.ts';
import type { Priority, StageProgress } from '../../link/protocol.ts';
import type { MaskOptions, RunFacts } from '../../link/facts.ts';
import type { EngineContext } from '../context.ts';
import type { KnownImage } from '../images/imageFiles.ts';
import { knowImage } from '../images/imageFiles.ts';
import { orderOf, runIdOf } from '../order/order.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import type { StoredRun } from '../project/runs.ts';
import { BEFORE_ALL, isStored, saveRun } from '../project/runs.ts';
import { looksOf } from './looks.ts';
import type { KnownPack } from '../packs/packs.ts';
import { choiceOf } from '../packs/packs.ts';
import { checkedParams, engineOf } from './params.ts';
import { orderPacks, packsFor } from '../packs/enginePacks.ts';
import { edgePack, edgesOf, refineOptions } from './edges.ts';
import { proposalsOf, topZ } from './proposals.ts';
import { workKept } from './keptMaps.ts';
import type { RunRecord } from './record.ts';

export interface PrelabelRequest {
  readonly imageId: ImageId;
  readonly pack: KnownPack;
  readonly classes: readonly PromptClass[];
  readonly params: PrelabelParams;
  readonly thresholds: { readonly [categoryId: number]: number };
  readonly draft: boolean;
  readonly priority: Priority;
  /** The image's existing run stays its latest one. */
  readonly aside?: boolean | undefined;
}

interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: Progress) => void;
}

/** What there is to record of an image. */
export interface ImageWork extends RunRecord {
  /** Maps of an earlier run were kept: the model had no part in it. */
  readonly again: boolean;
  readonly image: KnownImage;
  /** What the masks were made with. */
  readonly options: MaskOptions;
}

export interface PrelabelOutcome {
  readonly run: StoredRun;
  readonly proposals: readonly Annotation[];
}

/** Runs (or re-uses) the model on one image. The run is remembered unless the project is read-only. */
export async function prelabelImage(
  context: EngineContext,
  project: Project,
  request: PrelabelRequest,
  watch: Watch,
): Promise<PrelabelOutcome> {
  const { run, masks, thresholds } = await workOnImage(context, project, request, watch);
  const { store } = project;
  const looks = looksOf(masks);
  const at = request.aside ? BEFORE_ALL : context.clock.now().toISOString();
  if (!project.readOnly && !(request.aside && isStored(store, run.runId)))
    saveRun(store, run, { thresholds, looks }, at);
  const above = topZ(annotationsOf(store, request.imageId));
  return { run, proposals: proposalsOf(masks, run.runId, { newId: context.newId, above }) };
}

/** The order of a request, and its work. */
export async function workOnImage(
  context: EngineContext,
  project: Project,
  request: PrelabelRequest,
  { signal, onProgress }: Watch,
): Promise<ImageWork> {
  const { imageId, priority } = request;
  const packs = await packsFor(context, engineOf(request.params), request.pack);
  const params = checkedParams(request.params, packs.explain.parameters);
  onProgress?.({ stage: 'Read image', done: 0, total: 1 });
  const image = await knowImage(project, context.link, imageId, { signal, priority });
  const order = orderOf(listCategories(project.store), request, {
    packs: orderPacks(packs, (pack) => choiceOf(context, pack)),
    params,
  });
  const edges = await edgePack(context, params.refine);
  const refine = edges && refineOptions(context, project, edges, { ...params, hash: image.hash });
  const drawn = refine ? { ...order, mask: { ...order.mask, refine } } : order;
  const send = {
    signal,
    priority,
    onProgress: (progress: StageProgress) =>
      onProgress?.(withAbsent(progress, params.masks.absentBelow)),
  };
  const { key, facts, masks, again } = await workKept(context, drawn, image, send);
  return {
    run: {
      ...storedRun(key, { ...request, pack: packs.explain }, facts),
      ...(edges ? { edges: edgesOf(masks, edges) } : {}),
    },
    masks,
    thresholds: order.thresholds,
    image,
    again,
    options: order.mask,
  };
}

/** A class whose match is too low is known to be absent before there are masks. */
function withAbsent(progress: StageProgress, absentBelow: number): Progress {
  if (!progress.matches) return progress;
  const matches = progress.matches.map((one) => ({ ...one, absent: one.match < absentBelow }));
  return { ...progress, matches };
}

function storedRun(cacheKey: string, request: PrelabelRequest, facts: RunFacts): StoredRun {
  const { packHash, ...rest } = facts;
  return {
    ...rest,
    runId: runIdOf(cacheKey, request.imageId),
    imageId: request.imageId,
    packId: request.pack.id,
    packName: request.pack.name,
    packHash: request.pack.packHash || packHash,
    params: request.params,
    words: Object.fromEntries(
      request.classes.map(({ categoryId, prompt, name }) => [categoryId, prompt || name]),
    ),
    cacheKey,
  };
}
