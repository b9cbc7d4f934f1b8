// One run in float32: rows of channels on both lattices, one pass over the pixels per iteration that slices both,
// takes the softmax and splats into both again.
import type { ShouldStop } from '../crf.ts';
import { layOut, MOST_LOGIT, passOf, wantedForm, type Layout } from './floatLayout.ts';
import { bandsOf } from './regions.ts';
import { runAll, type Site } from './site.ts';
import { blurInPlace, blurredOnes } from './wasmLattice.ts';
import {
  inTurns,
  layIn,
  logitsWithin,
  readMarginals,
  readWinners,
  stoppable,
  turnsFor,
  type CrfStart,
  type WasmRun,
} from './wasmRun.ts';

/** Bytes that one thread copies at a time. */
const COPY = 2 ** 20;

/** Lays the values of `start` out behind the lattices and takes the first Q. */
export function startFloatRun(start: CrfStart, shouldStop: ShouldStop | undefined): WasmRun {
  const { memory } = start.site;
  const pixels = start.size.width * start.size.height;
  const starting = stoppable(start, shouldStop);
  const { layout, energies } = laidOut(starting, pixels);
  const pass = passOf(layout);
  const [gaussian, bilateral] = layout.rows;
  const to = [gaussian.splatted, bilateral.splatted] as const;
  /** True when the rows hold blurred values of the present Q (kl has blurred them already). */
  let blurred = false;
  function blurAll(site: Site): void {
    if (!blurred) blurRows(site, layout);
    blurred = true;
  }
  for (const { splatted, stride } of layout.rows)
    memory.code.clearBytes(splatted, stride * layout.blocks);
  inTurns(starting, ({ first, last }) => [pass, first, last, 0, 0, ...to]);
  return {
    step(shouldStop) {
      const stepping = stoppable(start, shouldStop);
      blurAll(stepping.site);
      const from = [gaussian.blurred, bilateral.blurred] as const;
      inTurns(stepping, ({ first, last }) => [pass, first, last, ...from, ...to]);
      blurred = false;
    },
    q(into) {
      blurred = false;
      return readMarginals(start, layout, into);
    },
    winners: () => readWinners(start, layout),
    kl() {
      blurAll(start.site);
      const rows = [gaussian.blurred, bilateral.blurred] as const;
      if (layout.width === 4) return memory.code.klPass4(0, pixels, ...rows);
      if (layout.width === 8) return memory.code.klPass8(0, pixels, ...rows);
      return energies + klOfOneChannel(start, layout, pixels);
    },
  };
}

/** In the wanted form, or plainly where the values are out of its range; with the energies that layIn adds up. */
function laidOut(start: CrfStart, pixels: number): { layout: Layout; energies: number } {
  const form = wantedForm(start);
  const layout = layOut(start, pixels, form);
  const energies = layIn(start, layout);
  if (form === 'plain' || logitsWithin(start.site.memory.code, MOST_LOGIT))
    return { layout, energies };
  const plain = layOut(start, pixels, 'plain');
  return { layout: plain, energies: layIn(start, plain) };
}

/** Blurs a copy of the splatted rows of both lattices, block after block so that each stays near the cache. */
function blurRows(site: Site, layout: Layout): void {
  const by = ({ 1: 'blurChains1', 4: 'blurChains4', 8: 'blurChains8' } as const)[layout.width];
  for (const { lattice, splatted, blurred, stride } of layout.rows)
    for (let at = 0; at < layout.blocks * stride; at += stride) {
      runAll(
        site,
        bandsOf({ first: at, last: at + stride }, COPY).map(({ first, last }) => [
          ['copyBytes', blurred + first, splatted + first, last - first],
        ]),
      );
      blurInPlace(site, lattice, by, blurred + at);
    }
}

/** KL divergence less the sum of the first class's energies, which the signed channel leaves out. */
function klOfOneChannel(start: CrfStart, { rows, end }: Layout, pixels: number): number {
  const turns = turnsFor(start);
  let top = end;
  const [ones2, ones5] = rows.map(({ lattice }) => {
    const at = top;
    top = blurredOnes(start.site, lattice, { at, turns });
    return at;
  }) as [number, number];
  const { code } = start.site.memory;
  return code.klPass1(0, pixels, rows[0].blurred, rows[1].blurred, ones2, ones5);
}
