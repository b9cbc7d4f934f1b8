// JSON for hostile headers: bounded depth, no duplicate keys, maps instead of objects, so that
// neither a million brackets nor a key called __proto__ does anything. Linear in the input.
import { ModelError, shown } from '../errors.ts';

/** A parsed value; objects are maps, so keys are only data. */
export type StrictJson =
  string | number | boolean | null | readonly StrictJson[] | ReadonlyMap<string, StrictJson>;

/** What bounds a parse. */
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
  let at = 0;
  let values = 0;

  function take(pattern: RegExp): string | null {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0] ?? null;
    if (match !== null) at += match.length;
    return match;
  }
  function skip(mark: string): boolean {
    take(SPACE);
    if (text[at] !== mark) return false;
    at += 1;
    return true;
  }
  function fail(expected: string): never {
    const found = at >= text.length ? 'the end' : shown(text.slice(at, at + 12));
    throw damaged(limits, `JSON with ${expected} at character ${at}`, found);
  }
  function string(): string {
    take(SPACE);
    const end = text[at] === '"' ? closingQuote(text, at + 1) : -1;
    if (end < 0) return fail('a string');
    const raw = text.slice(at, end + 1);
    at = end + 1;
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch {
      return fail('a string with valid escapes before');
    }
    if (typeof value !== 'string' || !value.isWellFormed())
      return fail('a well-formed string before');
    return value;
  }
  function value(depth: number): StrictJson {
    values += 1;
    if (values > limits.values) fail(`at most ${limits.values} values`);
    take(SPACE);
    const mark = text[at];
    if (mark === '{' || mark === '[') {
      if (depth >= limits.depth) fail(`at most ${limits.depth} levels`);
      return mark === '{' ? object(depth + 1) : array(depth + 1);
    }
    if (mark === '"') return string();
    const word = take(WORD);
    if (word !== null) return word === 'null' ? null : word === 'true';
    const digits = take(NUMBER);
    return digits === null ? fail('a value') : Number(digits);
  }
  function object(depth: number): StrictJson {
    const map = new Map<string, StrictJson>();
    skip('{');
    if (skip('}')) return map;
    do {
      const key = string();
      if (map.has(key)) fail(`one entry for the key ${shown(key)}, not two,`);
      if (!skip(':')) fail('":"');
      map.set(key, value(depth));
    } while (skip(','));
    return skip('}') ? map : fail('"," or "}"');
  }
  function array(depth: number): StrictJson {
    const list: StrictJson[] = [];
    skip('[');
    if (skip(']')) return list;
    do list.push(value(depth));
    while (skip(','));
    return skip(']') ? list : fail('"," or "]"');
  }

  const root = value(0);
  take(SPACE);
  return at === text.length ? root : fail('nothing more');
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
