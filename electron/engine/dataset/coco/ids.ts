// Numbers for images and annotations of a COCO file: 1, 2, 3, ... or those of imported records. A project
// may hold records of many files that each counted from 1, so the first record with a number keeps it and
// the others get new ones.
import type { DatasetSource } from '../types.ts';

/** Past this, counting on would leave what a double holds; gaps from 1 are used instead. */
const MOST_COUNTED_ON = Number.MAX_SAFE_INTEGER - 2 ** 40;

/** Numbers of one kind of record. */
class Numbers {
  /** Sorted, each once; null when nothing is kept. */
  readonly #kept: Float64Array | null;
  /** Of those that several records have, the ones that were given already. */
  readonly #given = new Map<number, boolean>();
  #next = 1;

  constructor(wanted: Float64Array | null) {
    this.#kept = wanted?.sort() ?? null;
    if (this.#kept === null) return;
    for (let i = 1; i < this.#kept.length; i++)
      if (this.#kept[i] === this.#kept[i - 1]) this.#given.set(this.#kept[i]!, false);
    const largest = this.#kept.at(-1) ?? 0;
    if (largest < MOST_COUNTED_ON) this.#next = largest + 1;
  }

  of(own: number | null): number {
    if (this.#kept === null || own === null || own < 1) return this.#fresh();
    if (this.#given.get(own) === true) return this.#fresh();
    if (this.#given.has(own)) this.#given.set(own, true);
    return own;
  }

  #fresh(): number {
    while (this.#isKept(this.#next)) this.#next++;
    return this.#next++;
  }

  #isKept(number: number): boolean {
    if (this.#kept === null) return false;
    let [low, high] = [0, this.#kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#kept[middle]! < number) low = middle + 1;
      else high = middle;
    }
    return this.#kept[low] === number;
  }
}

export class IdKeeper {
  readonly #images: Numbers;
  readonly #annotations: Numbers;

  constructor(images: Float64Array | null = null, annotations: Float64Array | null = null) {
    this.#images = new Numbers(images);
    this.#annotations = new Numbers(annotations);
  }

  /** Walks the source once to learn which numbers its records have: eight bytes a record. */
  static async of(source: DatasetSource): Promise<IdKeeper> {
    const images = new Growing();
    const annotations = new Growing();
    for await (const image of source.images()) {
      images.add(image.id);
      for (const { id } of image.annotations) annotations.add(id);
    }
    return new IdKeeper(images.values(), annotations.values());
  }

  image(id: number | null): number {
    return this.#images.of(id);
  }

  annotation(id: number | null): number {
    return this.#annotations.of(id);
  }
}

/** A list of numbers in little memory. */
class Growing {
  #values = new Float64Array(1024);
  #length = 0;

  add(value: number | null): void {
    if (value === null || value < 1) return;
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  values(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}
