// New thresholds over the whole data set from stored maps, image by image without the model.
import type { Annotation, AnnotationChange, CategoryId, ImageId, RunId } from '../../api/types.ts';
import { AppError } from '../../api/errors.ts';
import { commitParts, engineTransaction, type Step } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { openRun, reapply } from '../prelabel/reapply.ts';
import { isUntouchedProposal } from '../project/annotations.ts';
import { annotationsOf } from '../project/annotations.ts';
import type { Project } from '../project/project.ts';
import { setThreshold } from '../project/classes/categories.ts';
import type { RowName } from '../project/log/facts.ts';
import { saveRun, type StoredRun } from '../project/runs.ts';
import { sameMask } from '../../api/rules/document.ts';
import { nothingCounted, type Rethreshold, type Thresholds } from './countRethreshold.ts';

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
  const made: Made[] = [];
  for (const [index, { imageId, runId }] of targets.entries()) {
    options.signal.throwIfAborted();
    options.onProgress(index, targets.length);
    const mine = annotationsOf(project.store, imageId).filter(
      (annotation) =>
        isUntouchedProposal(annotation) &&
        annotation.runId === runId &&
        classes.includes(annotation.categoryId),
    );
    const fresh =
      runId === null ? null : await freshMasks(context, project, runId, thresholds, options.signal);
    if (fresh === null) {
      result.withoutMaps += mine.length;
      continue;
    }
    const changes = changesFor(mine, fresh.proposals, new Set(classes as CategoryId[]), result);
    made.push({ imageId, changes, fresh });
  }
  options.signal.throwIfAborted();
  // Classes, masks and the runs that say which threshold the masks have: all are written, or nothing.
  const parts = [
    ownThresholds(project, thresholds),
    ...made.map((one) => partOf(context, project, one)),
  ];
  commitParts(context, project, parts, options.clientId);
  return result;
}

const LABEL = 'Apply thresholds';

interface Made {
  readonly imageId: ImageId;
  readonly changes: readonly AnnotationChange[];
  readonly fresh: FreshMasks;
}

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

function partOf(context: EngineContext, project: Project, { imageId, changes, fresh }: Made): Step {
  const still = unchangedSince(project, imageId, changes);
  const { runId, classes } = fresh.run;
  return {
    label: LABEL,
    origin: 'model',
    imageId,
    transactions:
      still.length === 0 ? [] : [engineTransaction(context, imageId, LABEL, 'model', 'now', still)],
    rows: [
      ['run', runId],
      ...classes.map(({ categoryId }): RowName => ['run_class', categoryId, runId]),
    ],
    work: fresh.save,
  };
}

/** The changes whose proposals nobody has touched, removed or decided while the masks were made. */
function unchangedSince(
  project: Project,
  imageId: ImageId,
  changes: readonly AnnotationChange[],
): AnnotationChange[] {
  const now = new Map(annotationsOf(project.store, imageId).map((one) => [one.id, one]));
  return changes.filter(({ before }) => {
    if (before === null) return true;
    const there = now.get(before.id);
    return there !== undefined && isUntouchedProposal(there) && sameMask(there.mask, before.mask);
  });
}

interface FreshMasks {
  readonly run: StoredRun;
  readonly proposals: Annotation[];
  /** Writes the run's new thresholds and figures. */
  save(): void;
}

async function freshMasks(
  context: EngineContext,
  project: Project,
  runId: RunId,
  thresholds: Thresholds,
  signal: AbortSignal,
): Promise<FreshMasks | null> {
  try {
    const stored = project.store.get<{ summary: string }>(
      'SELECT summary FROM run WHERE id = ?',
      runId,
    );
    if (!stored) return null;
    const { params } = JSON.parse(stored.summary) as { params: Parameters<typeof reapply>[3] };
    const open = await openRun(context, project, runId, {
      params,
      thresholds,
      draft: false,
      signal,
      priority: 'batch',
    });
    const { run, proposals, looks } = await reapply(context, project, open, params, {
      signal,
      priority: 'batch',
    });
    const { thresholds: made } = open;
    const at = context.clock.now().toISOString();
    return {
      run,
      proposals,
      save: () => saveRun(project.store, run, { thresholds: made, looks }, at),
    };
  } catch (error) {
    if (
      error instanceof AppError &&
      (error.code === 'RUN_UNKNOWN' || error.code.startsWith('IMAGE_'))
    )
      return null;
    throw error;
  }
}

/** Pairs old and new proposals class by class; an old one keeps its id when its class is still there. */
function changesFor(
  mine: readonly Annotation[],
  fresh: readonly Annotation[],
  classes: ReadonlySet<CategoryId>,
  result: { changed: number; vanished: number; unchanged: number },
): AnnotationChange[] {
  const changes: AnnotationChange[] = [];
  for (const categoryId of classes) {
    const before = mine.filter((annotation) => annotation.categoryId === categoryId);
    const after = fresh.filter((annotation) => annotation.categoryId === categoryId);
    for (const [index, old] of before.entries()) {
      const next = after[index];
      if (!next) {
        result.vanished += 1;
        changes.push({ id: old.id, before: old, after: null });
        continue;
      }
      const same = old.area === next.area && old.box.every((value, at) => value === next.box[at]);
      if (same) {
        result.unchanged += 1;
        continue;
      }
      result.changed += 1;
      changes.push({ id: old.id, before: old, after: { ...next, id: old.id, z: old.z } });
    }
    if (before.length > 0)
      for (const extra of after.slice(before.length))
        changes.push({ id: extra.id, before: null, after: extra });
  }
  return changes;
}
