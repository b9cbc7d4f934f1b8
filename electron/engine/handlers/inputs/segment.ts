// What is asked of a click model: places, prompts, what to start from, how to cut.
import * as v from 'valibot';
import { mask, MAX_SIDE } from './edits.ts';
import { categoryId, finite, imageId, whole } from './scalars.ts';

/** Clicks of one object; more than anybody sets, and few enough for one decode. */
const MAX_POINTS = 200;
/** Masks of one decode. */
const MAX_CANDIDATES = 16;

const place = v.pipe(finite, v.minValue(-MAX_SIDE), v.maxValue(2 * MAX_SIDE));
const box = v.nullable(v.tuple([place, place, place, place]));
const decode = whole(1, Number.MAX_SAFE_INTEGER);
const candidate = whole(0, MAX_CANDIDATES - 1);
const cut = v.object({
  cut: v.pipe(finite, v.minValue(-20), v.maxValue(20)),
  specks: v.boolean(),
  part: v.nullable(v.object({ x: place, y: place })),
});

export const segmentRead = v.object({ imageId, crop: box, ahead: v.boolean() });

const prompt = v.pipe(
  v.object({
    points: v.pipe(
      v.array(v.object({ x: place, y: place, adds: v.boolean() })),
      v.maxLength(MAX_POINTS),
    ),
    box,
  }),
  v.check(({ points, box: asked }) => points.length > 0 || asked !== null, 'neither click nor box'),
);

export const segmentDecode = v.object({
  imageId,
  crop: box,
  prompt,
  start: v.variant('kind', [
    v.object({ kind: v.literal('nothing') }),
    v.object({ kind: v.literal('choice'), decode, candidate }),
    v.object({ kind: v.literal('mask'), mask }),
  ]),
  cut,
});

export const segmentMask = v.object({ imageId, decode, candidate, cut });

export const segmentSalience = v.object({
  imageId,
  categoryId,
  prompt,
  off: v.pipe(finite, v.minValue(-1), v.maxValue(1)),
});
