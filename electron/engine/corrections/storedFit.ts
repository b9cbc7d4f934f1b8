// The form of what was found in corrections, as it lies in a project. One that comes from another computer may hold
// anything: what this program would not write is nothing.
import * as v from 'valibot';

const number = v.pipe(v.number(), v.finite());
const count = v.pipe(number, v.integer(), v.minValue(0));
const share = v.pipe(number, v.minValue(0), v.maxValue(1));
const short = v.pipe(v.string(), v.maxLength(80));
const value = v.union([number, short]);
const knob = v.picklist([
  ...(['things', 'stuff', 'rule', 'colour'] as const),
  ...(['reach', 'blur', 'temperature', 'passes'] as const),
]);

const report = v.object({
  at: short,
  verdict: v.picklist([
    ...(['offer', 'edges', 'few', 'untouched', 'doubtFirst'] as const),
    ...(['easyFirst', 'wrongMaps', 'stay', 'unclear'] as const),
  ]),
  harder: v.boolean(),
  images: count,
  missing: count,
  up: count,
  down: count,
  alike: count,
  tried: count,
  now: share,
  then: number,
  error: number,
  stable: share,
  changes: v.array(v.object({ knob, now: value, then: value })),
  edges: v.nullable(
    v.object({
      kind: v.picklist(['thing', 'stuff']),
      pixels: v.pipe(number, v.integer()),
      up: count,
      masks: count,
    }),
  ),
  open: v.object({ images: count, looked: count, changed: count, withoutMaps: count }),
  leftOut: v.object({
    noRun: count,
    noMaps: count,
    otherModel: count,
    otherRun: count,
    otherFile: count,
    nothing: count,
    copies: count,
    older: count,
  }),
  again: v.object({ images: count, ms: number }),
  weak: v.array(count),
});

const preset = v.picklist(['default', 'reference', 'paper', 'pack']);
const overrides = v.record(short, v.any());

export const storedFit = v.object({
  report,
  overrides: v.record(v.pipe(short, v.startsWith('masks.')), v.union([value, v.array(number)])),
  params: v.string(),
  before: v.object({
    things: number,
    stuff: number,
    colour: number,
    reach: number,
    blur: number,
    temperature: number,
    rule: v.picklist(['grey', 'binary', 'constant']),
    passes: v.picklist(['now', 'all', 'first']),
  }),
  changes: v.array(v.object({ imageId: count, runId: v.string(), change: number })),
  usedAt: v.optional(short),
  previous: v.optional(v.object({ preset, engine: v.optional(short), overrides })),
  since: v.optional(v.object({ images: count, up: count, down: count, back: v.boolean() })),
});
