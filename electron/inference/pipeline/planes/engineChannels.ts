// Channels that an engine makes by its own rules, where the common cut of class maps does not suit it.
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
  /** The values are probabilities already, and quick edges are applied. */
  readonly kind: 'scores' | 'refinedProbabilities' | 'probabilities';
  /** Painted where these channels leave the background; decided among themselves. */
  readonly under?: EngineChannels;
}

export type MakeChannels = (request: ChannelRequest) => Promise<EngineChannels>;
