// What makes a format impossible to write: told before an export as its writer would throw it.
import type { ExportImageStop } from '../../../api/methods/exchange.ts';
import { StemRegister } from '../../dataset/fileNames.ts';
import type { FormatLimits } from '../../dataset/formats/format.ts';
import type { ImageRow } from '../../project/images/images.ts';

export class Stops {
  readonly #limits: FormatLimits;
  readonly #stems = new StemRegister();

  constructor(limits: FormatLimits) {
    this.#limits = limits;
  }

  /** Classes of the table that have no place. */
  classesOver(classes: number): number {
    return Math.max(0, classes - (this.#limits.classes ?? Infinity));
  }

  /**
   * Of one image with `written` masks. Images are to come in the order in which they are written; one that is stopped
   * takes no name from the next.
   */
  ofImage(row: ImageRow, written: number): ExportImageStop | null {
    if (isUnreadable(row)) return null;
    if (written > (this.#limits.objects ?? Infinity)) return 'crowded';
    const stem = this.#limits.stem?.(row.name) ?? null;
    if (stem === null) return null;
    if (stem === '') return 'nameless';
    return this.#stems.take(row.name, stem) === null ? null : 'sharedFile';
  }
}

/** An image whose size nothing tells is left out of every export. */
const isUnreadable = ({ problem, missing, width }: ImageRow): boolean =>
  problem !== null && (missing === 0 || width === 0);
