// What tuning takes: a search, and one of its settings.
import * as v from 'valibot';
import { imageIds, text, threshold, whole } from './scalars.ts';

export const tuneRun = v.object({
  imageIds: imageIds(10_000),
  strategy: v.picklist(['random', 'annealing', 'exhaustive']),
  evaluations: whole(1, 10_000),
  judge: v.picklist(['clip', 'pack']),
  seed: whole(0, 2 ** 32 - 1),
  axes: v.object({
    layer: v.boolean(),
    head: v.boolean(),
    threshold: v.boolean(),
    blur: v.boolean(),
    passes: v.boolean(),
    drop: v.boolean(),
  }),
  parameters: v.pipe(v.array(text(80)), v.maxLength(64)),
});

const indices = v.pipe(v.array(whole(0, 63)), v.maxLength(64));
export const tuneSetting = v.object({
  layers: indices,
  heads: indices,
  threshold,
  blur: v.pipe(v.number(), v.minValue(0), v.maxValue(0.1)),
  passes: whole(1, 8),
  drop: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(0.5))),
  values: v.exactOptional(v.record(text(80), v.union([v.number(), v.boolean(), text(80)]))),
});
