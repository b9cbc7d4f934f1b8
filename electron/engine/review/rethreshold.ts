// New thresholds over the whole data set from stored maps: a count from histograms in one query, and
// the real thing image by image without the model.
import type {
  Annotation,
  AnnotationChange,
  CategoryId,
  ImageId,
  RunId,
  Transaction,
} from '../../api/types.ts';
import { AppError } from '../../api/errors.ts';
import { commitTogether, engineTransaction } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { openRun, reapply } from '../prelabel/reapply.ts';
import { isUntouchedProposal } from '../project/annotations.ts';
import { annotationsOf } from '../project/annotations.ts';
import type { Project } from '../project/project.ts';
import { decodeHistogram, saveRun } from '../project/runs.ts';
import { sameMask } from '../../api/document.ts';

export interface Rethreshold {
  readonly changed: number;
  readonly vanished: number;
  readonly unchanged: number;
  /** Proposals whose maps are not kept any more. */
  readonly withoutMaps: number;
  readonly histogram: readonly number[];
  readonly patches: { readonly before: number; readonly after: number };
}

/** Nothing counted yet. */
const none = () => ({
  changed: 0,
  vanished: 0,
  unchanged: 0,
  withoutMaps: 0,
  histogram: [] as number[],
  patches: { before: 0, after: 0 },
});

type Thresholds = { readonly [categoryId: number]: number };

/**
 * How many untouched proposals would change, without computing a mask: a proposal is unchanged when
 * no patch of its class map lies between the old and the new threshold.
 */
export function countRethreshold(project: Project, thresholds: Thresholds): Rethreshold {
  const result = none();
  for (const [key, threshold] of Object.entries(thresholds)) {
    const rows = project.store.iterate<{ threshold: number | null; histogram: Uint8Array | null }>(
      `SELECT run_class.threshold, run_class.histogram FROM annotation
       LEFT JOIN run_class ON run_class.category_id = annotation.category_id
         AND run_class.run_id = annotation.run_id
       WHERE annotation.category_id = ? AND annotation.status = 0 AND origin = 1 AND edited = 0`,
      Number(key),
    );
    for (const row of rows) {
      if (row.threshold === null || row.histogram === null) result.withoutMaps += 1;
      else {
        const bins = decodeHistogram(row.histogram);
        const before = keptIn(bins, row.threshold);
        const after = keptIn(bins, threshold);
        bins.forEach((n, bin) => (result.histogram[bin] = (result.histogram[bin] ?? 0) + n));
        result.patches.before += before;
        result.patches.after += after;
        // Other patches kept = another mask; as many are the same ones, since they only grow fewer.
        result[after === 0 ? 'vanished' : after === before ? 'unchanged' : 'changed'] += 1;
      }
    }
  }
  return result;
}

/** Patches at or above a threshold. */
function keptIn(bins: Uint16Array, threshold: number): number {
  let kept = 0;
  // A value exactly on a bin's edge counts to the bin above, as the threshold does.
  for (let bin = Math.floor(threshold * bins.length + 1e-9); bin < bins.length; bin += 1)
    kept += bins[bin]!;
  return kept;
}

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
  const result = none();
  if (classes.length === 0) return result;
  const targets = project.store.all<{ imageId: ImageId; runId: RunId | null }>(
    `SELECT DISTINCT image_id AS imageId, run_id AS runId FROM annotation
     WHERE category_id IN (${classes.map(() => '?').join(',')}) AND status = 0 AND origin = 1
       AND edited = 0 ORDER BY image_id`,
    ...classes,
  );
  const made: { readonly imageId: ImageId; readonly changes: readonly AnnotationChange[] }[] = [];
  const saves: (() => void)[] = [];
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
    saves.push(fresh.save);
    if (changes.length > 0) made.push({ imageId, changes });
  }
  options.signal.throwIfAborted();
  const transactions = made.flatMap(({ imageId, changes }): Transaction[] => {
    const still = unchangedSince(project, imageId, changes);
    return still.length === 0
      ? []
      : [engineTransaction(context, imageId, 'Apply thresholds', 'model', 'now', still)];
  });
  // Runs say which threshold their masks have: both are written, or neither.
  commitTogether(context, project, transactions, {
    clientId: options.clientId,
    also: () => {
      for (const save of saves) save();
    },
  });
  return result;
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
