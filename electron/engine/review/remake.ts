// Masks of untouched proposals remade from stored maps, image by image without the model; all images together
// are one step that can be undone.
import type { Annotation, AnnotationChange, ImageId, RunId } from '../../api/types.ts';
import type { PrelabelParams } from '../../api/run.ts';
import { AppError } from '../../api/errors.ts';
import { sameMask } from '../../api/rules/document.ts';
import { intersectionOverUnion } from '../../masks/runs/combine.ts';
import { engineTransaction, type Step } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { undecided } from '../prelabel/proposals.ts';
import { openRun, reapply } from '../prelabel/reapply.ts';
import { annotationsOf, isUntouchedProposal } from '../project/annotations.ts';
import type { RowName } from '../project/log/facts.ts';
import type { Project } from '../project/project.ts';
import { saveRun, type StoredRun } from '../project/runs.ts';

export interface Remade {
  readonly run: StoredRun;
  readonly proposals: Annotation[];
  /** Writes the run's new thresholds and figures. */
  save(): void;
}

/** Masks of a run under other settings; null where its maps or its image are gone. */
export async function remade(
  context: EngineContext,
  project: Project,
  {
    runId,
    ...settings
  }: {
    readonly runId: RunId;
    /** Null: those that the run was made with. */
    readonly params: PrelabelParams | null;
    readonly thresholds: { readonly [categoryId: number]: number };
  },
  signal: AbortSignal,
): Promise<Remade | null> {
  try {
    const stored = project.store.get<{ summary: string }>(
      'SELECT summary FROM run WHERE id = ?',
      runId,
    );
    if (!stored) return null;
    const own = JSON.parse(stored.summary) as { params: PrelabelParams };
    const params = settings.params ?? own.params;
    const open = await openRun(context, project, runId, {
      params,
      thresholds: settings.thresholds,
      draft: false,
      signal,
      priority: 'batch',
    });
    const { run, proposals, looks } = await reapply(
      context,
      project,
      { open, params },
      { signal, priority: 'batch' },
    );
    const { thresholds } = open;
    const at = context.clock.now().toISOString();
    return { run, proposals, save: () => saveRun(project.store, run, { thresholds, looks }, at) };
  } catch (error) {
    if (
      error instanceof AppError &&
      (error.code === 'RUN_UNKNOWN' || error.code.startsWith('IMAGE_'))
    )
      return null;
    throw error;
  }
}

export interface RemadeImage {
  readonly imageId: ImageId;
  readonly changes: readonly AnnotationChange[];
  readonly fresh: Remade;
}

/** The part of the step that is about one image. */
export function partOf(
  context: EngineContext,
  project: Project,
  { imageId, changes, fresh }: RemadeImage,
  label: string,
): Step {
  const still = unchangedSince(project, imageId, changes);
  const { runId, classes } = fresh.run;
  return {
    label,
    imageId,
    origin: 'model',
    transactions:
      still.length === 0
        ? []
        : [
            engineTransaction(context, {
              imageId,
              label,
              origin: 'model',
              record: 'now',
              changes: still,
            }),
          ],
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

interface Counted {
  changed: number;
  vanished: number;
  unchanged: number;
}

export interface Paired {
  /** All annotations of the image. */
  readonly existing: readonly Annotation[];
  /** Untouched proposals among them that are remade. */
  readonly mine: readonly Annotation[];
  readonly fresh: readonly Annotation[];
  /** The old one stays as it is. */
  readonly alike: (old: Annotation, next: Annotation) => boolean;
}

/** Pairs old and new proposals class by class; an old one keeps its id when its class is still there. */
export function pairedChanges(
  { existing, mine, fresh, alike }: Paired,
  result: Counted,
): AnnotationChange[] {
  const changes: AnnotationChange[] = [];
  const open = undecided(
    fresh,
    existing.filter((one) => !mine.includes(one)),
  );
  for (const categoryId of new Set(mine.map((one) => one.categoryId))) {
    const left = open.filter((annotation) => annotation.categoryId === categoryId);
    for (const old of mine.filter((annotation) => annotation.categoryId === categoryId)) {
      const next = closest(old, left);
      if (!next) {
        result.vanished += 1;
        changes.push({ id: old.id, before: old, after: null });
        continue;
      }
      left.splice(left.indexOf(next), 1);
      if (alike(old, next)) result.unchanged += 1;
      else {
        result.changed += 1;
        changes.push({ id: old.id, before: old, after: { ...next, id: old.id, z: old.z } });
      }
    }
    for (const extra of left) changes.push({ id: extra.id, before: null, after: extra });
  }
  return changes;
}

/** The one that overlaps most; the first where none does. */
function closest(old: Annotation, left: readonly Annotation[]): Annotation | undefined {
  if (left.length < 2) return left[0];
  const shared = left.map(({ mask }) => intersectionOverUnion(mask, old.mask));
  return left[shared.indexOf(Math.max(...shared))];
}
