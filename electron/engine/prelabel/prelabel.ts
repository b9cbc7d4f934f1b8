// One image through the model: cached maps are used again, masks follow from them, proposals are
// handed back. Nothing here writes annotations; the caller commits.
import { createHash } from 'node:crypto';
import type { Progress } from '../../api/methods/method.ts';
import { usualThreshold } from '../../api/rules/thresholds.ts';
import type { Annotation, Category, CategoryId, ImageId, RunId } from '../../api/types.ts';
import type { PrelabelParams, PromptClass } from '../../api/run.ts';
import type { MaskParams, PipelineParams } from '../../link/params.ts';
import { FIRST_ENGINE } from '../../link/engines/engines.ts';
import type { Priority, StageProgress } from '../../link/protocol.ts';
import type { ClassMask, MaskOptions, RunFacts } from '../../link/facts.ts';
import type { EngineContext } from '../context.ts';
import type { KnownImage } from '../images/imageFiles.ts';
import { knowImage } from '../images/imageFiles.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import type { StoredRun } from '../project/runs.ts';
import { saveRun } from '../project/runs.ts';
import { looksOf } from './looks.ts';
import type { KnownPack } from '../packs/packs.ts';
import { choiceOf } from '../packs/packs.ts';
import { checkedParams, engineOf } from './params.ts';
import { packsFor, type EnginePacks } from '../packs/enginePacks.ts';
import { edgePack, edgesOf, refineOptions } from './edges.ts';
import { proposalsOf } from './proposals.ts';

export const RUN_EXTENSION = '.run';

export interface PrelabelRequest {
  readonly imageId: ImageId;
  readonly pack: KnownPack;
  readonly classes: readonly PromptClass[];
  readonly params: PrelabelParams;
  readonly thresholds: { readonly [categoryId: number]: number };
  readonly draft: boolean;
  readonly priority: Priority;
}

export interface PrelabelOutcome {
  readonly run: StoredRun;
  readonly proposals: readonly Annotation[];
  readonly image: KnownImage;
  /** The maps were there already; the model did not run. */
  readonly fromCache: boolean;
}

/** Runs (or re-uses) the model on one image. The run is remembered unless the project is read-only. */
export async function prelabelImage(
  context: EngineContext,
  project: Project,
  request: PrelabelRequest,
  options: { signal?: AbortSignal | undefined; onProgress?: (progress: Progress) => void },
): Promise<PrelabelOutcome> {
  const { imageId, classes, priority } = request;
  const packs = await packsFor(context, engineOf(request.params), request.pack);
  const { explain: pack, judge } = packs;
  const params = checkedParams(request.params, pack.parameters);
  options.onProgress?.({ stage: 'Read image', done: 0, total: 1 });
  const image = await knowImage(project, context.link, imageId, {
    signal: options.signal,
    priority,
  });
  const key = runKey(image.hash, hashesOf(packs), classes, params);
  const runId = `${key.slice(0, 32)}-${imageId}` as RunId;
  const categories = listCategories(project.store);
  const thresholds = effectiveThresholds(categories, classes, request.thresholds, params.masks);
  const edges = await edgePack(context, params.refine);
  const mask: MaskOptions = {
    ...maskOptions(project, params.masks, thresholds, {
      draft: request.draft,
      instances: params.instances,
    }),
    ...(edges ? { refine: refineOptions(context, project, edges, image.hash) } : {}),
  };
  const onProgress = (progress: StageProgress) =>
    options.onProgress?.(withAbsent(progress, params.masks.absentBelow));
  const send = { signal: options.signal, onProgress, priority };
  const runFile = await context.cache.find(key, RUN_EXTENSION);
  let found: { facts: RunFacts; masks: readonly ClassMask[] } | null = null;
  if (runFile !== null) {
    try {
      found = await context.link.request(
        'prelabel.reapply',
        { imagePath: image.path, runFile, options: mask },
        send,
      );
    } catch (error) {
      if (options.signal?.aborted) throw error;
      // A cache entry that cannot be used is made again; a real failure shows up again below.
      await context.cache.remove(key, RUN_EXTENSION);
      context.log(`cached maps were dropped: ${String(error)}`);
    }
  }
  const fromCache = found !== null;
  if (!found) {
    const target = context.cache.pathOf(key, RUN_EXTENSION);
    found = await context.link.request(
      'prelabel.run',
      {
        imagePath: image.path,
        pack: choiceOf(context, pack),
        ...(judge ? { judge: choiceOf(context, judge) } : {}),
        engine: params.engine,
        classes,
        params: params.explain,
        options: mask,
        runFile: target,
      },
      send,
    );
    await context.cache.added(target);
  }
  const run: StoredRun = {
    ...storedRun(runId, key, { ...request, pack }, found.facts),
    ...(edges ? { edges: edgesOf(found.masks, edges) } : {}),
  };
  const looks = looksOf(found.masks);
  if (!project.readOnly)
    saveRun(project.store, run, { thresholds, looks }, context.clock.now().toISOString());
  return {
    run,
    proposals: proposalsOf(found.masks, runId, {
      newId: context.newId,
      above: topZ(annotationsOf(project.store, imageId)),
    }),
    image,
    fromCache,
  };
}

