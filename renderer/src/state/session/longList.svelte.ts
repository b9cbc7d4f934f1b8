// Long lists of classes: so many become rows, the others are found by name.
import type { Category, CategoryId } from '../../../../electron/api/types.ts';
import { rank } from '../../keys/rank.ts';

/** A project can have thousands of classes; rows of all would take seconds to make. */
export const MOST_ROWS = 200;
const NONE: ReadonlySet<CategoryId> = new Set();

export class LongList {
  /** Typed to find a class among many. */
  query = $state('');
  readonly #all: () => readonly Category[];
  readonly #kept: () => ReadonlySet<CategoryId>;

  /** `kept`: classes that are shown in any case. */
  constructor(all: () => readonly Category[], kept: () => ReadonlySet<CategoryId> = () => NONE) {
    this.#all = all;
    this.#kept = kept;
  }

  readonly isLong: boolean = $derived.by(() => this.#all().length > MOST_ROWS);
  /** Those that fit what was typed. */
  readonly found: readonly Category[] = $derived.by(() =>
    this.query.trim() === '' ? this.#all() : rank(this.#all(), this.query, ({ name }) => name),
  );
  /** Those of them that become rows, in their order. */
  readonly shown: readonly Category[] = $derived.by(() => {
    const { found } = this;
    if (found.length <= MOST_ROWS) return found;
    const kept = this.#kept();
    let room = MOST_ROWS;
    return found.filter(({ id }) => kept.has(id) || (room -= 1) >= 0);
  });
  /** How many are only found by name. */
  readonly left: number = $derived.by(() => this.found.length - this.shown.length);
}
