// What the numbers under a tile mean, and why it is doubtful: a number without its word says nothing.
import { UNSTEADY_ABOVE } from '../../../../../electron/api/rules/doubt.ts';
import type { ReviewItem } from '../../../../../electron/api/review.ts';
import type { Category, CategoryId } from '../../../../../electron/api/types.ts';
import { clauses, ended, score, together } from '../../../text/plural.ts';
import { reasonOf } from '../../../text/reason.ts';
import { text } from '../../../text/text.ts';

/** One of the two highest classes inside a mask. */
export interface Leader {
  readonly name: string;
  /** Null = the background. */
  readonly color: string | null;
  /** Mean height inside the mask, 0-1. */
  readonly height: number;
}

type Known = ReadonlyMap<CategoryId, Pick<Category, 'name' | 'color'>>;

/** The mask's class and the one that comes next; null where that is not known, or not of this mask any more. */
export function leadersOf(
  { categoryId, lead, edited }: ReviewItem['annotation'],
  categories: Known,
): readonly [own: Leader, next: Leader] | null {
  if (!lead || edited) return null;
  const own = categories.get(categoryId);
  const next =
    lead.rivalId === null
      ? { name: text.review.background, color: null }
      : categories.get(lead.rivalId);
  if (!own || !next) return null;
  const { name, color } = next;
  return [
    { name: own.name, color: own.color, height: lead.height },
    { name, color, height: lead.rivalHeight },
  ];
}

export function saidOf(
  annotation: ReviewItem['annotation'],
  leaders: ReturnType<typeof leadersOf> = null,
): string[] {
  const words = text.review;
  const { match, margin, unsteady } = annotation;
  const reason = reasonOf(annotation);
  // A low match, a thin margin and an unsteady mask are told by their numbers.
  const isTold = unsteady !== undefined || reason === words.lowMatch || reason === words.thinMargin;
  return [
    match === null ? '' : words.matchTip(score(match)),
    margin === null
      ? ''
      : leaders
        ? words.marginOver(score(margin), leaders[0].name, leaders[1].name)
        : words.marginTip(score(margin)),
    unsteady === undefined ? '' : words.unsteadyTip(unsteady, UNSTEADY_ABOVE),
    isTold ? '' : (reason ?? ''),
  ].filter(Boolean);
}

/** The same for a reader, who sees no bars. */
export function heardOf(
  annotation: ReviewItem['annotation'],
  leaders: ReturnType<typeof leadersOf>,
): string {
  const bars = leaders?.map(({ name, height }) => `${name} ${score(height)}`) ?? [];
  return together(...saidOf(annotation, leaders), bars.length === 0 ? '' : ended(clauses(...bars)));
}
