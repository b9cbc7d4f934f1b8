// What every form of a run shares: where it starts from, how values get in and Q gets out.
import { throwIfStopped, type ShouldStop } from '../crf.ts';
import type { PlaneSize } from '../labels.ts';
import { checkFinite, type CrfParameters } from '../parameters.ts';
import { BAND, latticeAlpha, type WasmLattice } from './wasmLattice.ts';
import type { CrfExports } from './wasmExports.ts';
import type { CrfMemory } from './wasmMemory.ts';

export interface CrfStart {
  readonly memory: CrfMemory;
  readonly lattices: readonly [gaussian: WasmLattice, bilateral: WasmLattice];
  readonly parameters: CrfParameters;
  readonly size: PlaneSize;
  readonly classes: number;
  /** [classes, height * width] energies, or scores where there is a temperature. */
  readonly values: Float32Array;
  readonly temperature: number | null;
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
  /** Bytes that every step writes anew, and the first byte behind the run's own memory. */
  readonly scratch: { readonly at: number; readonly bytes: number };
  readonly end: number;
}

/**
 * Copies the values to where Q comes later and makes logits of them. Returns the sum of the energies of the class that
 * is left out, else of the first; throws a RangeError that says where the first number is that is not finite.
 */
export function layIn(start: CrfStart, { form, channels, marginals: planes }: Extent): number {
  const { memory, lattices, parameters, classes, values, temperature } = start;
  const { width, height } = start.size;
  const { code } = memory;
  const relative = form === 'relative';
  code.measureIn(
    form === 'plain' ? 1 : Math.LN2,
    parameters.gaussianWeight * latticeAlpha(lattices[0]),
    parameters.bilateralWeight * latticeAlpha(lattices[1]),
    relative ? classes - 1 : classes,
  );
  new Float32Array(memory.memory.buffer, planes, values.length).set(values);
  const sum =
    temperature === null
      ? code.interleaveUnary(planes, width, height, classes, channels, relative)
      : code.interleaveScores(planes, width, height, classes, channels, temperature, relative);
  // The module only knows that some number is not finite; the slow check says which.
  if (Number.isNaN(sum))
    checkFinite(temperature === null ? 'unary' : 'scores', values, width * height);
  return sum;
}

/** Whether the logits laid in lie within so much of zero: all that powers of two need to know of them. */
export function logitsWithin(code: CrfExports, most: number): boolean {
  return code.lowestLogit() >= -most && code.highestLogit() <= most;
}

/** Calls `part` for pixels [first, last) after each other, so that a cancelled run ends within a few milliseconds. */
export function inBands(
  pixels: number,
  shouldStop: ShouldStop | undefined,
  part: (first: number, last: number) => void,
): void {
  for (let first = 0; first < pixels; first += BAND) {
    throwIfStopped(shouldStop);
    part(first, Math.min(pixels, first + BAND));
  }
}

/**
 * Copies Q out as [classes, height * width], a few classes at a time through the scratch memory: fresh memory for all
 * would cost half a millisecond per MiB.
 */
export function readMarginals(
  { memory: { code, memory, reserve }, size: { width, height }, classes }: CrfStart,
  { form, channels, scratch, end }: Extent,
  into: Float32Array = new Float32Array(classes * width * height),
): Float32Array {
  const pixels = width * height;
  const own = form === 'relative' ? classes - 1 : classes;
  const fit = Math.floor(scratch.bytes / (pixels * 4 * 4)) * 4;
  const together = Math.max(4, fit);
  const at = fit > 0 ? scratch.at : end;
  if (fit === 0) reserve(end + Math.min(own, together) * pixels * 4);
  for (let first = 0; first < own; first += together) {
    const count = Math.min(together, own - first);
    code.planesOfMarginals(at, width, height, first, count, channels);
    into.set(new Float32Array(memory.buffer, at, count * pixels), first * pixels);
  }
  if (own === classes) return into;
  code.restOfMarginals(at, width, height, channels);
  into.set(new Float32Array(memory.buffer, at, pixels), own * pixels);
  return into;
}

export function readWinners(
  { memory: { code, memory, reserve }, size: { width, height }, classes }: CrfStart,
  { form, channels, end }: Extent,
): Uint8Array {
  reserve(end + width * height);
  code.winnersOfMarginals(end, width, height, classes, channels, form === 'relative');
  return new Uint8Array(memory.buffer, end, width * height).slice();
}