/** A class whose match is too low is known to be absent before there are masks. */
function withAbsent(progress: StageProgress, absentBelow: number): Progress {
  if (!progress.matches) return progress;
  const matches = progress.matches.map((one) => ({ ...one, absent: one.match < absentBelow }));
  return { ...progress, matches };
}

/** What tells the models of a run from others. */
export const hashesOf = ({ explain, judge }: EnginePacks): string =>
  judge ? `${explain.packHash} ${judge.packHash}` : explain.packHash;

/** What decides the maps, as one key: same key, same maps. */
export function runKey(
  imageHash: string,
  packHash: string,
  classes: readonly PromptClass[],
  { engine, explain }: Pick<PipelineParams<object>, 'engine' | 'explain'>,
): string {
  const asked = classes.map(({ categoryId, name, prompt, synonyms }) => [
    categoryId,
    prompt || name,
    synonyms,
  ]);
  // The first engine's key names none: what was kept before there were others is found again.
  const made = engine === FIRST_ENGINE ? [1] : [2, engine];
  return createHash('sha256')
    .update(JSON.stringify([...made, imageHash, packHash, asked, explain]))
    .digest('hex');
}

/** Class by class: the caller's word, then the class's own, then the parameters' for things or stuff. */
export function effectiveThresholds(
  categories: readonly Pick<Category, 'id' | 'kind'>[],
  classes: readonly Pick<PromptClass, 'categoryId' | 'threshold'>[],
  asked: { readonly [categoryId: number]: number },
  masks: MaskParams,
): Map<CategoryId, number> {
  const kinds = new Map(categories.map(({ id, kind }) => [id, kind]));
  return new Map(
    classes.map(({ categoryId, threshold }) => [
      categoryId,
      asked[categoryId] ?? threshold ?? usualThreshold(kinds.get(categoryId) ?? 'thing', masks),
    ]),
  );
}

/** Options for the mask half of the pipeline. */
export function maskOptions(
  project: Project,
  params: MaskParams,
  thresholds: ReadonlyMap<CategoryId, number>,
  options: { draft: boolean; instances: boolean },
): MaskOptions {
  return {
    params,
    thresholds: Object.fromEntries(thresholds),
    draft: options.draft,
    instances: options.instances
      ? listCategories(project.store)
          .filter((category) => category.kind === 'thing')
          .map((category) => category.id)
      : [],
  };
}

export function topZ(annotations: readonly Annotation[]): number {
  return annotations.reduce((top, annotation) => Math.max(top, annotation.z), 0);
}

function storedRun(
  runId: RunId,
  cacheKey: string,
  request: PrelabelRequest,
  facts: RunFacts,
): StoredRun {
  const { packHash, ...rest } = facts;
  return {
    ...rest,
    runId,
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
