// Images that still have untouched proposals: how many suggested settings would change, and by how much.
import type { OpenImages } from '../../api/corrections/corrections.ts';
import { spread } from '../../api/rules/spread.ts';
import { AppError } from '../../api/errors.ts';
import type { Annotation, RunId } from '../../api/types.ts';
import type { MaskParams } from '../../link/params.ts';
import type { EngineContext } from '../context.ts';
import { knowImage } from '../images/imageFiles.ts';
import { RUN_EXTENSION } from '../prelabel/keptMaps.ts';
import { isUntouchedProposal } from '../project/annotations.ts';
import { openClasses, openTargets, type OpenTarget } from '../project/corrections/openProposals.ts';
import type { Store } from '../project/database/store.ts';
import type { Project } from '../project/project.ts';
import { isStored, runById } from '../project/runs.ts';
import type { Present } from './evidence/evidence.ts';
import { SMALL_SIDE, triedSetting, type Watch } from './evidence/scores.ts';

export const untouchedOf = (existing: readonly Annotation[], runId: RunId): Annotation[] =>
  existing.filter((one) => isUntouchedProposal(one) && one.runId === runId);

/** Masks that overlap so far are left alone: all of the gain comes from those that change more. */
export const SAME = 0.95;

/** The run is one of the model and method that the settings were found for. */
export function isOfModel(
  store: Store,
  { runId }: Pick<OpenTarget, 'runId'>,
  { params, packs }: Present,
): boolean {
  if (!isStored(store, runId)) return false;
  const { engine, packHash } = runById(store, runId);
  return engine === params.engine && packHash === packs.explain.packHash;
}

/** More are not looked at before an offer is made. */
const MOST_LOOKED_AT = 200;

export interface Change extends OpenTarget {
  /** 1 - overlap of the mask that changes most. */
  readonly change: number;
}

/** What other parameters would change, on small images; the largest changes first. */
export async function openChanges(
  context: EngineContext,
  project: Project,
  then: MaskParams,
  { present, watch }: { readonly present: Present; readonly watch: Watch },
): Promise<{ readonly open: OpenImages; readonly changes: readonly Change[] }> {
  const targets = openTargets(project.store);
  const looked = spread(targets, MOST_LOOKED_AT);
  const tries = [present.params.masks, then].map((masks) => triedSetting(present, masks));
  const changes: Change[] = [];
  let withoutMaps = 0;
  for (const [done, target] of looked.entries()) {
    watch.signal.throwIfAborted();
    const stage = `Look at open images, ${done + 1} of ${looked.length}`;
    watch.onProgress({ stage, done, total: looked.length });
    const place = await placeOf(context, project, target, present);
    if (place === null) {
      withoutMaps += 1;
      continue;
    }
    const classes = openClasses(project.store, target);
    const { scores } = await context.link.request(
      'masks.tried',
      { ...place, tries, scope: { accepted: null, classes, side: SMALL_SIDE, growths: [] } },
      { signal: watch.signal, priority: 'batch' },
    );
    changes.push({ ...target, change: 1 - Math.min(1, ...scores[1]!) });
  }
  const changed = changes.filter(({ change }) => 1 - change < SAME);
  return {
    open: { images: targets.length, looked: looked.length, changed: changed.length, withoutMaps },
    changes: [...changed].sort((a, b) => b.change - a.change),
  };
}

/** Where an image and its maps lie; null where either is gone, or the maps are another model's. */
async function placeOf(
  context: EngineContext,
  project: Project,
  target: OpenTarget,
  present: Present,
): Promise<{ imagePath: string; runFile: string } | null> {
  if (!isOfModel(project.store, target, present)) return null;
  const { imageId, runId } = target;
  const run = runById(project.store, runId);
  try {
    const { path } = await knowImage(project, context.link, imageId, { priority: 'batch' });
    const runFile = await context.cache.find(run.cacheKey, RUN_EXTENSION);
    return runFile === null ? null : { imagePath: path, runFile };
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('IMAGE_')) return null;
    throw error;
  }
}
