// One run in float32: rows of channels on both lattices, one pass over the pixels per iteration that slices both,
// takes the softmax and splats into both again.
import { throwIfStopped, type ShouldStop } from './crf.ts';
import { areInRange, klPassOf, layOut, passOf, wantedForm, type Layout } from './floatLayout.ts';
import { align, BAND, blurInPlace, splatOnes } from './wasmLattice.ts';
import type { CrfMemory } from './wasmMemory.ts';
import { layIn, readMarginals, readWinners, type CrfStart, type WasmRun } from './wasmRun.ts';

/** Lays the values of `start` out behind the lattices and takes the first Q. */
export function startFloatRun(start: CrfStart, shouldStop: ShouldStop | undefined): WasmRun {
  const { memory, size } = start;
  const pixels = size.width * size.height;
  const { layout, energies } = laidOut(start, pixels);
  const { code } = memory;
  const pass = passOf(code, layout);
  const [gaussian, bilateral] = layout.rows;
  if (layout.form === 'relative') {
    const { ones } = blurredOnes(memory, layout, pixels);
    passPixels(pixels, shouldStop, (first, last) => code.totalMessages(first, last, ...ones));
  }

  /** True when the rows hold blurred values of the present Q (kl has blurred them already). */
  let blurred = false;
  function blurAll(shouldStop?: ShouldStop): void {
    if (!blurred) blurRows(memory, layout, shouldStop);
    blurred = true;
  }
  for (const { splatted, bytes } of layout.rows)
    new Uint8Array(memory.memory.buffer, splatted, bytes).fill(0);
  passPixels(pixels, shouldStop, (first, last) =>
    pass(first, last, 0, 0, gaussian.splatted, bilateral.splatted),
  );
  return {
    step(shouldStop) {
      blurAll(shouldStop);
      const addresses = [
        gaussian.blurred,
        bilateral.blurred,
        gaussian.splatted,
        bilateral.splatted,
      ] as const;
      passPixels(pixels, shouldStop, (first, last) => pass(first, last, ...addresses));
      blurred = false;
    },
    q: (into) => readMarginals(start, layout, into),
    winners: () => readWinners(start, layout),
    kl() {
      blurAll();
      const [from2, from5] = [gaussian.blurred, bilateral.blurred];
      if (layout.width === 1) {
        const { ones } = blurredOnes(memory, layout, pixels);
        return energies + code.klPass1(0, pixels, from2, from5, ...ones);
      }
      const kl = klPassOf(code, layout)(0, pixels, from2, from5);
      return layout.form === 'relative' ? energies + kl : kl;
    },
  };
}

/** In the wanted form, or plainly where the values are out of its range; with the energies that layIn adds up. */
function laidOut(start: CrfStart, pixels: number): { layout: Layout; energies: number } {
  const form = wantedForm(start);
  const layout = layOut(start, pixels, form);
  const energies = layIn(start, layout);
  if (areInRange(start.memory.code, form)) return { layout, energies };
  const plain = layOut(start, pixels, 'plain');
  return { layout: plain, energies: layIn(start, plain) };
}

/** Blurs a copy of the splatted rows of both lattices, block after block so that each stays near the cache. */
function blurRows({ code, memory }: CrfMemory, layout: Layout, shouldStop?: ShouldStop): void {
  const blur = { 1: code.blurChains1, 4: code.blurChains4, 8: code.blurChains8 }[layout.width];
  const all = new Uint8Array(memory.buffer);
  for (const { lattice, splatted, blurred, stride, bytes } of layout.rows)
    for (let at = 0; at < bytes; at += stride) {
      const isTail = at === layout.blocks * stride;
      all.copyWithin(blurred + at, splatted + at, splatted + Math.min(bytes, at + stride));
      blurInPlace(lattice, isTail ? code.blurChains4 : blur, blurred + at, shouldStop);
    }
}

function passPixels(
  pixels: number,
  shouldStop: ShouldStop | undefined,
  pass: (first: number, last: number) => void,
): void {
  for (let first = 0; first < pixels; first += BAND) {
    throwIfStopped(shouldStop);
    pass(first, Math.min(pixels, first + BAND));
  }
}

/** Rows of the blurred splat of ones of both lattices behind the run. */
function blurredOnes(memory: CrfMemory, { rows, end }: Layout, pixels: number) {
  let top = align(end);
  const ones = rows.map(({ lattice }) => {
    const at = top;
    top = splatOnes(memory, lattice, pixels, at);
    blurInPlace(lattice, memory.code.blurChains1, at);
    return at;
  }) as [number, number];
  return { ones };
}
