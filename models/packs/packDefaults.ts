// Converts a manifest's defaults to parameters of a run: a manifest counts layers and heads from 1, the
// pipeline counts from 0 and takes one flat table by dotted name.
import type { PackManifest } from './manifest.ts';

/** Parameters that a pack sets for a run, by dotted name as in the pipeline's table. */
export function packParameters(manifest: PackManifest): Readonly<Record<string, unknown>> {
  const { defaults } = manifest;
  if (defaults === null) return {};
  const { layers, heads, prefix, parameters } = defaults;
  return {
    ...parameters,
    'pnp.layers': fromZero(layers),
    'pnp.heads': heads === 'mean' ? [] : fromZero(heads),
    'pnp.prefix': prefix,
  };
}

function fromZero(numbers: readonly number[]): number[] {
  return numbers.map((number) => number - 1);
}
