// What the threads of this process keep of decoded images, known to all of them: one bound holds for their sum.

/** Bytes that the shelves of several threads keep, a place each, so that one bound holds for all. */
export interface SharedBound {
  /** Units of 1 KiB. */
  readonly kept: Int32Array;
  /** The place of this thread. */
  readonly place: number;
}

/** Places for so many threads; each hands its own over with its worker. */
export const sharedBounds = (threads: number): SharedBound[] => {
  const kept = new Int32Array(new SharedArrayBuffer(threads * Int32Array.BYTES_PER_ELEMENT));
  return Array.from({ length: threads }, (_, place) => ({ kept, place }));
};
