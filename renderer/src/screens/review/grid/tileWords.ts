// What the numbers under a tile mean, and why it is doubtful: a number without its word says nothing.
import type { ReviewItem } from '../../../../../electron/api/review.ts';
import { score } from '../../../text/plural.ts';
import { reasonOf } from '../../../text/reason.ts';
import { text } from '../../../text/text.ts';

export function saidOf(annotation: ReviewItem['annotation']): string[] {
  const words = text.review;
  const { match, margin, unsteady } = annotation;
  const reason = reasonOf(annotation);
  // A low match, a thin margin and an unsteady mask are told by their numbers.
  const isTold = unsteady !== undefined || reason === words.lowMatch || reason === words.thinMargin;
  return [
    match === null ? '' : words.matchTip(score(match)),
    margin === null ? '' : words.marginTip(score(margin)),
    unsteady === undefined ? '' : words.unsteadyTip(unsteady),
    isTold ? '' : (reason ?? ''),
  ].filter(Boolean);
}
