// What tuning and learning take: a search, one of its settings, and the rest of their questions.
import * as v from 'valibot';
import { imageIds, text, threshold, whole } from './scalars.ts';

const tuneRun = v.object({
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
const tuneSetting = v.object({
  layers: indices,
  heads: indices,
  threshold,
  blur: v.pipe(v.number(), v.minValue(0), v.maxValue(0.1)),
  passes: whole(1, 8),
  drop: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(0.5))),
  values: v.exactOptional(v.record(text(80), v.union([v.number(), v.boolean(), text(80)]))),
});

const nothing = v.object({});

export const tuneInputs = {
  'learn.state': nothing,
  'learn.run': nothing,
  'learn.use': v.object({ use: v.boolean() }),
  'corrections.state': nothing,
  'corrections.compare': v.object({ harder: v.boolean() }),
  'corrections.prepare': nothing,
  'corrections.pairs': v.object({ cursor: whole(0, 10_000_000), limit: whole(1, 24) }),
  'corrections.use': nothing,
  'corrections.decline': nothing,
  'corrections.back': nothing,
  'tune.supply': nothing,
  'tune.run': tuneRun,
  'tune.examples': v.object({ imageIds: imageIds(24), setting: tuneSetting }),
  'tune.apply': v.object({ setting: tuneSetting }),
  'tune.choices': nothing,
  'tune.compare': v.object({
    images: whole(1, 10_000),
    classes: v.picklist(['own', 'all']),
    choices: v.pipe(v.array(text(64)), v.minLength(1), v.maxLength(300)),
  }),
};
