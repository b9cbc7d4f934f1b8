// An image cut into windows, and the vector of every patch of each: what similarities are made of.
import type { NaclipParams } from '../../../link/engines/naclip.ts';
import { throwIfCancelled } from '../../cancel.ts';
import { resizeBilinear } from '../../image/resize.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import type { OpenClip } from '../../tune/judges/openClip.ts';
import type { Bench } from '../explainer.ts';
import { networkSize, type Size } from './networkSize.ts';
import { windowInput } from './windowInput.ts';
import { windowsOf, type Window } from './windows.ts';

export interface DenseWindow {
  readonly window: Window;
  readonly rows: number;
  readonly columns: number;
  /** [rows * columns, width], each of length 1. */
  readonly patches: Float32Array;
}

export interface DenseImage extends Size {
  readonly windows: readonly DenseWindow[];
}

/** A longer image than this is looked at in windows when they are left to the program. */
const WIDE = 1.5;

export async function denseImage(
  { model }: Pick<OpenClip, 'model'>,
  image: RgbImage,
  params: NaclipParams,
  { call, onProgress }: Pick<Bench, 'call' | 'onProgress'>,
): Promise<DenseImage> {
  const size = networkSize(image, params.shortSide);
  const rgb = resizeBilinear(image, size.width, size.height, () => throwIfCancelled(call));
  const { strategy, arch, nearness } = params;
  const found: DenseWindow[] = [];
  const windows = windowsOf(size, planOf(size, params));
  for (const [at, window] of windows.entries()) {
    throwIfCancelled(call);
    onProgress({ stage: 'pass', pass: at + 1, passes: windows.length });
    await call.turn();
    const { pixels, width, height } = windowInput({ ...size, rgb }, window, model.info);
    const made = await model.densePatches(pixels, { width, height }, { strategy, arch }, nearness);
    found.push({ window, ...made });
  }
  return { ...size, windows: found };
}

function planOf(size: Size, { windows, windowSide, windowStride }: NaclipParams) {
  const [long, short] = [Math.max(size.width, size.height), Math.min(size.width, size.height)];
  const cut = windows === 'on' || (windows === 'auto' && long > WIDE * short);
  return { crop: cut ? windowSide : 0, stride: windowStride };
}
