// Results of a run set into a project for review, as if the model had run there: accepted annotations stay,
// and pulling twice adds nothing.
import type { Pool } from 'pg';
import { AppError } from '../../api/errors.ts';
import type { CategoryId, ImageId } from '../../api/types.ts';
import { publishChanged } from '../../engine/commits.ts';
import type { EngineContext } from '../../engine/context.ts';
import { knowImage } from '../../engine/images/imageFiles.ts';
import { FIRST_ENGINE } from '../../link/engines/engines.ts';
import { checkedParams } from '../../engine/prelabel/params.ts';
import { effectiveThresholds, mapsKey, modelsHash, runIdOf } from '../../engine/order/order.ts';
import { RUN_EXTENSION } from '../../engine/prelabel/keptMaps.ts';
import { recordRun } from '../../engine/prelabel/record.ts';
import { imageOfName } from '../../engine/project/images/imageNames.ts';
import type { Project } from '../../engine/project/project.ts';
import type { StoredRun } from '../../engine/project/runs.ts';
import type { Patience } from '../database/outage.ts';
import type { FoundMasks } from '../order/record.ts';
import type { RunRequest } from '../order/request.ts';
import { storedMaps, storedResults, type StoredResult } from './results.ts';

export interface PulledRun {
  readonly runSet: number;
  readonly request: RunRequest;
  readonly images: number;
  /** Class of the run set to class of the project. */
  readonly categories: ReadonlyMap<number, CategoryId>;
}

export interface Pulled {
  images: number;
  proposals: number;
  /** Results without an image in the project. */
  notHere: number;
  /** Images whose file is another one here, with the reason; the first hundred. */
  readonly differing: { name: string; why: string }[];
  differ: number;
  /** Images whose maps came along: their thresholds move here. */
  maps: number;
  /** Images whose maps name classes by other numbers than this project. */
  mapsLeft: number;
}

const CLIENT = 'cluster';
const MOST_TOLD = 100;

/** Brings every result whose image is in the project. */
export async function pullRun(
  { context, project }: { readonly context: EngineContext; readonly project: Project },
  pool: Pool,
  run: PulledRun,
  watch: Patience & { readonly onProgress: (done: number) => void },
): Promise<Pulled> {
  const report: Pulled = {
    images: 0,
    proposals: 0,
    notHere: 0,
    differing: [],
    differ: 0,
    maps: 0,
    mapsLeft: 0,
  };
  const range = { from: 0, to: run.images };
  for await (const result of storedResults(pool, run.runSet, range, watch)) {
    watch.signal?.throwIfAborted();
    const imageId = imageOfName(project.store, result.path);
    if (imageId === null) report.notHere += 1;
    else if (await pullImage({ context, project }, run, { imageId, result }, report))
      await pullMaps(context, pool, { run, result }, report);
    watch.onProgress(result.n + 1);
  }
  publishChanged(context, project);
  return report;
}

async function pullImage(
  place: { readonly context: EngineContext; readonly project: Project },
  run: PulledRun,
  { imageId, result }: { readonly imageId: ImageId; readonly result: StoredResult },
  report: Pulled,
): Promise<boolean> {
  const { context, project } = place;
  const differs = (why: string) => {
    report.differ += 1;
    if (report.differing.length < MOST_TOLD) report.differing.push({ name: result.path, why });
    return false;
  };
  let hash: string;
  try {
    ({ hash } = await knowImage(project, context.link, imageId, { priority: 'batch' }));
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('IMAGE_')) throw error;
    return differs(error.message);
  }
  if (hash !== result.found.hash) return differs('the file here is not the one that was worked on');
  report.images += 1;
  report.proposals += store(place, run, imageId, translated(result.found, run.categories));
  return true;
}

