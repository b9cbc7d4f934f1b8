// The first order of a review: images that settings learned from corrections changed most come first once these
// are in use, until a person chooses an order or none of the images is open any more.
import type { App } from '../../state/app.svelte.ts';
import { correctionsOf } from '../../state/corrections.svelte.ts';
import { reviewOf, type Review } from './review.svelte.ts';

export async function beginReview(app: App): Promise<void> {
  const learned = correctionsOf(app);
  await learned.load();
  await follow(reviewOf(app), (learned.state?.changed ?? 0) > 0);
}

export async function follow(review: Review, hasChanged: boolean): Promise<void> {
  const began = hasChanged && !review.hasChanged;
  review.hasChanged = hasChanged;
  if (began) await review.choose({ order: 'change' });
  else if (!hasChanged && review.query.order === 'change') await review.choose({ order: 'doubt' });
  else await review.refresh();
}
