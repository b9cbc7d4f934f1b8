// Takes the arguments of pickle instructions from bytes; never reads behind the end.
import { ModelError, shown } from '../errors.ts';

const LINE_LIMIT = 1000;

/** A cursor over a pickle program. */
export class PickleBytes {
  readonly #bytes: Buffer;
  readonly #file: string;
  #at = 0;

  constructor(program: Uint8Array, file: string) {
    this.#bytes = Buffer.from(program.buffer, program.byteOffset, program.byteLength);
    this.#file = file;
  }

  byte(): number {
    return this.#take(1).readUInt8(0);
  }

  uint16(): number {
    return this.#take(2).readUInt16LE(0);
  }

  int32(): number {
    return this.#take(4).readInt32LE(0);
  }

  uint32(): number {
    return this.#take(4).readUInt32LE(0);
  }

  uint64(): number {
    const value = this.#take(8).readBigUInt64LE(0);
    if (value > BigInt(this.#bytes.length)) throw this.damaged('a length inside the program');
    return Number(value);
  }

  /** Frames only group bytes for buffered reading; their length is not used. */
  skipFrameLength(): void {
    this.#take(8);
  }

  float64BigEndian(): number {
    return this.#take(8).readDoubleBE(0);
  }

  /** A signed little-endian whole number of `length` bytes: a number where exact, else a bigint. */
  long(length: number, limit: number): number | bigint {
    if (length > limit) throw this.damaged(`whole numbers of at most ${limit} bytes`);
    let value = 0n;
    this.#take(length).forEach((byte, i) => (value |= BigInt(byte) << BigInt(8 * i)));
    const signed = BigInt.asIntN(8 * length, value);
    const plain = Number(signed);
    return Number.isSafeInteger(plain) ? plain : signed;
  }

  /** UTF-8; Python's lone surrogates become replacement characters. */
  text(length: number): string {
    return this.#take(length).toString('utf8');
  }

  bytes(length: number): Uint8Array {
    return this.#take(length);
  }

  /** Text up to the next line feed, which is consumed. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0 || end - this.#at > LINE_LIMIT) throw this.damaged('a name that ends');
    const text = this.text(end - this.#at);
    this.#at += 1;
    return text;
  }

  damaged(expected: string): ModelError {
    return new ModelError('MODEL_FILE_DAMAGED', {
      file: this.#file,
      expected: `${expected} at byte ${this.#at} of the pickle`,
      found: shown(this.#bytes.subarray(this.#at, this.#at + 8).toString('hex')),
    });
  }

  #take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw this.damaged(`${length} bytes`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
