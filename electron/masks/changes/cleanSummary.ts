// What cleaning does to masks together, and a mask's annotation afterwards; alike in the window and in the engine.
import type { CleanSummary } from '../../api/review.ts';
import type { Annotation } from '../../api/types.ts';
import type { Cleaned } from './clean.ts';
import { NO_OVERLAPS } from './overlap.ts';
import { measureMask } from '../runs/measure.ts';
import { area } from '../runs/rle.ts';

export const NOTHING_CLEANED: CleanSummary = {
  masks: 0,
  locked: 0,
  images: 0,
  changed: 0,
  others: 0,
  vanished: 0,
  accepted: 0,
  islands: { count: 0, masks: 0 },
  holes: { count: 0, masks: 0 },
  corners: [0, 0],
  errorPx: 0,
  addedPx: 0,
  removedPx: 0,
  areaPx: 0,
  overlaps: NO_OVERLAPS,
};

export const isChanged = ({ addedPx, removedPx }: Cleaned): boolean => addedPx + removedPx > 0;

const vanishes = ({ mask, removedPx }: Cleaned): boolean => removedPx > 0 && area(mask) === 0;

/** The summary with one mask more. */
export function withCleaned(
  sum: CleanSummary,
  { area: pixels, status }: Pick<Annotation, 'area' | 'status'>,
  cleaned: Cleaned,
): CleanSummary {
  const changed = isChanged(cleaned);
  const more = ({ count, masks }: CleanSummary['islands'], found: number) => ({
    count: count + found,
    masks: masks + Number(found > 0),
  });
  return {
    ...sum,
    masks: sum.masks + 1,
    changed: sum.changed + Number(changed),
    vanished: sum.vanished + Number(vanishes(cleaned)),
    accepted: sum.accepted + Number(changed && status === 'accepted'),
    islands: more(sum.islands, cleaned.islands),
    holes: more(sum.holes, cleaned.holes),
    corners: [sum.corners[0] + cleaned.corners[0], sum.corners[1] + cleaned.corners[1]],
    errorPx: Math.max(sum.errorPx, cleaned.errorPx),
    addedPx: sum.addedPx + cleaned.addedPx,
    removedPx: sum.removedPx + cleaned.removedPx,
    areaPx: sum.areaPx + pixels,
  };
}

/** The summary with a mask more that gave pixels without being meant. */
export const withOther = (
  sum: CleanSummary,
  { status }: Pick<Annotation, 'status'>,
  cleaned: Cleaned,
): CleanSummary => ({
  ...sum,
  others: sum.others + 1,
  vanished: sum.vanished + Number(vanishes(cleaned)),
  accepted: sum.accepted + Number(status === 'accepted'),
  removedPx: sum.removedPx + cleaned.removedPx,
});

/**
 * What becomes of an annotation; null where it stays as it is. A proposal stays one: cleaning an outline says
 * nothing about the class.
 */
export function cleanChange(
  annotation: Annotation,
  cleaned: Cleaned,
  vanishing: 'keep' | 'delete',
): { readonly after: Annotation | null } | null {
  if (!isChanged(cleaned)) return null;
  if (vanishes(cleaned)) return vanishing === 'keep' ? null : { after: null };
  const { area: pixels, box } = measureMask(cleaned.mask);
  return {
    after: {
      ...annotation,
      mask: cleaned.mask,
      area: pixels,
      box,
      edited: annotation.edited || annotation.origin === 'model',
    },
  };
}
