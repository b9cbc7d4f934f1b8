// New thresholds over the whole data set from stored maps, image by image without the model.
import type { Annotation, CategoryId, ImageId, RunId } from '../../api/types.ts';
import { commitParts, type Step } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { isUntouchedProposal } from '../project/annotations.ts';
import { annotationsOf } from '../project/annotations.ts';
import type { Project } from '../project/project.ts';
import { setThreshold } from '../project/classes/categories.ts';
import type { RowName } from '../project/log/facts.ts';
import { nothingCounted, type Rethreshold, type Thresholds } from './countRethreshold.ts';
import { pairedChanges, partOf, remade, type RemadeImage } from './remake.ts';

/** Applies thresholds; all images together are one undoable step. Stops between images on abort. */
export async function applyRethreshold(
  context: EngineContext,
  project: Project,
  thresholds: Thresholds,
  options: {
    signal: AbortSignal;
    clientId: string;
    onProgress: (done: number, total: number) => void;
  },
): Promise<Rethreshold> {
  const classes = Object.keys(thresholds).map(Number);
  const result = nothingCounted();
  if (classes.length === 0) return result;
  const targets = project.store.all<{ imageId: ImageId; runId: RunId | null }>(
    `SELECT DISTINCT image_id AS imageId, run_id AS runId FROM annotation
     WHERE category_id IN (${classes.map(() => '?').join(',')}) AND status = 0 AND origin = 1
       AND edited = 0 ORDER BY image_id`,
    ...classes,
  );
  const made: RemadeImage[] = [];
  for (const [index, { imageId, runId }] of targets.entries()) {
    options.signal.throwIfAborted();
    options.onProgress(index, targets.length);
    const existing = annotationsOf(project.store, imageId);
    const mine = existing.filter(
      (annotation) =>
        isUntouchedProposal(annotation) &&
        annotation.runId === runId &&
        classes.includes(annotation.categoryId),
    );
    const fresh =
      runId === null
        ? null
        : await remade(context, project, { runId, params: null, thresholds }, options.signal);
    if (fresh === null) {
      result.withoutMaps += mine.length;
      continue;
    }
    const changes = pairedChanges({ existing, mine, fresh: fresh.proposals, alike }, result);
    made.push({ imageId, changes, fresh });
  }
  options.signal.throwIfAborted();
  // Classes, masks and the runs that say which threshold the masks have: all are written, or nothing.
  const parts = [
    ownThresholds(project, thresholds),
    ...made.map((one) => partOf(context, project, one, LABEL)),
  ];
  commitParts(context, project, parts, options.clientId);
  return result;
}

const LABEL = 'Apply thresholds';

/** A threshold only takes patches away or adds some: as many pixels in the same box are the same ones. */
const alike = (old: Annotation, next: Annotation): boolean =>
  old.area === next.area && old.box.every((value, at) => value === next.box[at]);

/** The thresholds become the classes' own. */
function ownThresholds({ store }: Project, thresholds: Thresholds): Step {
  const own = Object.entries(thresholds).map(
    ([id, value]) => [Number(id) as CategoryId, value] as const,
  );
  return {
    label: LABEL,
    origin: 'model',
    imageId: 0 as ImageId,
    transactions: [],
    rows: own.map(([id]): RowName => ['category', id]),
    work: () => {
      for (const [id, value] of own) setThreshold(store, id, value);
    },
  };
}
