// Where every annotation of a COCO file lies and which image it belongs to: about 40 bytes each,
// so that a file of millions can be walked image by image.

export interface IndexEntry {
  readonly offset: number;
  readonly bytes: number;
  /** Place in the file's list, from 0. */
  readonly index: number;
  /** The id that is kept; 0 = a new one is to be made. */
  readonly id: number;
}

export class AnnotationIndex {
  /** Rows of [offset, bytes, image, index, id]. */
  #rows = new Float64Array(5 * 256);
  #length = 0;
  /** Row numbers in order of image, then file. */
  #order = new Uint32Array(0);
  #first = new Uint32Array(1);

  get length(): number {
    return this.#length;
  }

  /** `image` is the image's number from 0, or -1 while unknown. */
  add({ offset, bytes, index, id }: IndexEntry, image: number): void {
    const at = 5 * this.#length++;
    if (at + 5 > this.#rows.length) {
      const larger = new Float64Array(this.#rows.length * 2);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows.set([offset, bytes, image, index, id], at);
  }

  /** Removes all rows whose image is unknown and returns them in file order. */
  takeWaiting(): IndexEntry[] {
    const waiting: IndexEntry[] = [];
    let kept = 0;
    for (let row = 0; row < this.#length; row++) {
      if (this.#rows[5 * row + 2] === -1) waiting.push(this.#entry(row));
      else this.#rows.copyWithin(5 * kept++, 5 * row, 5 * row + 5);
    }
    this.#length = kept;
    return waiting;
  }

  /** Sets ids that occurred earlier in the file to 0 and returns those entries. */
  clearDuplicateIds(): IndexEntry[] {
    const rows = Uint32Array.from({ length: this.#length }, (_, row) => row);
    const id = (row: number) => this.#rows[5 * row + 4]!;
    const index = (row: number) => this.#rows[5 * row + 3]!;
    rows.sort((a, b) => id(a) - id(b) || index(a) - index(b));
    const cleared: IndexEntry[] = [];
    let before = 0;
    for (const row of rows) {
      const here = id(row);
      if (here !== 0 && here === before) {
        cleared.push(this.#entry(row));
        this.#rows[5 * row + 4] = 0;
      }
      before = here;
    }
    return cleared.sort((a, b) => a.index - b.index);
  }

  /** Call once after the last row; then `ofImage` works. */
  sortByImage(): void {
    const image = (row: number) => this.#rows[5 * row + 2]!;
    const index = (row: number) => this.#rows[5 * row + 3]!;
    this.#order = Uint32Array.from({ length: this.#length }, (_, row) => row);
    this.#order.sort((a, b) => image(a) - image(b) || index(a) - index(b));
    const images = this.#length === 0 ? 0 : image(this.#order[this.#length - 1]!) + 1;
    this.#first = new Uint32Array(images + 1);
    for (let row = 0; row < this.#length; row++) this.#first[image(row) + 1]!++;
    for (let i = 0; i < images; i++) this.#first[i + 1]! += this.#first[i]!;
  }

  *ofImage(image: number): Generator<IndexEntry> {
    const end = this.#first[image + 1] ?? 0;
    for (let i = this.#first[image] ?? 0; i < end; i++) yield this.#entry(this.#order[i]!);
  }

  #entry(row: number): IndexEntry {
    const [offset, bytes, , index, id] = this.#rows.subarray(5 * row, 5 * row + 5);
    return { offset: offset!, bytes: bytes!, index: index!, id: id! };
  }
}
