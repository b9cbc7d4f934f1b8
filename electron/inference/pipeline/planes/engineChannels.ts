// Channels that an engine makes by rules of its own, where the common cut of class maps does not suit it.
import type { RgbImage } from '../../image/rgbImage.ts';
import type { MaskParams } from '../../../link/params.ts';
import type { MaskCache, PlaneSize } from './maskCache.ts';
import type { EdgeOptions } from './quickEdges.ts';

export interface ChannelRequest {
  /** Indices into the run's classes of those that may be painted. */
  readonly wanted: readonly number[];
  readonly size: PlaneSize;
  readonly image: RgbImage;
  readonly params: MaskParams;
  readonly cache: MaskCache;
  readonly options: EdgeOptions;
}

export interface EngineChannels {
  /** [channels, height * width] at working size, the background first where there is one. */
  readonly planes: Float32Array;
  /** Indices into the run's classes, one per channel behind the background. */
  readonly painted: readonly number[];
  readonly background: boolean;
  /** They are probabilities as they stand, and quick edges are in them already. */
  readonly kind: 'scores' | 'refinedProbabilities' | 'probabilities';
  /** Painted where these leave the background; each pixel of them is decided by themselves. */
  readonly under?: EngineChannels;
}

export type MakeChannels = (request: ChannelRequest) => Promise<EngineChannels>;
