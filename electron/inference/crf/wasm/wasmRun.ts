// What every form of a run shares: where it starts from, how values get in and Q gets out.
import type { ShouldStop } from '../crf.ts';
import type { PlaneSize } from '../labels.ts';
import { checkFinite, type CrfParameters } from '../parameters.ts';
import { bandsOf, columnsOf, turnsOf, type Range } from './regions.ts';
import { runAll, tellAll, type Site } from './site.ts';
import { latticeAlpha, type WasmLattice } from './wasmLattice.ts';
import type { Call, CrfExports } from './wasmExports.ts';

export interface CrfStart {
  readonly site: Site;
  readonly lattices: readonly [gaussian: WasmLattice, bilateral: WasmLattice];
  readonly parameters: CrfParameters;
  readonly size: PlaneSize;
  readonly classes: number;
  /** [classes, height * width] energies, or scores where there is a temperature. */
  readonly values: Float32Array;
  readonly temperature: number | null;
}

/** The same, with somebody who may stop what is done there. */
export function stoppable(start: CrfStart, shouldStop: ShouldStop | undefined): CrfStart {
  return { ...start, site: { ...start.site, shouldStop } };
}

/** A run under way. After an AbortError of `step` its rows are worthless. */
export interface WasmRun {
  step(shouldStop?: ShouldStop): void;
  /** Q [classes, height * width]. */
  q(into?: Float32Array): Float32Array;
  winners(): Uint8Array;
  kl(): number;
}

/** What layIn and the readers need to know of a layout. */
interface Extent {
  readonly form: 'plain' | 'powers' | 'relative';
  /** Channels of a pixel, padding included. */
  readonly channels: number;
  readonly marginals: number;
  /** Bytes that every step rewrites, and the first byte behind the run's own memory. */
  readonly scratch: { readonly at: number; readonly bytes: number };
  readonly end: number;
}

/** Bytes of values that are copied at a time: they are still in the cache when they are laid in. */
const BAND_BYTES = 2 ** 20;

/**
 * Copies the values, a few rows of the image at a time, to where Q comes later, and makes logits of them. Returns the sum
 * of the energies of the class that is left out, else of the first; throws a RangeError that says where the first number is
 * that is not finite.
 */
export function layIn(start: CrfStart, { form, channels, marginals: planes }: Extent): number {
  const { site, lattices, parameters, classes, values, temperature } = start;
  const { width, height } = start.size;
  const { memory } = site;
  const relative = form === 'relative' ? 1 : 0;
  tellAll(memory, [
    'measureIn',
    form === 'plain' ? 1 : Math.LN2,
    parameters.gaussianWeight * latticeAlpha(lattices[0]),
    parameters.bilateralWeight * latticeAlpha(lattices[1]),
    relative ? classes - 1 : classes,
  ]);
  if (temperature !== null) memory.code.boundScores(relative);
  const given = [planes, width, height, classes, channels] as const;
  const buffer = new Float32Array(memory.memory.buffer, planes);
  const most = Math.max(1, Math.floor(BAND_BYTES / (classes * width * 4)));
  let sum = 0;
  for (const { first, last } of bandsOf({ first: 0, last: height }, most)) {
    const size = (last - first) * width;
    for (let c = 0, from = first * width; c < classes; c++, from += width * height)
      buffer.set(values.subarray(from, from + size), c * size);
    if (temperature === null) sum += memory.code.interleaveUnary(...given, relative, first, last);
    else
      for (const part of inColumns(start, (columns) => {
        const rows = [first, last, columns.first, columns.last] as const;
        return ['interleaveScores', ...given, temperature, relative, ...rows];
      }))
        sum += part;
  }
  // The module only knows that some number is not finite; the slow check says which.
  if (Number.isNaN(sum))
    checkFinite(temperature === null ? 'unary' : 'scores', values, width * height);
  return sum;
}

/** Whether the logits laid in lie within so much of zero: all that powers of two need to know of them. */
export function logitsWithin(code: CrfExports, most: number): boolean {
  return code.lowestLogit() >= -most && code.highestLogit() <= most;
}

/** Makes a call for each band of pixels; every one may be made by another thread. */
export function inBands(site: Site, count: number, call: (range: Range) => Call): number[] {
  return runAll(
    site,
    bandsOf({ first: 0, last: count }).map((range) => [call(range)]),
  );
}

/** The turns in which pixels are added to the vertices of both lattices. */
export function turnsFor({ size, parameters }: CrfStart): readonly (readonly Range[])[] {
  const { gaussianDeviationPx, bilateralDeviationPx } = parameters;
  return turnsOf(size, Math.max(gaussianDeviationPx, bilateralDeviationPx));
}

/** Makes a call for each band of pixels that adds to the vertices around them. */
export function inTurns(start: CrfStart, call: (range: Range) => Call): void {
  for (const turn of turnsFor(start))
    runAll(
      start.site,
      turn.map((stripe) => bandsOf(stripe).map(call)),
    );
}

/** Makes a call for some columns at a time. */
function inColumns({ site, size }: CrfStart, call: (columns: Range) => Call): number[] {
  const parts = site.crew.size === 1 ? 1 : 4 * site.crew.size;
  return runAll(
    site,
    columnsOf(size.width, parts).map((columns) => [call(columns)]),
  );
}

/**
 * Copies Q out as [classes, height * width], a few classes at a time through the scratch memory: fresh memory for all
 * would cost half a millisecond per MiB.
 */
export function readMarginals(
  start: CrfStart,
  { form, channels, scratch, end }: Extent,
  into: Float32Array = new Float32Array(start.classes * start.size.width * start.size.height),
): Float32Array {
  const { classes } = start;
  const { memory } = start.site;
  const { width, height } = start.size;
  const pixels = width * height;
  const relative = form === 'relative' ? 1 : 0;
  const own = classes - relative;
  const fit = Math.floor(scratch.bytes / (pixels * 4 * 4)) * 4;
  const together = Math.max(4, fit);
  const at = fit > 0 ? scratch.at : end;
  if (fit === 0) memory.reserve(end + Math.min(own, together) * pixels * 4);
  if (relative === 1)
    inBands(start.site, pixels, ({ first, last }) => ['measureShares', first, last, channels]);
  for (let from = 0; from < own; from += together) {
    const count = Math.min(together, own - from);
    inColumns(start, ({ first, last }) => {
      return ['planesOfMarginals', at, width, height, from, count, channels, relative, first, last];
    });
    into.set(new Float32Array(memory.memory.buffer, at, count * pixels), from * pixels);
  }
  if (own === classes) return into;
  inColumns(start, ({ first, last }) => {
    return ['restOfMarginals', at, width, height, first, last];
  });
  into.set(new Float32Array(memory.memory.buffer, at, pixels), own * pixels);
  return into;
}

export function readWinners(start: CrfStart, { form, channels, end }: Extent): Uint8Array {
  const { memory } = start.site;
  const { width, height } = start.size;
  memory.reserve(end + width * height);
  const relative = form === 'relative' ? 1 : 0;
  const given = [end, width, height, start.classes, channels, relative] as const;
  inColumns(start, ({ first, last }) => ['winnersOfMarginals', ...given, first, last]);
  return new Uint8Array(memory.memory.buffer, end, width * height).slice();
}
