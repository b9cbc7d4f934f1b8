// Cuts a large JSON object into its parts while it is being read: every element of the arrays that
// were asked for, and every other top-level value whole. Only strings and brackets are looked at;
// the parts are parsed by JSON.parse, so one broken element does not spoil the rest.

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
  #partOffset = 0;
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
    let partStart = 0;
    let i = 0;
    if (this.#position === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) i = 3;
    for (; i < chunk.length; i++) {
      if (this.#inString) {
        // Most bytes of a data set are inside RLE strings.
        if (!this.#escaped)
          while (i < chunk.length && chunk[i] !== QUOTE && chunk[i] !== BACKSLASH) i++;
        if (i === chunk.length) break;
        const byte = chunk[i]!;
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) {
          this.#inString = false;
          if (this.#state === 'key') {
            this.#key = this.#parseKey(this.#takePart(chunk, partStart, i + 1), parts);
            if (this.isOver) return parts;
            this.#state = 'colon';
          }
        }
        continue;
      }
      const byte = chunk[i]!;
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
      switch (this.#state) {
        case 'start':
          if (byte !== OPEN_OBJECT) return this.#fail(parts, '$', wrongStart(byte));
          this.#state = 'key';
          break;
        case 'key':
          if (byte === QUOTE) {
            this.#inString = true;
            this.#beginPart(i);
            partStart = i;
          } else if (byte === CLOSE_OBJECT) this.#state = 'end';
          else if (byte !== COMMA) return this.#fail(parts, '$', unexpected(byte, 'a key'));
          break;
        case 'colon':
          if (byte !== COLON)
            return this.#fail(parts, `$.${this.#key}`, unexpected(byte, "':' after the key"));
          this.#state = 'value';
          this.#depth = 0;
          this.#partOffset = -1;
          break;
        case 'value':
          if (this.#partOffset < 0) {
            if (byte === OPEN_ARRAY && this.#streamed.has(this.#key)) {
              this.#state = 'element';
              this.#index = 0;
              parts.push({ kind: 'list', key: this.#key });
              break;
            }
            this.#beginPart(i);
            partStart = i;
          }
          if (this.#depth === 0 && (byte === COMMA || byte === CLOSE_OBJECT)) {
            this.#emit(parts, null, this.#takePart(chunk, partStart, i));
            this.#state = byte === COMMA ? 'key' : 'end';
          } else if (!this.#track(byte))
            return this.#fail(parts, this.#path(), this.#nesting(byte));
          break;
        case 'element':
          if (this.#partOffset < 0 && byte === CLOSE_ARRAY) {
            this.#state = 'afterArray';
            break;
          }
          if (this.#partOffset < 0) {
            this.#beginPart(i);
            partStart = i;
          }
          if (this.#depth === 0 && (byte === COMMA || byte === CLOSE_ARRAY)) {
            this.#emit(parts, this.#index, this.#takePart(chunk, partStart, i));
            this.#index++;
            this.#partOffset = -1;
            if (byte === CLOSE_ARRAY) this.#state = 'afterArray';
          } else if (!this.#track(byte))
            return this.#fail(parts, this.#path(), this.#nesting(byte));
          break;
        case 'afterArray':
          if (byte === COMMA) this.#state = 'key';
          else if (byte === CLOSE_OBJECT) this.#state = 'end';
          else return this.#fail(parts, `$.${this.#key}`, unexpected(byte, "',' or '}'"));
          break;
        case 'end':
          return this.#fail(parts, '$', unexpected(byte, 'the end of the file'));
        case 'failed':
          return parts;
      }
    }
    this.#position += chunk.length;
    if (this.#inPart() && !this.isOver) this.#keepPiece(chunk.subarray(partStart));
    return parts;
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

  #inPart(): boolean {
    return (
      (this.#state === 'key' && this.#inString) ||
      ((this.#state === 'value' || this.#state === 'element') && this.#partOffset >= 0)
    );
  }

  #path(): string {
    if (this.#state === 'element') return `$.${this.#key}[${this.#index}]`;
    return this.#state === 'value' ? `$.${this.#key}` : '$';
  }

  /** Follows strings and brackets inside a part; false when they make no sense. */
  #track(byte: number): boolean {
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY)
      return ++this.#depth <= this.#limits.maxDepth;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) return --this.#depth >= 0;
    return true;
  }

  #nesting(byte: number): string {
    return this.#depth > 0
      ? `is nested deeper than ${this.#limits.maxDepth} levels`
      : unexpected(byte, "a value, ',' or the end of the list");
  }

  #beginPart(index: number): void {
    this.#partOffset = this.#position + index;
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

  #takePart(chunk: Uint8Array, start: number, end: number): Uint8Array {
    const carried = this.#pieceBytes > 0;
    const piece = chunk.subarray(carried ? 0 : start, end);
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

function unexpected(byte: number, wanted: string): string {
  return `found ${JSON.stringify(String.fromCharCode(byte))} where ${wanted} was expected`;
}

function wrongStart(byte: number): string {
  if (byte === OPEN_ARRAY)
    return 'is a list; a COCO data set is an object with images, annotations, categories (COCO result lists need their data set)';
  if (byte === 0xff || byte === 0xfe || byte === 0)
    return 'is not UTF-8 text; save the file as UTF-8';
  return unexpected(byte, "'{'");
}
