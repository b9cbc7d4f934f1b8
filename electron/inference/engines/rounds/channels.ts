// The maps of rounds as class maps and as channels: what the names that were left keep, and a background of
// what they leave. Things are painted over stuff.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../cancel.ts';
import type { ClassMaps } from '../../pipeline/planes/classMaps.ts';
import type { ChannelRequest, EngineChannels } from '../../pipeline/planes/engineChannels.ts';
import { stretched } from '../../pipeline/planes/halfPixel.ts';
import type { Round } from './loop.ts';
import { withComplement } from './probabilities.ts';
import type { RoundsRun } from './roundsRun.ts';

/** The last round of things and the last one of stuff, where there are such. */
export function lastRounds(rounds: readonly Round[]): Round[] {
  const last = [false, true].map((stuff) =>
    rounds.findLast((one) => (one.stuff ?? false) === stuff),
  );
  return last.filter((round) => round !== undefined);
}

/** Maps of rounds, zero for classes that took no part in them. */
export function roundMaps(
  { classes: { length: classes }, rows, columns }: RoundsRun,
  rounds: readonly Round[],
): ClassMaps {
  const patches = rows * columns;
  const maps = new Float32Array(classes * patches);
  for (const round of rounds)
    round.queries.forEach((index, at) =>
      maps.set((round.maps[at] as Round['maps'][number]).map, index * patches),
    );
  return { maps, classes, patches };
}

/** Of the last rounds, in which nobody was dropped. */
export async function roundChannels(
  run: RoundsRun,
  request: ChannelRequest,
): Promise<EngineChannels> {
  const { backgroundFactor, stuffBackgroundFactor, background } = request.params;
  const [first, behind] = lastRounds(run.passes);
  const wanted = background !== 'never';
  const layer = (round: Round | undefined, shown: boolean) => {
    const factor = round?.stuff ? stuffBackgroundFactor : backgroundFactor;
    return layerOf(run, round, request, { factor, background: shown });
  };
  if (!behind) return layer(first, wanted);
  // Without a background of the things nothing behind them would be seen.
  return { ...(await layer(first, true)), under: await layer(behind, wanted) };
}

async function layerOf(
  { rows, columns }: RoundsRun,
  round: Round | undefined,
  { size, wanted, options }: ChannelRequest,
  { factor, background }: { readonly factor: number; readonly background: boolean },
): Promise<EngineChannels> {
  const painted = wanted.filter((index) => round?.queries.includes(index) === true);
  const maps: Float32Array[] = [];
  for (const index of painted) {
    throwIfCancelled(options);
    const { map } = (round as Round).maps[(round as Round).queries.indexOf(index)]!;
    maps.push(stretched({ data: map, rows, columns }, size.width, size.height));
    // A turn of the event loop, so that an abort in this thread is seen between channels.
    await nextTurn();
  }
  const pixels = size.width * size.height;
  const planes = withComplement(maps, pixels, factor);
  return {
    planes: background ? planes : planes.subarray(pixels),
    painted,
    background,
    kind: 'probabilities',
  };
}
