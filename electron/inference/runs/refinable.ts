// What a click model needs in order to redraw the edges of a run's masks.
import type { ClassMask, MaskOptions } from '../../link/facts.ts';
import type { AnyRun } from '../engines/engines.ts';
import type { MaskResult } from '../pipeline/masks/maskResult.ts';
import type { Refinable } from '../tasks.ts';
import { squareFrame } from '../segment/clickImage.ts';
import type { ClickLook } from '../segment/clicks.ts';
import { refineScene } from '../segment/refine/scene.ts';

export function refinable(
  { rows, columns }: AnyRun,
  result: MaskResult,
  masks: readonly ClassMask[],
  { look, options }: { readonly look?: ClickLook | undefined; readonly options: MaskOptions },
): Refinable {
  if (!look) return {};
  const { width, height } = result;
  const framed = { frame: squareFrame({ width, height }, look), width, height };
  const { classes = [], outlines } = options.refine ?? {};
  return {
    scene: refineScene(result, masks, { rows, columns, framed, low: look.low, classes, outlines }),
  };
}
