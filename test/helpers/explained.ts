// Looks at what a model explains: how far any gradient of a caption's tokens reaches.
import type { Explanation } from '../../electron/inference/model.ts';

/** Largest gradient, in a layer that was asked for, of a caption's tokens from `from` on. */
export function largestGradient(
  { gradient, shape }: Pick<Explanation, 'gradient' | 'shape'>,
  layer: number,
  caption: number,
  from: number,
): number {
  const [, batch, heads, tokens, keys] = shape;
  let most = 0;
  for (let head = 0; head < heads; head++) {
    const start = ((layer * batch + caption) * heads + head) * tokens * keys;
    for (const value of gradient.subarray(start + from * keys, start + tokens * keys))
      most = Math.max(most, Math.abs(value));
  }
  return most;
}
