// The maps of a round as class maps and as channels: what the names that were left keep, and a background of
// what they leave.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../cancel.ts';
import type { ClassMaps } from '../../pipeline/planes/classMaps.ts';
import type { ChannelRequest, EngineChannels } from '../../pipeline/planes/engineChannels.ts';
import { stretched } from '../../pipeline/planes/halfPixel.ts';
import type { Round } from './loop.ts';
import { withComplement } from './probabilities.ts';
import type { RoundsRun } from './roundsRun.ts';

/** Maps of a round, zero for classes that took no part in it. */
export function roundMaps(
  { classes: { length: classes }, rows, columns }: RoundsRun,
  round: Round | undefined,
): ClassMaps {
  const patches = rows * columns;
  const maps = new Float32Array(classes * patches);
  round?.queries.forEach((index, at) =>
    maps.set((round.maps[at] as Round['maps'][number]).map, index * patches),
  );
  return { maps, classes, patches };
}

/** Of the last round, in which nobody was dropped. */
export async function roundChannels(
  run: RoundsRun,
  { size, params, wanted, options }: ChannelRequest,
): Promise<EngineChannels> {
  const last = run.passes.at(-1);
  const painted = wanted.filter((index) => last?.queries.includes(index) === true);
  const maps: Float32Array[] = [];
  for (const index of painted) {
    throwIfCancelled(options);
    const { map } = (last as Round).maps[(last as Round).queries.indexOf(index)]!;
    const grid = { data: map, rows: run.rows, columns: run.columns };
    maps.push(stretched(grid, size.width, size.height));
    // A turn of the event loop, so that an abort in this thread is seen between channels.
    await nextTurn();
  }
  const background = params.background !== 'never';
  const pixels = size.width * size.height;
  const planes = withComplement(maps, pixels, params.backgroundFactor);
  return {
    planes: background ? planes : planes.subarray(pixels),
    painted,
    background,
    kind: 'probabilities',
  };
}
