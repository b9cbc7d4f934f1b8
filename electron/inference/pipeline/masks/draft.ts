// Settings of masks while a slider moves: no edges, and a smaller working image for engines that share each
// pixel among many words.
import type { MaskParams } from '../../../link/params.ts';

/** A quarter of the usual pixels: thirty words at 640 pixels take twice the time that a slider has. */
const SHARED_SIDE_PX = 320;

export function draftOf(params: MaskParams, sharesPixels: boolean): MaskParams {
  const { workSide } = params;
  const side = workSide === 0 ? SHARED_SIDE_PX : Math.min(workSide, SHARED_SIDE_PX);
  return { ...params, pamr: false, crf: false, ...(sharesPixels ? { workSide: side } : {}) };
}
