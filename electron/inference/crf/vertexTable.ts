// Open-addressing table from integer lattice coordinates to vertex numbers, in order of insertion.
// Only the plain TypeScript lattice uses it; the WASM one packs its keys into 60 bits.

export class VertexTable {
  readonly #dimensions: number;
  #slots: Int32Array;
  #keys: Int16Array;
  #count = 0;

  /** Room for about `expected` vertices of `dimensions` coordinates; grows when needed. */
  constructor(dimensions: number, expected: number) {
    this.#dimensions = dimensions;
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.#slots = new Int32Array(capacity).fill(-1);
    this.#keys = new Int16Array((capacity / 2) * dimensions);
  }

  get count(): number {
    return this.#count;
  }

  /** Number of the vertex at `key`, or -1. */
  find(key: Int16Array): number {
    return this.#slots[this.#slotOf(key, 0)] as number;
  }

  /** Number of the vertex at `key`, entered if it is new. */
  enter(key: Int16Array): number {
    const slot = this.#slotOf(key, 0);
    const found = this.#slots[slot] as number;
    if (found >= 0) return found;
    const vertex = this.#count++;
    this.#slots[slot] = vertex;
    this.#keys.set(key, vertex * this.#dimensions);
    if (this.#count * 2 >= this.#slots.length) this.#grow();
    return vertex;
  }

  /** Copies the coordinates of a vertex into `key`. */
  copyKey(vertex: number, key: Int16Array): void {
    for (let i = 0; i < this.#dimensions; i++)
      key[i] = this.#keys[vertex * this.#dimensions + i] as number;
  }

  /** Slot that holds the key starting at `at`, or the empty slot where it belongs. */
  #slotOf(key: Int16Array, at: number): number {
    const mask = this.#slots.length - 1;
    let hash = 0;
    for (let i = 0; i < this.#dimensions; i++)
      hash = Math.imul(hash + (key[at + i] as number), 1664525);
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const vertex = this.#slots[slot] as number;
      if (vertex < 0 || this.#isKeyOf(vertex, key, at)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #isKeyOf(vertex: number, key: Int16Array, at: number): boolean {
    const start = vertex * this.#dimensions;
    for (let i = 0; i < this.#dimensions; i++)
      if (this.#keys[start + i] !== key[at + i]) return false;
    return true;
  }

  #grow(): void {
    const keys = new Int16Array(this.#keys.length * 2);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let vertex = 0; vertex < this.#count; vertex++)
      this.#slots[this.#slotOf(keys, vertex * this.#dimensions)] = vertex;
  }
}
