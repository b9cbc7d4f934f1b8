// Why a proposal is doubtful, in two words.
import type { Annotation } from '../../../../electron/api/types.ts';
import { text } from '../../text/text.ts';

/** A margin under this reads as thin: twice what the default settings call doubtful. */
const THIN_MARGIN = 0.1;
const LOW_MATCH = 0.5;
/** A mask of which the CRF moved more than this is not what the maps said. */
const MUCH_MOVED = 0.6;

/** Null when nothing stands out. */
export function reasonOf({
  match,
  margin,
  crfChange,
}: Pick<Annotation, 'match' | 'margin' | 'crfChange'>): string | null {
  if (match !== null && match < LOW_MATCH) return text.review.lowMatch;
  if (margin !== null && margin < THIN_MARGIN) return text.review.thinMargin;
  if (crfChange !== null && crfChange > MUCH_MOVED) return text.review.crfMoved(crfChange);
  return null;
}
