// Masks of a run with the steadiness of each, where that is asked. Solver and planes are its own, so that
// neighbouring settings on a small image do not discard those of the mask.
import type { MaskOptions } from '../../link/facts.ts';
import type { MaskParams } from '../../link/params.ts';
import { throwIfCancelled, type Stoppable } from '../cancel.ts';
import { createWasmCrf } from '../crf/wasmCrf.ts';
import type { AnyRun } from '../engines/engines.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import { localCrfSolver } from '../pipeline/masks/crfSolver.ts';
import type { MaskResult } from '../pipeline/masks/maskResult.ts';
import { masksFromMaps } from '../pipeline/masks/masks.ts';
import { unsteadiness } from '../pipeline/masks/steadiness.ts';
import type { ClassMaps } from '../pipeline/planes/classMaps.ts';
import type { MakeChannels } from '../pipeline/planes/engineChannels.ts';
import { createMaskCache, type MaskCache } from '../pipeline/planes/maskCache.ts';

export interface SteadyResult extends MaskResult {
  /** How much neighbouring settings disagree, by class; null where it was not asked or says nothing. */
  readonly unsteady: ReadonlyMap<number, number> | null;
}

interface Made {
  readonly run: AnyRun;
  readonly maps: ClassMaps;
  /** That of the masks. */
  readonly cache: MaskCache;
  readonly image: RgbImage;
  readonly params: MaskParams;
  readonly options: MaskOptions;
  readonly channels: MakeChannels | undefined;
}

const own = { crf: localCrfSolver(createWasmCrf), cache: createMaskCache() };

export async function steadied(
  result: MaskResult,
  { run, maps, cache, image, params, options: { steadiness, thresholds }, channels }: Made,
  { cancelled }: Stoppable,
): Promise<SteadyResult> {
  if (steadiness !== true) return { ...result, unsteady: null };
  const stop = cancelled ? { cancelled } : {};
  // Two of the neighbours differ in the CRF alone: the small planes of one image are kept for both.
  const kept = { ...own, cache: { ...own.cache, planes: [] } };
  const unsteady = await unsteadiness(
    result,
    {
      image,
      cache,
      params,
      thresholds,
      make: (small, near, cuts) =>
        masksFromMaps({ run, maps }, small, near, {
          ...kept,
          ...stop,
          thresholds: cuts,
          channels,
          keepPlanes: false,
          labelsOnly: true,
        }),
    },
    () => throwIfCancelled(stop),
  );
  return { ...result, unsteady };
}
