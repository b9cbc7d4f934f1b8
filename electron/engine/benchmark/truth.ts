// The truth of a data set before anything runs: every label map is read once, so that a torn file, another
// size or a number that is no class stops a run of hours before it begins, and image-level labels are known.
import type { ImageId } from '../../api/types.ts';
import { AppError } from '../../api/errors.ts';
import type { Control } from '../dataset/types.ts';
import { throwIfAborted } from '../dataset/types.ts';
import { VOID, type LabelMapOf } from '../evaluate/imageScore.ts';
import { layoutFault } from './layout.ts';
import type { OpenedSet, SetItem } from './set.ts';
import { counted } from '../../link/words/counted.ts';

/** What the truth says of an image. */
export interface ImageTruth {
  readonly item: SetItem;
  readonly width: number;
  readonly height: number;
  /** Labels from 1 that occur, ascending. */
  readonly present: readonly number[];
}

/** Reads and checks one label map. Throws IMPORT_INVALID naming the file. */
export async function readTruth(set: OpenedSet, item: SetItem): Promise<LabelMapOf> {
  const map = await set.read(item);
  const { names } = set.facts;
  for (let i = 0; i < map.labels.length; i++) {
    const label = map.labels[i]!;
    if (label < names.length || label === VOID) continue;
    throw layoutFault(
      `The truth of ${item.name} (${item.truth}) holds a class number that the class list does not have, at row ${Math.floor(i / map.width) + 1}, column ${(i % map.width) + 1}; the list has ${counted(names.length - 1, 'class', 'classes')}.`,
    );
  }
  return map;
}

/** Most faults that one message lists. */
const MOST_TOLD = 5;

/** The truth of the chosen images. Throws one IMPORT_INVALID with the first faults, a line each. */
export async function surveyTruth(
  set: OpenedSet,
  items: readonly SetItem[],
  control: Control,
): Promise<ImageTruth[]> {
  const found: ImageTruth[] = [];
  const faults: string[] = [];
  for (const item of items) {
    throwIfAborted(control);
    try {
      const { labels, width, height } = await readTruth(set, item);
      const present = [...new Set(labels)].filter((label) => label > 0 && label !== VOID);
      found.push({ item, width, height, present: present.sort((a, b) => a - b) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      faults.push(error.message);
      if (faults.length === MOST_TOLD) break;
    }
    const done = found.length + faults.length;
    control.onProgress?.({ stage: 'Check the truth', done, total: items.length });
  }
  if (faults.length > 0) throw layoutFault(faults.join('\n'));
  return found;
}

/** The size of an image must be that of its truth. Throws IMPORT_INVALID naming both. */
export function checkSize(
  { item, width, height }: ImageTruth,
  image: { readonly id: ImageId; readonly width: number; readonly height: number },
): void {
  if (image.width === width && image.height === height) return;
  const turned =
    image.width === height && image.height === width
      ? ' The image is turned by its EXIF mark and its truth is not.'
      : '';
  throw layoutFault(
    `The truth of ${item.name} (${item.truth}) is ${width} x ${height} px, the image ${image.width} x ${image.height}; expected one size.${turned}`,
  );
}
