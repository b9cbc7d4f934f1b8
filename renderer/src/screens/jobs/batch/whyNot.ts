// Why a batch cannot start yet.
import { MAX_CLASSES_ASKED } from '../../../../../electron/api/rules/classNames.ts';
import { text } from '../../../text/text.ts';

/** Null = it can; `images`: how many there are to do, null while they are counted. */
export function whyNot(classes: number, images: number | null): string | null {
  if (classes === 0) return text.jobs.batch.chooseClass;
  if (classes > MAX_CLASSES_ASKED) return text.label.prompt.tooMany(classes, MAX_CLASSES_ASKED);
  return images === 0 ? text.jobs.batch.noImages : null;
}
