// Cuts a large JSON object into its parts while it is being read: every element of the arrays that
// were asked for, and every other top-level value whole. Only strings and brackets are looked at;
// the parts are parsed by JSON.parse, so one broken element does not spoil the rest.
import { unexpected, wrongStart } from './splitProblems.ts';

export interface SplitLimits {
  /** Longest single part in bytes. */
  readonly maxPartBytes: number;
  /** Deepest nesting; deeper input is hostile. */
  readonly maxDepth: number;
}

export const SPLIT_LIMITS: SplitLimits = { maxPartBytes: 64 * 1024 * 1024, maxDepth: 64 };

export type JsonPart =
  | {
      /** An element of a streamed array (`index` from 0) or a whole member (`index` null). */
      readonly kind: 'value';
      readonly key: string;
      readonly index: number | null;
      /** UTF-8 text of the value. */
      readonly bytes: Uint8Array;
      /** Where the value starts in the file. */
      readonly offset: number;
    }
  /** A streamed array begins; its elements follow. */
  | { readonly kind: 'list'; readonly key: string }
  | { readonly kind: 'problem'; readonly path: string; readonly message: string };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];

type State = 'start' | 'key' | 'colon' | 'value' | 'element' | 'afterArray' | 'end' | 'failed';

/** Push-style splitter; memory holds one part and one chunk. */
export class JsonSplitter {
  readonly #streamed: ReadonlySet<string>;
  readonly #limits: SplitLimits;
  #state: State = 'start';
  #key = '';
  #index = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Pieces of the current part from earlier chunks. */
  #pieces: Uint8Array[] = [];
  #pieceBytes = 0;
  #position = 0;
  /** Where the current part begins in the file; -1 between parts. */
  #partOffset = -1;
  /** The same in the chunk at hand. */
  #partStart = 0;
  #tooLong = false;

  constructor(streamed: ReadonlySet<string>, limits: SplitLimits = SPLIT_LIMITS) {
    this.#streamed = streamed;
    this.#limits = limits;
  }

  /** Whether more input is of any use. */
  get isOver(): boolean {
    return this.#state === 'failed';
  }

