// What every form of a run shares: where it starts from, how values get in and Q gets out.
import type { ShouldStop } from './crf.ts';
import type { PlaneSize } from './labels.ts';
import { checkFinite, type CrfParameters } from './parameters.ts';
import { latticeAlpha, type WasmLattice } from './wasmLattice.ts';
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

/**
 * Copies the values to `planes` and makes logits of them, in multiples of `unit`. Returns the sum of the first
 * class's energies; throws a RangeError that says where the first number is that is not finite.
 */
export function layIn(
  start: CrfStart,
  { planes, channels }: { readonly planes: number; readonly channels: number },
  unit: number,
): number {
  const { memory, lattices, parameters, classes, values, temperature } = start;
  const { width, height } = start.size;
  const { code } = memory;
  code.measureIn(
    unit,
    parameters.gaussianWeight * latticeAlpha(lattices[0]),
    parameters.bilateralWeight * latticeAlpha(lattices[1]),
    classes,
  );
  new Float32Array(memory.memory.buffer, planes, values.length).set(values);
  const sum =
    temperature === null
      ? code.interleaveUnary(planes, width, height, classes, channels)
      : code.interleaveScores(planes, width, height, classes, channels, temperature);
  // The module only knows that some number is not finite; the slow check says which.
  if (Number.isNaN(sum))
    checkFinite(temperature === null ? 'unary' : 'scores', values, width * height);
  return sum;
}

/** Where a run's own memory ends, and how many channels a pixel has. */
interface Extent {
  readonly end: number;
  readonly channels: number;
}

/** Copies Q out as [classes, height * width]. */
export function readMarginals(
  { memory: { code, memory, reserve }, size: { width, height }, classes }: CrfStart,
  { end, channels }: Extent,
  into: Float32Array = new Float32Array(classes * width * height),
): Float32Array {
  reserve(end + into.byteLength);
  code.planesOfMarginals(end, width, height, classes, channels);
  into.set(new Float32Array(memory.buffer, end, classes * width * height));
  return into;
}

export function readWinners(
  { memory: { code, memory, reserve }, size: { width, height }, classes }: CrfStart,
  { end, channels }: Extent,
): Uint8Array {
  reserve(end + width * height);
  code.winnersOfMarginals(end, width, height, classes, channels);
  return new Uint8Array(memory.buffer, end, width * height).slice();
}
