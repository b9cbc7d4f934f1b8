// Why a proposal is doubtful, in two words.
import type { Annotation } from '../../../electron/api/types.ts';
import { text } from './text.ts';

/** A margin under this reads as thin: twice what the default settings call doubtful. */
const THIN_MARGIN = 0.1;
const LOW_MATCH = 0.5;
/** A mask of which the CRF moved more than this is not what the maps said. */
const MUCH_MOVED = 0.6;
/** More of a mask than this hangs on its settings, as the default settings see it. */
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
