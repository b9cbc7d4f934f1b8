// Where a CRF is worked out: a memory, who works on it, and how it is laid out.
import { throwIfStopped, type ShouldStop } from '../crf.ts';
import type { Crew, Unit } from '../crew/crew.ts';
import type { CrfMemory } from './wasmMemory.ts';

export interface Site {
  readonly memory: CrfMemory;
  readonly crew: Crew;
  readonly shouldStop?: ShouldStop | undefined;
}

const ALIGN = 64;

export function align(address: number): number {
  return Math.ceil(address / ALIGN) * ALIGN;
}

/** Makes the calls of all units; see Crew.run. */
export function runAll({ memory, crew, shouldStop }: Site, units: readonly Unit[]): number[] {
  throwIfStopped(shouldStop);
  return crew.run(memory, units, shouldStop);
}
