// Planes of an image's size are the largest arrays of a run. New ones for every image of a batch would cost a
// full collection each, a seventh of all processor time; these buffers are lent and returned.

/** Lends arrays that still hold their last contents. */
export interface PlaneBuffers {
  borrow32(length: number): Float32Array;
  borrow64(length: number): Float64Array;
  /** Takes an array back; its caller must not read it afterwards. Arrays from elsewhere are accepted too. */
  giveBack(array: Float32Array | Float64Array): void;
}

/** As many as one run uses at a time. */
const MAX_IDLE = 3;
/** Twenty-five channels of 640 x 480 pixels. Larger ones are left to the collector. */
const MAX_IDLE_BYTES = 32 * 2 ** 20;

export function createPlaneBuffers(): PlaneBuffers {
  const idle: ArrayBufferLike[] = [];
  const borrow = (bytes: number): ArrayBufferLike => {
    // Twice the size at most: a small image must not hold a large one's memory.
    const at = idle.findIndex(({ byteLength }) => byteLength >= bytes && byteLength <= 2 * bytes);
    return at < 0 ? new ArrayBuffer(bytes) : idle.splice(at, 1)[0]!;
  };
  return {
    borrow32: (length) => new Float32Array(borrow(length * 4), 0, length),
    borrow64: (length) => new Float64Array(borrow(length * 8), 0, length),
    giveBack({ buffer }) {
      if (buffer.byteLength > MAX_IDLE_BYTES || idle.includes(buffer)) return;
      idle.push(buffer);
      if (idle.length > MAX_IDLE) idle.shift();
    },
  };
}
