// From the model's class masks to annotations, and which of an image's proposals they replace.
// Accepted, edited and hand-made annotations are never touched.
import { sameMask } from '../../api/rules/document.ts';
import type {
  Annotation,
  AnnotationChange,
  AnnotationId,
  CategoryId,
  RunId,
} from '../../api/types.ts';
import type { ClassMask } from '../../link/facts.ts';
import { measureMask } from '../../masks/runs/measure.ts';
import { isUntouchedProposal } from '../project/annotations.ts';

/** Annotations of a run's masks, empty ones left out; drawn above what is there. */
export function proposalsOf(
  masks: readonly ClassMask[],
  runId: RunId,
  options: { newId: () => string; above: number },
): Annotation[] {
  return masks
    .map((found, index): Annotation => {
      const { area, box } = measureMask(found.mask);
      return {
        id: options.newId() as AnnotationId,
        categoryId: found.categoryId,
        status: 'proposal',
        origin: 'model',
        mask: found.mask,
        box,
        area,
        z: options.above + 1 + index,
        locked: false,
        isCrowd: false,
        edited: false,
        match: found.match,
        margin: found.margin,
        crfChange: found.crfChange,
        ...(found.unsteady === undefined ? {} : { unsteady: found.unsteady }),
        ...(found.lead === undefined ? {} : { lead: found.lead }),
        doubtful: found.doubtful,
        runId,
        extra: {},
      };
    })
    .filter((annotation) => annotation.area > 0);
}

export function topZ(annotations: readonly Annotation[]): number {
  return annotations.reduce((top, annotation) => Math.max(top, annotation.z), 0);
}

export type Replace =
  /** Only what the same run proposed before: running twice adds nothing. */
  | { readonly kind: 'sameRun' }
  /** Untouched proposals of these classes. */
  | { readonly kind: 'classes'; readonly categoryIds: ReadonlySet<CategoryId> }
  /** All untouched proposals. */
  | { readonly kind: 'all' };

/** The changes that bring `fresh` in. What a person already decided about the same run stays decided. */
export function proposalChanges(
  existing: readonly Annotation[],
  fresh: readonly Annotation[],
  replace: Replace,
): AnnotationChange[] {
  const runIds = new Set(fresh.map((annotation) => annotation.runId));
  const goes = (annotation: Annotation): boolean => {
    if (!isUntouchedProposal(annotation)) return false;
    if (replace.kind === 'all') return true;
    if (replace.kind === 'classes') return replace.categoryIds.has(annotation.categoryId);
    return annotation.runId !== null && runIds.has(annotation.runId);
  };
  const removed = existing.filter(goes);
  const decided = existing.filter((annotation) => !goes(annotation));
  return [
    ...removed.map((before) => ({ id: before.id, before, after: null })),
    ...undecided(fresh, decided).map((after) => ({ id: after.id, before: null, after })),
  ];
}

/** Fresh proposals without those that a person already decided about in the same run. */
export function undecided(
  fresh: readonly Annotation[],
  decided: readonly Annotation[],
): Annotation[] {
  return fresh.filter(
    (annotation) =>
      !decided.some(
        (earlier) =>
          earlier.runId !== null &&
          earlier.runId === annotation.runId &&
          earlier.categoryId === annotation.categoryId &&
          overlaps(earlier.box, annotation.box),
      ),
  );
}

/** The same without proposals that would only be rewritten: the one that is there says as much. */
export function withoutRepeats(changes: readonly AnnotationChange[]): AnnotationChange[] {
  const gone = new Set(changes.filter(({ after }) => after === null));
  const repeats = new Set<AnnotationChange>();
  for (const change of changes) {
    const { before, after } = change;
    if (before !== null || after === null) continue;
    const same = [...gone].find(({ before: old }) => old !== null && saysTheSame(old, after));
    if (!same) continue;
    gone.delete(same);
    repeats.add(same).add(change);
  }
  return changes.filter((change) => !repeats.has(change));
}

const saysTheSame = (old: Annotation, fresh: Annotation): boolean =>
  old.runId === fresh.runId &&
  old.categoryId === fresh.categoryId &&
  sameMask(old.mask, fresh.mask);

/** Boxes that share at least half of their union: the same object, perhaps edited. */
export function overlaps(a: Annotation['box'], b: Annotation['box']): boolean {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return false;
  const shared = width * height;
  return shared / (a[2] * a[3] + b[2] * b[3] - shared) >= 0.5;
}
