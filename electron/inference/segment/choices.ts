// Which of the decoder's masks a prompt may mean, and in which order they are shown.
import { stability } from '../../../models/sam/logits.ts';
import type { ClickChoice } from '../../api/clicks/clicks.ts';

/** Masks that overlap by more are the same to a person. */
const SAME = 0.9;

/** Masks of one decode: logits [masks, low, low] and the model's score of each. */
export interface DecodedMasks {
  readonly logits: Float32Array;
  readonly iou: Float32Array;
}

/** The logits of one of them. */
export function logitsOf({ logits, iou }: DecodedMasks, candidate: number): Float32Array {
  const cells = logits.length / iou.length;
  return logits.subarray(candidate * cells, (candidate + 1) * cells);
}

/**
 * The choices, the one to show first in front. A single click may mean a part, a thing or more, so the
 * best of the masks made for that stands first; else the mask that was made for a clear prompt.
 */
export function choicesOf(masks: DecodedMasks, ambiguous: boolean): ClickChoice[] {
  const all = Array.from(masks.iou, (iou, candidate) => ({
    candidate,
    fit: Math.min(1, Math.max(0, iou)),
    steady: stability(logitsOf(masks, candidate)),
  }));
  const byFit = all.toSorted((a, b) => b.fit - a.fit);
  const first = ambiguous ? byFit.find(({ candidate }) => candidate > 0) : all[0];
  const shown: ClickChoice[] = [];
  for (const choice of [...(first ? [first] : []), ...byFit]) {
    const own = logitsOf(masks, choice.candidate);
    const known = shown.some(({ candidate }) => overlapOf(logitsOf(masks, candidate), own) > SAME);
    if (!known) shown.push(choice);
  }
  return shown;
}

/** Intersection over union of what is above 0; two empty masks are the same. */
export function overlapOf(a: Float32Array, b: Float32Array): number {
  let [both, either] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    const [first, second] = [(a[at] as number) > 0, (b[at] as number) > 0];
    if (first && second) both++;
    if (first || second) either++;
  }
  return either === 0 ? 1 : both / either;
}
