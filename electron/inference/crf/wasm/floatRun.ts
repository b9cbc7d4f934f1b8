// One run in float32: rows of channels on both lattices, one pass over the pixels per iteration that slices both,
// takes the softmax and splats into both again.
import type { ShouldStop } from '../crf.ts';
import { layOut, MOST_LOGIT, passOf, wantedForm, type Layout } from './floatLayout.ts';
import { blurInPlace, splatOnes } from './wasmLattice.ts';
import type { CrfMemory } from './wasmMemory.ts';
import {
  inBands,
  layIn,
  logitsWithin,
  readMarginals,
  readWinners,
  type CrfStart,
  type WasmRun,
} from './wasmRun.ts';

/** Lays the values of `start` out behind the lattices and takes the first Q. */
export function startFloatRun(start: CrfStart, shouldStop: ShouldStop | undefined): WasmRun {
  const { memory, size } = start;
  const pixels = size.width * size.height;
  const { layout, energies } = laidOut(start, pixels);
  const { code } = memory;
  const pass = passOf(code, layout);
  const [gaussian, bilateral] = layout.rows;
  /** True when the rows hold blurred values of the present Q (kl has blurred them already). */
  let blurred = false;
  function blurAll(shouldStop?: ShouldStop): void {
    if (!blurred) blurRows(memory, layout, shouldStop);
    blurred = true;
  }
  for (const { splatted, stride } of layout.rows)
    new Uint8Array(memory.memory.buffer, splatted, stride * layout.blocks).fill(0);
  inBands(pixels, shouldStop, (first, last) =>
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
      inBands(pixels, shouldStop, (first, last) => pass(first, last, ...addresses));
      blurred = false;
    },
    q(into) {
      blurred = false;
      return readMarginals(start, layout, into);
    },
    winners: () => readWinners(start, layout),
    kl() {
      blurAll();
      const [from2, from5] = [gaussian.blurred, bilateral.blurred];
      if (layout.width === 4) return code.klPass4(0, pixels, from2, from5);
      if (layout.width === 8) return code.klPass8(0, pixels, from2, from5);
      return energies + klOfOneChannel(memory, layout, pixels);
    },
  };
}

/** In the wanted form, or plainly where the values are out of its range; with the energies that layIn adds up. */
function laidOut(start: CrfStart, pixels: number): { layout: Layout; energies: number } {
  const form = wantedForm(start);
  const layout = layOut(start, pixels, form);
  const energies = layIn(start, layout);
  if (form === 'plain' || logitsWithin(start.memory.code, MOST_LOGIT)) return { layout, energies };
  const plain = layOut(start, pixels, 'plain');
  return { layout: plain, energies: layIn(start, plain) };
}

/** Blurs a copy of the splatted rows of both lattices, block after block so that each stays near the cache. */
function blurRows({ code, memory }: CrfMemory, layout: Layout, shouldStop?: ShouldStop): void {
  const blur = { 1: code.blurChains1, 4: code.blurChains4, 8: code.blurChains8 }[layout.width];
  const all = new Uint8Array(memory.buffer);
  for (const { lattice, splatted, blurred, stride } of layout.rows)
    for (let at = 0; at < layout.blocks * stride; at += stride) {
      all.copyWithin(blurred + at, splatted + at, splatted + at + stride);
      blurInPlace(lattice, blur, blurred + at, shouldStop);
    }
}

/** KL divergence less the sum of the first class's energies, which the signed channel leaves out. */
function klOfOneChannel(memory: CrfMemory, { rows, end }: Layout, pixels: number): number {
  const { code } = memory;
  let top = end;
  const [ones2, ones5] = rows.map(({ lattice }) => {
    const ones = top;
    top = splatOnes(memory, lattice, pixels, ones);
    blurInPlace(lattice, code.blurChains1, ones);
    return ones;
  }) as [number, number];
  return code.klPass1(0, pixels, rows[0].blurred, rows[1].blurred, ones2, ones5);
}
