// A scene of discs on 64 x 64 pixels, a cell a pixel, and a click model that answers what a test says.
import type { ClassMask } from '../../../../../../electron/link/facts.ts';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import { maskFromBitmap } from '../../../../../../electron/masks/runs/bitmap.ts';
import { partsOf } from '../../../../../../electron/masks/regions/components.ts';
import type { MaskResult } from '../../../../../../electron/inference/pipeline/masks/maskResult.ts';
import type { DecodedMasks } from '../../../../../../electron/inference/segment/choices.ts';
import type { Ask, Question } from '../../../../../../electron/inference/segment/refine/ask.ts';
import { refineScene } from '../../../../../../electron/inference/segment/refine/scene.ts';
import { modelFrame } from '../../../../../../models/sam/frame.ts';

export const SIDE = 64;
export type Disc = readonly [x: number, y: number, radius: number];

export const inDiscs = (...discs: readonly Disc[]) =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, at) =>
    Number(
      discs.some(
        ([x, y, r]) => Math.hypot((at % SIDE) + 0.5 - x, Math.floor(at / SIDE) + 0.5 - y) <= r,
      ),
    ),
  );

export const maskOf = (bitmap: Uint8Array) => maskFromBitmap(bitmap, SIDE, SIDE);

/** Salience of each class: 1 in the middle of its discs, `edge` at their border, 0 outside. */
function height(discs: readonly Disc[], edge: number): Float32Array {
  return Float32Array.from({ length: SIDE * SIDE }, (_, at) =>
    discs.reduce((most, [x, y, r]) => {
      const away = Math.hypot((at % SIDE) + 0.5 - x, Math.floor(at / SIDE) + 0.5 - y) / r;
      return away > 1 ? most : Math.max(most, 1 - (1 - edge) * away);
    }, 0),
  );
}

/** What a run found: per class its discs; category ids from 1 on. */
export function found(
  classes: readonly (readonly Disc[])[],
  { refined = classes.map((_, at) => at + 1), outlines = [] as number[], split = false } = {},
) {
  const ids = classes.map((_, at) => (at + 1) as CategoryId);
  const planes = classes.map((discs) => height(discs, 0.6));
  const masks = classes.flatMap((discs, at): ClassMask[] => {
    const mask = maskOf(inDiscs(...discs));
    return (split ? partsOf(mask) : [mask]).map((one) => ({
      categoryId: ids[at]!,
      mask: one,
      match: 0.9,
      margin: 0.5,
      doubtful: false,
      crfChange: null,
      look: new Uint8Array(),
    }));
  });
  const scores = new Float32Array((classes.length + 1) * SIDE * SIDE).fill(0.3, 0, SIDE * SIDE);
  planes.forEach((plane, at) => scores.set(plane, (at + 1) * SIDE * SIDE));
  const q = new Float32Array(scores.length);
  classes.forEach((discs, at) => q.set(inDiscs(...discs), (at + 1) * SIDE * SIDE));
  const result: Pick<
    MaskResult,
    'width' | 'height' | 'workWidth' | 'workHeight' | 'channelIds' | 'scores' | 'probabilities'
  > = {
    width: SIDE,
    height: SIDE,
    workWidth: SIDE,
    workHeight: SIDE,
    scores,
    probabilities: q,
    channelIds: [0, ...ids],
  };
  const framed = { frame: modelFrame(SIDE, SIDE, SIDE), width: SIDE, height: SIDE };
  const scene = refineScene(result, masks, {
    rows: 16,
    columns: 16,
    framed,
    low: SIDE,
    classes: refined as CategoryId[],
    outlines: outlines as CategoryId[],
  });
  return { scene, masks: masks.map(({ mask }) => mask) };
}

/** Logits of a mask, as steep as a sure model's. */
export const logits = (bitmap: Uint8Array) =>
  Float32Array.from(bitmap, (value) => (value === 1 ? 6 : -6));

export const NOTHING = logits(new Uint8Array(SIDE * SIDE));

/** Four masks of one answer: the same for clear and for unclear prompts. */
export const answer = (mask: Float32Array, fit = 0.95): DecodedMasks => ({
  logits: Float32Array.from([...mask, ...mask, ...NOTHING, ...NOTHING]),
  iou: Float32Array.of(fit, fit, 0, 0),
});

/** A click model that answers each question by itself, and remembers them. */
export function asking(reply: (question: Question) => DecodedMasks) {
  const asked: Question[] = [];
  const ask: Ask = (questions) => {
    asked.push(...questions);
    return Promise.resolve(questions.map(reply));
  };
  return { ask, asked };
}

/** One that knows the true things: the smallest that holds all adding clicks and none of the others. */
export function knowing(...things: readonly Disc[]) {
  return asking(({ prompt: { points } }) => {
    const fits = things
      .map((disc) => inDiscs(disc))
      .filter((thing) =>
        points.every(
          ({ x, y, adds }) => (thing[Math.floor(y) * SIDE + Math.floor(x)] === 1) === adds,
        ),
      );
    return fits[0] ? answer(logits(fits[0])) : answer(NOTHING, 0);
  });
}
