// Where a CRF is computed: on the calling thread alone, or on several threads over a shared memory.
import { throwIfStopped, type ShouldStop } from '../crf.ts';
import { make, type Call } from './wasmExports.ts';
import type { CrfMemory } from './wasmMemory.ts';

/** Calls that one thread makes in this order. */
export type Unit = readonly Call[];

export interface Crew {
  /** Whether memories must be shareable between threads. */
  readonly shares: boolean;
  /** Threads that work is divided among now, the calling one included. */
  readonly size: number;
  /**
   * Makes the calls of all units; those of one unit in their order, those of different ones at the same time where there
   * are several threads. Returns the answers to the last call of each. Throws an AbortError when stopped, after which
   * nobody is at work any more.
   */
  run(memory: CrfMemory, units: readonly Unit[], shouldStop?: ShouldStop): number[];
}

export interface Site {
  readonly memory: CrfMemory;
  readonly crew: Crew;
  readonly shouldStop?: ShouldStop | undefined;
}

/** Runs every call on the calling thread. */
export const alone: Crew = {
  shares: false,
  size: 1,
  run: ({ code }, units, shouldStop) =>
    units.map((calls) => {
      let answer = 0;
      for (const call of calls) {
        throwIfStopped(shouldStop);
        answer = make(code, call);
      }
      return answer;
    }),
};

/** Makes the calls of all units; see Crew.run. */
export function runAll({ memory, crew, shouldStop }: Site, units: readonly Unit[]): number[] {
  throwIfStopped(shouldStop);
  return crew.run(memory, units, shouldStop);
}

/** A call that tells an instance of the module something that later ones need: every thread makes it. */
export function tellAll(memory: CrfMemory, call: Call): void {
  make(memory.code, call);
  memory.told.set(call[0], call);
  memory.tellings += 1;
}

const ALIGN = 64;

export function align(address: number): number {
  return Math.ceil(address / ALIGN) * ALIGN;
}
