// Why a proposal is doubtful, in a few words.
import type { Annotation } from '../../../electron/api/types.ts';
import { text } from './text.ts';

/** A margin under this reads as thin: twice what the default settings call doubtful. */
const THIN_MARGIN = 0.1;
const LOW_MATCH = 0.5;
/** Above this share of changed pixels the mask is the CRF's rather than the maps'. */
const MUCH_MOVED = 0.6;
/** Above this share of pixels that depend on the settings a mask is unsteady; computed with the default settings. */
const UNSTEADY = 0.22;

/** Null when nothing stands out. */
export function reasonOf({
  match,
  margin,
  crfChange,
  unsteady,
}: Pick<Annotation, 'match' | 'margin' | 'crfChange' | 'unsteady'>): string | null {
  if (match !== null && match < LOW_MATCH) return text.review.lowMatch;
  if (unsteady !== undefined) return unsteady > UNSTEADY ? text.review.unsteady(unsteady) : null;
  if (margin !== null && margin < THIN_MARGIN) return text.review.thinMargin;
  if (crfChange !== null && crfChange > MUCH_MOVED) return text.review.crfMoved(crfChange);
  return null;
}
