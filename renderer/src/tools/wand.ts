// Magic wand: press sets the seed, dragging right or left changes the tolerance, release takes it.
import type { RleMask } from '../../../electron/api/types.ts';
import { packCrop } from '../masks/crop.ts';
import { similarPixels } from '../masks/flood.ts';
import { useShape } from './shapes.ts';
import type { Tool, ToolContext } from './types.ts';

export interface WandState {
  readonly press: {
    readonly seed: { readonly x: number; readonly y: number };
    readonly startX: number;
    readonly tolerance: number;
    readonly mask: RleMask | null;
  } | null;
}

const IDLE: WandState = { press: null };
/** Tolerance per screen pixel of drag. */
const PER_PIXEL = 0.4;

export const wandTool: Tool<WandState> = {
  initial: IDLE,
  busy: (state) => state.press !== null,
  reduce(state, event, context) {
    const { image, options, scale } = context;
    if (event.kind === 'down') {
      const seed = { x: Math.floor(event.point.x), y: Math.floor(event.point.y) };
      if (seed.x < 0 || seed.y < 0 || seed.x >= image.width || seed.y >= image.height)
        return { state: IDLE };
      const mask = similar(seed, options.tolerance, context);
      return {
        state: { press: { seed, startX: event.point.x, tolerance: options.tolerance, mask } },
      };
    }
    if (event.kind === 'move' && state.press) {
      const dragged = (event.point.x - state.press.startX) * scale * PER_PIXEL;
      const tolerance = Math.round(Math.min(255, Math.max(0, options.tolerance + dragged)));
      if (tolerance === state.press.tolerance) return { state };
      const mask = similar(state.press.seed, tolerance, context);
      return { state: { press: { ...state.press, tolerance, mask } } };
    }
    if (event.kind === 'up' && state.press) {
      const { mask } = state.press;
      if (!mask) return { state: IDLE, note: { kind: 'nothing' } };
      return useShape(IDLE, mask, options.shapeMode, context);
    }
    if (event.kind === 'cancel') return { state: IDLE };
    return { state };
  },
};

function similar(
  seed: { x: number; y: number },
  tolerance: number,
  context: ToolContext,
): RleMask | null {
  const pixels = context.pixels();
  if (!pixels) return null;
  const crop = similarPixels(pixels, seed, tolerance, context.options.contiguous);
  return packCrop(crop, context.image.width, context.image.height);
}