  /** The parts that end inside this chunk. Their bytes may point into the chunk: use them before it changes. */
  push(chunk: Uint8Array): JsonPart[] {
    const parts: JsonPart[] = [];
    this.#partStart = 0;
    let i = 0;
    if (this.#position === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) i = 3;
    for (; i < chunk.length && !this.isOver; i++) {
      if (this.#partOffset < 0) this.#between(chunk[i]!, i, parts);
      if (this.#partOffset < 0) continue;
      i = this.#throughPart(chunk, i);
      if (i < chunk.length) this.#endPart(chunk, i, parts);
    }
    this.#position += chunk.length;
    if (this.#partOffset >= 0 && !this.isOver) this.#keepPiece(chunk.subarray(this.#partStart));
    return parts;
  }

  /** Takes a byte between parts, or begins one with it. */
  #between(byte: number, i: number, parts: JsonPart[]): void {
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return;
    switch (this.#state) {
      case 'start':
        if (byte !== OPEN_OBJECT) this.#fail(parts, '$', wrongStart(byte));
        else this.#state = 'key';
        return;
      case 'key':
        if (byte === QUOTE) this.#beginPart(i);
        else if (byte === CLOSE_OBJECT) this.#state = 'end';
        else if (byte !== COMMA) this.#fail(parts, '$', unexpected(byte, 'a key'));
        return;
      case 'colon':
        if (byte !== COLON)
          this.#fail(parts, `$.${this.#key}`, unexpected(byte, "':' after the key"));
        else this.#state = 'value';
        return;
      case 'value':
        if (byte === OPEN_ARRAY && this.#streamed.has(this.#key)) {
          this.#state = 'element';
          this.#index = 0;
          parts.push({ kind: 'list', key: this.#key });
        } else this.#beginPart(i);
        return;
      case 'element':
        if (byte === CLOSE_ARRAY) this.#state = 'afterArray';
        else this.#beginPart(i);
        return;
      case 'afterArray':
        if (byte === COMMA) this.#state = 'key';
        else if (byte === CLOSE_OBJECT) this.#state = 'end';
        else this.#fail(parts, `$.${this.#key}`, unexpected(byte, "',' or '}'"));
        return;
      case 'end':
        this.#fail(parts, '$', unexpected(byte, 'the end of the file'));
    }
  }

  /** Follows strings and brackets; where the part ends or makes no sense, else the chunk's length. */
  #throughPart(chunk: Uint8Array, from: number): number {
    const isKey = this.#state === 'key';
    const { maxDepth } = this.#limits;
    // Fields would cost a third of the time.
    let [depth, inString, escaped] = [this.#depth, this.#inString, this.#escaped];
    let i = from;
    for (; i < chunk.length; i++) {
      if (inString) {
        // Most bytes of a data set are inside RLE strings.
        if (!escaped) while (i < chunk.length && chunk[i] !== QUOTE && chunk[i] !== BACKSLASH) i++;
        if (i === chunk.length) break;
        if (escaped) escaped = false;
        else if (chunk[i] === BACKSLASH) escaped = true;
        else {
          inString = false;
          if (isKey) break;
        }
        continue;
      }
      const byte = chunk[i]!;
      if (byte === QUOTE) inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (++depth > maxDepth) break;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (depth === 0) break;
        depth--;
      } else if (byte === COMMA && depth === 0) break;
    }
    [this.#depth, this.#inString, this.#escaped] = [depth, inString, escaped];
    return i;
  }

  #endPart(chunk: Uint8Array, i: number, parts: JsonPart[]): void {
    const byte = chunk[i]!;
    if (this.#state === 'key') {
      this.#key = this.#parseKey(this.#takePart(chunk, i + 1), parts);
      if (!this.isOver) this.#state = 'colon';
    } else {
      const isElement = this.#state === 'element';
      const close = isElement ? CLOSE_ARRAY : CLOSE_OBJECT;
      if (byte !== COMMA && byte !== close)
        return void this.#fail(parts, this.#path(), this.#nesting(byte));
      this.#emit(parts, isElement ? this.#index : null, this.#takePart(chunk, i));
      if (isElement) {
        this.#index++;
        if (byte === CLOSE_ARRAY) this.#state = 'afterArray';
      } else this.#state = byte === COMMA ? 'key' : 'end';
    }
    this.#partOffset = -1;
  }

  /** Call after the last chunk; says where the file breaks off if it does. */
  end(): JsonPart[] {
    if (this.#state === 'end' || this.#state === 'failed') return [];
    const message =
      this.#state === 'start'
        ? 'the file is empty'
        : 'the file ends here; it was probably cut off while being written or copied';
    return this.#fail([], this.#path(), message);
  }

  #path(): string {
    if (this.#state === 'element') return `$.${this.#key}[${this.#index}]`;
    return this.#state === 'value' ? `$.${this.#key}` : '$';
  }

  #nesting(byte: number): string {
    return this.#depth > 0
      ? `is nested deeper than ${this.#limits.maxDepth} levels`
      : unexpected(byte, "a value, ',' or the end of the list");
  }

  #beginPart(index: number): void {
    this.#partOffset = this.#position + index;
    this.#partStart = index;
    this.#depth = 0;
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#tooLong = false;
  }

  #keepPiece(piece: Uint8Array): void {
    this.#pieceBytes += piece.length;
    if (this.#pieceBytes > this.#limits.maxPartBytes) {
      // Read on to find its end, but keep nothing of it.
      this.#tooLong = true;
      this.#pieces = [];
    } else if (!this.#tooLong) this.#pieces.push(new Uint8Array(piece));
  }

  #takePart(chunk: Uint8Array, end: number): Uint8Array {
    const carried = this.#pieceBytes > 0;
    const piece = chunk.subarray(carried ? 0 : this.#partStart, end);
    if (this.#pieceBytes + piece.length > this.#limits.maxPartBytes) this.#tooLong = true;
    const whole = this.#tooLong || !carried ? piece : Buffer.concat([...this.#pieces, piece]);
    this.#pieces = [];
    this.#pieceBytes = 0;
    return whole;
  }

  #emit(parts: JsonPart[], index: number | null, bytes: Uint8Array): void {
    const path = index === null ? `$.${this.#key}` : `$.${this.#key}[${index}]`;
    if (this.#tooLong)
      parts.push({
        kind: 'problem',
        path,
        message: `is longer than ${this.#limits.maxPartBytes} bytes`,
      });
    else parts.push({ kind: 'value', key: this.#key, index, bytes, offset: this.#partOffset });
  }

  #parseKey(bytes: Uint8Array, parts: JsonPart[]): string {
    try {
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as string;
    } catch {
      this.#fail(parts, '$', 'a key is not valid JSON text');
      return '';
    }
  }

  #fail(parts: JsonPart[], path: string, message: string): JsonPart[] {
    this.#state = 'failed';
    parts.push({ kind: 'problem', path, message });
    return parts;
  }
}
