// The memory of a pickle program: a stack with marks, and slots for what is used again. All of it is
// bounded, whatever the program asks for.
import type { PickleBytes } from './pickleBytes.ts';
import type { PickleKey, PickleValue } from './pickleValues.ts';

// A tensor takes about 40 instructions and 6 containers; published checkpoints have thousands.
export const MAX_INSTRUCTIONS = 2_000_000;
const MAX_CONTAINERS = 500_000;
// Numbers as keys can be chosen to collide, so there may be only as many as an optimiser needs.
const MAX_NUMBER_KEYS = 20_000;

export class PickleMachine {
  readonly #input: PickleBytes;
  readonly #stack: PickleValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo: PickleValue[] = [];
  #containers = 0;
  #numberKeys = 0;

  constructor(input: PickleBytes) {
    this.#input = input;
  }

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  pushContainer(value: PickleValue): void {
    this.#containers += 1;
    if (this.#containers > MAX_CONTAINERS)
      throw this.#input.damaged(`at most ${MAX_CONTAINERS} containers`);
    this.#stack.push(value);
  }

  pop(): PickleValue {
    this.#needValue();
    return this.#stack.pop() as PickleValue;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  popMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.#input.damaged('a mark on the stack');
    return this.#stack.splice(mark);
  }

  append(items: readonly PickleValue[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#input.damaged('a list to append to');
    for (const item of items) list.push(item);
  }

  setItems(pairs: readonly PickleValue[]): void {
    const dict = this.#top();
    if (!(dict instanceof Map) || pairs.length % 2 !== 0)
      throw this.#input.damaged('a dict and pairs to put into it');
    for (let i = 0; i < pairs.length; i += 2)
      dict.set(this.#dictKey(pairs[i] as PickleValue), pairs[i + 1] as PickleValue);
  }

  topIsDict(): boolean {
    return this.#top() instanceof Map;
  }

  remember(slot = this.#memo.length): void {
    if (slot >= MAX_INSTRUCTIONS)
      throw this.#input.damaged(`a memo slot below ${MAX_INSTRUCTIONS}`);
    // Filled with null: writing far slots could turn the array into a slow dictionary.
    while (this.#memo.length < slot) this.#memo.push(null);
    this.#memo[slot] = this.#top();
  }

  recall(slot: number): void {
    const value = this.#memo[slot];
    if (value === undefined) throw this.#input.damaged(`a value in memo slot ${slot}`);
    this.#stack.push(value);
  }

  /** The only value left, as a program ends. */
  result(): PickleValue {
    if (this.#stack.length !== 1 || this.#marks.length !== 0)
      throw this.#input.damaged('one value at the end');
    return this.pop();
  }

  #top(): PickleValue {
    this.#needValue();
    return this.#stack.at(-1) as PickleValue;
  }

  #needValue(): void {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0))
      throw this.#input.damaged('a value on the stack');
  }

  #dictKey(key: PickleValue): PickleKey {
    if (typeof key === 'object' && key !== null)
      throw this.#input.damaged('dict keys that are names or numbers');
    if (typeof key !== 'string') this.#numberKeys += 1;
    if (this.#numberKeys > MAX_NUMBER_KEYS)
      throw this.#input.damaged(`at most ${MAX_NUMBER_KEYS} keys that are numbers`);
    return key;
  }
}
