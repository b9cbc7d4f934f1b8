// Why a proposal is doubtful, in two words.
import type { Annotation } from '../../../../electron/api/types.ts';
import { text } from '../../text/text.ts';

/** A margin under this reads as thin: twice what the default settings call doubtful. */
const THIN_MARGIN = 0.1;
const LOW_MATCH = 0.5;

/** Null when nothing stands out. */
export function reasonOf(annotation: Pick<Annotation, 'match' | 'margin'>): string | null {
  if (annotation.match !== null && annotation.match < LOW_MATCH) return text.review.lowMatch;
  if (annotation.margin !== null && annotation.margin < THIN_MARGIN) return text.review.thinMargin;
  return null;
}
