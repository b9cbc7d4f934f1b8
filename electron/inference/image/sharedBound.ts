// Bytes of decoded images that the threads of this process keep, in shared memory: one bound holds for their
// sum.

/** Bytes kept by the image shelves of several threads, one entry per thread. */
export interface SharedBound {
  /** Units of 1 KiB. */
  readonly kept: Int32Array;
  /** Index of this thread. */
  readonly place: number;
}

/** Room for `threads` entries; each worker gets its own index. */
export const sharedBounds = (threads: number): SharedBound[] => {
  const kept = new Int32Array(new SharedArrayBuffer(threads * Int32Array.BYTES_PER_ELEMENT));
  return Array.from({ length: threads }, (_, place) => ({ kept, place }));
};
