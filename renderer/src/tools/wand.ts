// Magic wand: press sets the seed, dragging right or left changes the tolerance, release takes it.
// Where the image's pixels are not at hand the release leaves a question for the engine.
import type { ImageId, RleMask, SampleSide } from '../../../electron/api/types.ts';
import { packCrop } from '../../../electron/masks/runs/window.ts';
import { dropSmall, fillHoles } from '../../../electron/masks/regions/components.ts';
import { area } from '../../../electron/masks/runs/rle.ts';
import { similarPixels } from '../../../electron/masks/regions/flood.ts';
import { imagePoint, type ImagePoint } from '../geometry/viewport.ts';
import { useShape } from './shapes.ts';
import type { Tool, ToolContext, ToolOptions, ToolResult } from './types.ts';

export interface WandState {
  readonly press: {
    readonly seed: { readonly x: number; readonly y: number };
    readonly startX: number;
    readonly at: ImagePoint;
    readonly tolerance: number;
    readonly mask: RleMask | null;
  } | null;
  /** Waiting for the engine's answer. */
  readonly asked: WandQuestion | null;
}

export interface WandQuestion {
  readonly imageId: ImageId;
  readonly x: number;
  readonly y: number;
  readonly tolerance: number;
  readonly contiguous: boolean;
  readonly sample: SampleSide;
  readonly shapeMode: ToolOptions['shapeMode'];
}

const IDLE: WandState = { press: null, asked: null };
/** Tolerance per screen pixel of drag. */
const PER_PIXEL = 0.4;

export const wandTool: Tool<WandState> = {
  initial: IDLE,
  busy: (state) => state.press !== null || state.asked !== null,
  reduce(state, event, context) {
    const { image, options, scale } = context;
    if (event.kind === 'down') {
      const seed = { x: Math.floor(event.point.x), y: Math.floor(event.point.y) };
      if (seed.x < 0 || seed.y < 0 || seed.x >= image.width || seed.y >= image.height)
        return { state: IDLE };
      const mask = similar(seed, options.tolerance, context);
      return {
        state: {
          press: {
            seed,
            startX: event.point.x,
            at: event.point,
            tolerance: options.tolerance,
            mask,
          },
          asked: null,
        },
      };
    }
    if (event.kind === 'move' && state.press) {
      const dragged = (event.point.x - state.press.startX) * scale * PER_PIXEL;
      const tolerance = Math.round(Math.min(255, Math.max(0, options.tolerance + dragged)));
      const press = { ...state.press, at: event.point };
      if (tolerance === press.tolerance) return { state: { press, asked: null } };
      const mask = similar(press.seed, tolerance, context);
      return { state: { press: { ...press, tolerance, mask }, asked: null } };
    }
    if (event.kind === 'up' && state.press) {
      const { mask, seed, tolerance } = state.press;
      if (mask)
        return useShape(IDLE, withoutSpecks(mask, options.speck), options.shapeMode, context);
      const { contiguous, sample, shapeMode } = options;
      const asked = { imageId: context.imageId, ...seed, tolerance, contiguous, sample, shapeMode };
      return { state: { press: null, asked } };
    }
    if (event.kind === 'cancel') return { state: IDLE };
    return { state };
  },
  pressed: ({ press }) => press && imagePoint(press.at.x, press.at.y),
  step: (before, after) => (after.asked && after.asked !== before.asked ? { kind: 'seed' } : null),
};

/** The engine's answer becomes the edit that a mask found here would have been. */
export function takeAnswer(
  { imageId, shapeMode }: WandQuestion,
  mask: RleMask,
  context: ToolContext,
): ToolResult<WandState> {
  if (imageId !== context.imageId) return { state: IDLE };
  return useShape(IDLE, withoutSpecks(mask, context.options.speck), shapeMode, context);
}

/** Smaller holes and islands come from grain and highlights; larger ones were meant. */
function withoutSpecks(mask: RleMask, under: number): RleMask {
  if (under < 2) return mask;
  const filled = fillHoles(mask, under - 1);
  const clean = dropSmall(filled, under);
  // A thing that is as small as a speck itself was clicked on purpose.
  return area(clean) === 0 ? filled : clean;
}

function similar(
  seed: { x: number; y: number },
  tolerance: number,
  context: ToolContext,
): RleMask | null {
  const pixels = context.pixels();
  if (!pixels) return null;
  const { contiguous, sample } = context.options;
  const crop = similarPixels(pixels, { ...seed, sample }, tolerance, contiguous);
  return packCrop(crop, context.image.width, context.image.height);
}
