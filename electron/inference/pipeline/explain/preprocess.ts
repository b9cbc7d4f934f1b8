// From an oriented RGB image to the model's input: size, antialiased bicubic, mean and deviation
// (method.md 4.1).
import { normaliseToChw } from '../../image/color.ts';
import { resizeBicubic } from '../../image/resize.ts';
import type { ItmModelInfo } from '../../model.ts';
import type { Poll } from '../../cancel.ts';
import type { InputPixels } from './fill.ts';
import type { ExplainParams } from '../../../link/params.ts';
import { PipelineError } from '../../../link/pipelineError.ts';
import type { RgbImage } from '../../image/rgbImage.ts';

/** Size of the model input for an image; both sides are multiples of the patch. */
export function inputSize(
  image: { readonly width: number; readonly height: number },
  { inputSide, aspect }: Pick<ExplainParams, 'inputSide' | 'aspect'>,
  info: Pick<ItmModelInfo, 'patch' | 'nativeSide'>,
): { width: number; height: number } {
  const side = inputSide === 0 ? info.nativeSide : inputSide;
  if (side < info.patch || side % info.patch !== 0)
    throw new PipelineError(
      'PARAM_INVALID',
      `expected an input side that is a multiple of the patch (${info.patch} pixels), found ${side}; try ${Math.max(1, Math.round(side / info.patch)) * info.patch}`,
    );
  if (aspect === 'squeeze') return { width: side, height: side };
  const scale = side / Math.max(image.width, image.height);
  const fit = (length: number): number =>
    Math.max(1, Math.round((length * scale) / info.patch)) * info.patch;
  return { width: fit(image.width), height: fit(image.height) };
}

/** The normalised input [3, height, width] of an image. */
export function preprocess(
  image: RgbImage,
  params: Pick<ExplainParams, 'inputSide' | 'aspect'>,
  info: Pick<ItmModelInfo, 'patch' | 'nativeSide' | 'mean' | 'std'>,
  poll?: Poll,
): InputPixels {
  const { width, height } = inputSize(image, params, info);
  const rgb = resizeBicubic(image, width, height, poll);
  return { pixels: normaliseToChw(rgb, width * height, info), width, height };
}
