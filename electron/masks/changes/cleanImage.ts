// Cleaned masks of one image against everything else on it: which masks give pixels to which, and the figures
// of all together. Window and engine use the same function.
import type { CleanSummary } from '../../api/review.ts';
import type { Annotation, AnnotationId } from '../../api/types.ts';
import { cleanedTo, type Cleaned } from './clean.ts';
import { isChanged, withCleaned, withOther } from './cleanSummary.ts';
import { addOverlaps, shareOut, type GoDown } from './overlap.ts';

export interface CleanedOne {
  readonly annotation: Annotation;
  readonly cleaned: Cleaned;
}

export interface SettledImage {
  /** All meant ones, and others that change. */
  readonly masks: readonly CleanedOne[];
  readonly summary: CleanSummary;
}

export interface SettleOptions {
  /** Null: shared pixels stay with both. */
  readonly goDown: GoDown | null;
  /** Others may give pixels although a person accepted them. */
  readonly accepted: boolean;
}

/** `objects` of the image, back to front; `meant`: what the steps before made of those that are cleaned. */
export function settleImage(
  sum: CleanSummary,
  objects: readonly Annotation[],
  meant: ReadonlyMap<AnnotationId, Cleaned>,
  { goDown, accepted }: SettleOptions,
): SettledImage {
  const shown = objects.filter(({ status }) => status !== 'rejected');
  const after = goDown && shareOut(shown.map(objectOf(meant, accepted)), goDown);
  let summary = after ? { ...sum, overlaps: addOverlaps(sum.overlaps, after.overlaps) } : sum;
  const masks: CleanedOne[] = [];
  for (const [at, annotation] of shown.entries()) {
    const steps = meant.get(annotation.id) ?? null;
    const before = steps?.mask ?? annotation.mask;
    const mask = after?.masks[at] ?? before;
    const cleaned = steps && mask === before ? steps : cleanedTo(annotation.mask, mask, steps);
    if (!steps && !isChanged(cleaned)) continue;
    summary = steps
      ? withCleaned(summary, annotation, cleaned)
      : withOther(summary, annotation, cleaned);
    masks.push({ annotation, cleaned });
  }
  return { masks, summary };
}

const objectOf =
  (meant: ReadonlyMap<AnnotationId, Cleaned>, accepted: boolean) =>
  ({ id, mask, categoryId, status, locked }: Annotation) => ({
    mask: meant.get(id)?.mask ?? mask,
    categoryId,
    meant: meant.has(id),
    free: meant.has(id) || (!locked && (status === 'proposal' || accepted)),
  });
