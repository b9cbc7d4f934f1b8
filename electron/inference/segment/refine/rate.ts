// Scores of a click model's mask: agreement with salience, the model's own estimate, and the steadiness of its
// edge.
import { stability } from '../../../../models/sam/logits.ts';
import type { RefinedEdge } from '../../../api/clicks/edges.ts';

/** A mask that a click model drew. */
export interface EdgePiece {
  readonly logits: Float32Array;
  readonly finding: RefinedEdge;
}

/** `agrees` 0-1, by salience; `iou` as the model estimates it. */
export function findingOf(logits: Float32Array, iou: number, agrees: number): RefinedEdge {
  const fit = Math.min(1, Math.max(0, iou));
  const steady = stability(logits);
  const edge = agrees * Math.sqrt(fit) * (0.5 + 0.5 * steady);
  return { kind: 'refined', agrees, fit, steady, edge };
}

/** Share of the cells above 0 in `inner` that are so in `outer` too; 0 where `inner` has none. */
export function shareInside(inner: ArrayLike<number>, outer: ArrayLike<number>): number {
  let [both, all] = [0, 0];
  for (let cell = 0; cell < inner.length; cell++) {
    if (inner[cell]! <= 0) continue;
    all++;
    if (outer[cell]! > 0) both++;
  }
  return all === 0 ? 0 : both / all;
}
