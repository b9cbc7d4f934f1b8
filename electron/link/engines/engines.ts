// The list of engines. A new one is a description and a line here, and its code in inference/engines.
import type { Engine } from './description.ts';
import { car } from './car.ts';
import { naclip } from './naclip.ts';
import { pnp } from './pnp.ts';

export const ENGINES: readonly Engine[] = [pnp, naclip, car];

/** The engine of projects and runs that name none: they are older than the second engine. */
export const FIRST_ENGINE = pnp.id;

/** Null for an engine of another program. */
export function engineById(id: string): Engine | null {
  return ENGINES.find((one) => one.id === id) ?? null;
}
