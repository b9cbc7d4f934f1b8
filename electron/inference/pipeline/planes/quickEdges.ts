// Quick edges of the channels (PAMR): which neighbours of the photograph look alike is found once for an
// image and kept.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled, type Stoppable } from '../../cancel.ts';
import type { MaskParams } from '../../../link/params.ts';
import type { DeviceEdges } from '../../pamr/deviceEdges.ts';
import { affinitiesOf, type Affinities } from '../../pamr/pamr.ts';
import { planesOf } from '../../pamr/photoPlanes.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import type { MaskCache } from './maskCache.ts';

/** Channels at the photograph's size: [channels, height * width]. */
export interface Channels {
  readonly planes: Float32Array;
  readonly photo: RgbImage;
}

type EdgeParams = Pick<MaskParams, 'pamrSteps' | 'pamrReach'>;

export interface EdgeOptions extends Stoppable {
  /** The device that the model is on. */
  readonly deviceEdges?: DeviceEdges | undefined;
}

/** Refines every channel in place. */
export async function quickEdges(
  { planes, photo }: Channels,
  { pamrSteps, pamrReach }: EdgeParams,
  cache: MaskCache,
  options: EdgeOptions,
): Promise<void> {
  const reach = pamrReach.map(Math.round);
  if (reach.length === 0 || pamrSteps < 1) return;
  if (await options.deviceEdges?.(planes, photo, { reach, steps: pamrSteps })) return;
  const poll = (): void => throwIfCancelled(options);
  const affinities = affinitiesFor(cache, photo, reach, poll);
  // A turn of the event loop, so that an abort in this thread is seen.
  await nextTurn();
  affinities.refine(planes, pamrSteps, poll);
}

function affinitiesFor(
  cache: MaskCache,
  photo: RgbImage,
  reach: readonly number[],
  poll: () => void,
): Affinities {
  const known = cache.affinities;
  if (known?.source === photo.rgb && known.affinities.reach.join() === reach.join())
    return known.affinities;
  cache.affinities = null;
  known?.affinities.dispose();
  const image = { planes: planesOf(photo.rgb), width: photo.width, height: photo.height };
  const affinities = affinitiesOf(image, reach, { poll });
  cache.affinities = { source: photo.rgb, affinities };
  return affinities;
}
