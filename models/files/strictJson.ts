// JSON for hostile headers: bounded depth, no duplicate keys, maps instead of objects, so that
// neither a million brackets nor a key called __proto__ does anything. Linear in the input.
import { ModelError, shown } from '../errors.ts';

/** A parsed value; objects are maps, so keys are only data. */
export type StrictJson =
  string | number | boolean | null | readonly StrictJson[] | ReadonlyMap<string, StrictJson>;

/** Limits of a parse. */
export interface StrictJsonLimits {
  /** Name for messages. */
  readonly file: string;
  /** Deepest nesting of objects and arrays. */
  readonly depth: number;
  /** Most values in all. */
  readonly values: number;
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** Parses UTF-8 `bytes`; throws ModelError naming what is wrong and where. */
export function parseStrictJson(bytes: Uint8Array, limits: StrictJsonLimits): StrictJson {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw damaged(limits, 'UTF-8 text', 'other bytes', cause);
  }
  return new StrictReader(text, limits).document();
}

// Recursive descent over the text: each method reads what its name says and stops behind it.
class StrictReader {
  readonly #text: string;
  readonly #limits: StrictJsonLimits;
  #at = 0;
  #values = 0;

  constructor(text: string, limits: StrictJsonLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  document(): StrictJson {
    const root = this.#value(0);
    this.#take(SPACE);
    return this.#at === this.#text.length ? root : this.#fail('nothing more');
  }

  #value(depth: number): StrictJson {
    const { values, depth: deepest } = this.#limits;
    this.#values += 1;
    if (this.#values > values) this.#fail(`at most ${values} values`);
    this.#take(SPACE);
    const mark = this.#text[this.#at];
    if (mark === '{' || mark === '[') {
      if (depth >= deepest) this.#fail(`at most ${deepest} levels`);
      return mark === '{' ? this.#object(depth + 1) : this.#array(depth + 1);
    }
    if (mark === '"') return this.#string();
    const word = this.#take(WORD);
    if (word !== null) return word === 'null' ? null : word === 'true';
    const digits = this.#take(NUMBER);
    return digits === null ? this.#fail('a value') : Number(digits);
  }

  #object(depth: number): StrictJson {
    const map = new Map<string, StrictJson>();
    this.#skip('{');
    if (this.#skip('}')) return map;
    do {
      const key = this.#string();
      if (map.has(key)) this.#fail(`one entry for the key ${shown(key)}, not two,`);
      if (!this.#skip(':')) this.#fail('":"');
      map.set(key, this.#value(depth));
    } while (this.#skip(','));
    return this.#skip('}') ? map : this.#fail('"," or "}"');
  }

  #array(depth: number): StrictJson {
    const list: StrictJson[] = [];
    this.#skip('[');
    if (this.#skip(']')) return list;
    do list.push(this.#value(depth));
    while (this.#skip(','));
    return this.#skip(']') ? list : this.#fail('"," or "]"');
  }

  #string(): string {
    this.#take(SPACE);
    const end = this.#text[this.#at] === '"' ? closingQuote(this.#text, this.#at + 1) : -1;
    if (end < 0) return this.#fail('a string');
    const raw = this.#text.slice(this.#at, end + 1);
    this.#at = end + 1;
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch {
      return this.#fail('a string with valid escapes before');
    }
    if (typeof value !== 'string' || !value.isWellFormed())
      return this.#fail('a well-formed string before');
    return value;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0] ?? null;
    if (match !== null) this.#at += match.length;
    return match;
  }

  #skip(mark: string): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #fail(expected: string): never {
    const here = this.#text.slice(this.#at, this.#at + 12);
    const found = this.#at >= this.#text.length ? 'the end' : shown(here);
    throw damaged(this.#limits, `JSON with ${expected} at character ${this.#at}`, found);
  }
}

// A loop, not a pattern: a repeated alternative overflows the pattern stack on long strings.
function closingQuote(text: string, from: number): number {
  for (let i = from; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return i;
    if (code === 0x5c) i += 1;
  }
  return -1;
}

function damaged(limits: StrictJsonLimits, expected: string, found: string, cause?: unknown) {
  return new ModelError('MODEL_FILE_DAMAGED', { file: limits.file, expected, found, cause });
}
