// What is worth knowing of the images of an export, beside what its writer warns of.
import type { ExportWarning } from '../../../api/said/exportWords.ts';
import { turnedImages } from '../../project/images/imageFacts.ts';
import type { Project } from '../../project/project.ts';

/** Labels that were made on another picture than the file holds now. */
export function replacedNote(names: readonly string[]): ExportWarning[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, 10);
  return [{ code: 'replaced', values: [shown, names.length - shown.length] }];
}

/** A reader that ignores the orientation in a file sees another size, and refuses or misplaces masks. */
export function turnedNote({ store }: Project): ExportWarning[] {
  const n = turnedImages(store);
  return n === 0 ? [] : [{ code: 'turned', values: [n] }];
}
