// Scratch of a few numbers for each thread: instances on one memory share everything else, and none may clear what others
// work with, so the module has no memory of its own but tables that never change.

/** Bytes of one thread: a pixel's next Q from 0 on (256 classes), then four pixels of a walk and of a lattice. */
export const SCRATCH: u32 = 8192;

/** The logits of four pixels (256 classes) before they become 16 bits, in a thread's own scratch. */
export const FOUR_LOGITS: usize = 4096;
/** The exponents of a tile of pixels (see pixelTile.ts) in the passes that follow. */
export const TILE_EXPONENTS: usize = 4096;

/** Where this instance's scratch begins. */
export let own: usize = __heap_base;

/** Of the instances on a memory this is number `thread`, counted from 0. */
export function takeScratch(thread: u32): void {
  own = __heap_base + <usize>(thread * SCRATCH);
}
