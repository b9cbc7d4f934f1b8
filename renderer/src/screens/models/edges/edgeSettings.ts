// Whether a click model redraws edges and whether each thing is an object of its own: two settings of a
// run, among the others that a project or a batch has.
import type { PrelabelParams } from '../../../../../electron/api/run.ts';

type Overrides = PrelabelParams['overrides'];

const REFINE = 'proposals.refine';
const THINGS = 'proposals.instances';
const STUFF = 'proposals.stuffEdges';

export const isRefining = (overrides: Overrides): boolean => (overrides[REFINE] ?? 'off') !== 'off';

export const isPerThing = (overrides: Overrides): boolean => overrides[THINGS] === true;

/** The outline of stuff moves as well. */
export const isStuffToo = (overrides: Overrides): boolean => overrides[STUFF] === true;

export type EdgeMode = 'off' | 'edges' | 'instances';

/** What a run makes of edges, in one word. */
export function edgeMode(overrides: Overrides): EdgeMode {
  if (!isRefining(overrides)) return 'off';
  return isPerThing(overrides) ? 'instances' : 'edges';
}

/** The same with one of them changed. */
export function withRefining(overrides: Overrides, on: boolean): Overrides {
  // A click model that was chosen by its name stays.
  if (on === isRefining(overrides)) return overrides;
  return on ? { ...overrides, [REFINE]: 'sam' } : without(overrides, REFINE);
}

export const withThings = (overrides: Overrides, on: boolean): Overrides =>
  on ? { ...overrides, [THINGS]: true } : without(overrides, THINGS);

export const withStuffToo = (overrides: Overrides, on: boolean): Overrides =>
  on ? { ...overrides, [STUFF]: true } : without(overrides, STUFF);

function without(overrides: Overrides, name: string): Overrides {
  const { [name]: _, ...others } = overrides;
  return others;
}
