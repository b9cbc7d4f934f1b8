// The warnings of an export: the first ones in full, the rest counted, so that a report stays small
// however many images have one.
import type { ExportWarning } from '../../../../api/said/exportWords.ts';

const MOST_KEPT = 100;

export class ExportWarnings {
  readonly #kept: ExportWarning[] = [];
  #more = 0;

  add(warning: ExportWarning): void {
    if (this.#kept.length < MOST_KEPT) this.#kept.push(warning);
    else this.#more += 1;
  }

  /** At most 100 and how many more there are. */
  told(): ExportWarning[] {
    if (this.#more === 0) return [...this.#kept];
    return [...this.#kept, { code: 'more', values: [this.#more] }];
  }
}