/** The maps of an image into this computer's cache, where the run that was stored finds them. */
async function pullMaps(
  { cache }: EngineContext,
  pool: Pool,
  { run, result }: { readonly run: PulledRun; readonly result: StoredResult },
  report: Pulled,
): Promise<void> {
  if (!run.request.keepMaps) return;
  const { key } = namesOf(run, result.found.hash);
  if ((await cache.find(key, RUN_EXTENSION)) === null) {
    // A map names its classes by the run set's numbers.
    if ([...run.categories].some(([theirs, own]) => theirs !== own)) {
      report.mapsLeft += 1;
      return;
    }
    const data = await storedMaps(pool, run.runSet, result.n);
    if (data === null) return;
    await cache.write(key, RUN_EXTENSION, data);
  }
  report.maps += 1;
}

/** The same with the project's class numbers. */
function translated(found: FoundMasks, categories: PulledRun['categories']): FoundMasks {
  const own = <T extends { readonly categoryId: CategoryId }>(one: T): T => {
    const categoryId = categories.get(one.categoryId);
    if (categoryId === undefined)
      throw new AppError(
        'CATEGORY_UNKNOWN',
        `A result names the class ${one.categoryId}, which its run set does not ask for: it was not made by Salience.`,
      );
    return { ...one, categoryId };
  };
  const { facts, masks } = found;
  return { ...found, masks: masks.map(own), facts: { ...facts, classes: facts.classes.map(own) } };
}

/** Run and proposals in one transaction; resolves with how many proposals are new. */
function store(
  { context, project }: { readonly context: EngineContext; readonly project: Project },
  { request, categories }: PulledRun,
  imageId: ImageId,
  found: FoundMasks,
): number {
  const { params, classes, key } = namesOf({ request, categories }, found.hash);
  const runId = runIdOf(key, imageId);
  const { packHash: _hash, ...facts } = found.facts;
  const run: StoredRun = {
    ...facts,
    runId,
    imageId,
    cacheKey: key,
    packId: request.pack.id,
    packName: request.pack.name,
    packHash: request.pack.hash,
    params: request.params,
    words: Object.fromEntries(
      classes.map(({ categoryId, prompt, name }) => [categoryId, prompt || name]),
    ),
  };
  const kinds = request.classes.map(({ id, kind }) => ({ id: categories.get(id)!, kind }));
  const thresholds = effectiveThresholds(kinds, classes, {}, params.masks);
  const at = context.clock.now().toISOString();
  const how = { replace: { kind: 'sameRun' }, clientId: CLIENT, at, keepsSame: true } as const;
  return project.store.relaxed(() => {
    const record = { run, masks: found.masks, thresholds };
    const { committed } = recordRun(context, project, record, how);
    if (!committed) return 0;
    project.note(committed.mark);
    const { changes } = committed.transaction;
    return changes.reduce((sum, { before: old }) => sum + (old === null ? 1 : -1), 0);
  });
}

/** What the request says in this project's words, and the name of an image's maps. */
function namesOf({ request, categories }: Pick<PulledRun, 'request' | 'categories'>, hash: string) {
  const params = checkedParams(request.params, resolvedOf(request));
  const classes = request.classes.map(({ id, kind, name, prompt, synonyms }) => ({
    categoryId: categories.get(id)!,
    kind,
    name,
    prompt,
    synonyms,
    threshold: null,
  }));
  const models = modelsHash(request.pack.hash, request.judge?.hash);
  return { params, classes, key: mapsKey(hash, models, classes, params) };
}

/** What the pack said when the request was made: this computer need not have it. */
function resolvedOf({ resolved }: RunRequest): Record<string, unknown> {
  const {
    engine = FIRST_ENGINE,
    explain = {},
    masks = {},
  } = JSON.parse(resolved) as { engine?: string; explain?: object; masks?: object };
  return Object.fromEntries(
    Object.entries({ [engine]: explain, masks }).flatMap(([group, values]) =>
      Object.entries(values).map(([name, value]) => [`${group}.${name}`, value]),
    ),
  );
}
