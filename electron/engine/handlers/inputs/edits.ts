// What edits are made of: masks, annotations, transactions, fields of classes.
import * as v from 'valibot';
import { MAX_CLASS_NAME } from '../../../api/rules/classNames.ts';
import { lead } from '../../project/lead.ts';
import { details } from './notes.ts';
import {
  annotationId,
  categoryId,
  finite,
  imageId,
  json,
  partly,
  runId,
  share,
  text,
  threshold,
  token,
  whole,
  words,
} from './scalars.ts';

export const MAX_SIDE = 65_535;
const MAX_PIXELS = 2 ** 31 - 1;
const MAX_CHANGES = 20_000;
/** A step is named after classes, whose names are bounded. */
export const MAX_LABEL = 500;
/** Coordinates of one ring or line. */
const MAX_POINTS = 200_000;

export const mask = v.pipe(
  v.object({
    width: whole(1, MAX_SIDE),
    height: whole(1, MAX_SIDE),
    counts: v.instance(Uint32Array),
  }),
  v.check((value) => coversExactly(value), 'run lengths that do not cover width x height'),
);

const annotation = v.object({
  id: annotationId,
  categoryId,
  status: v.picklist(['proposal', 'accepted', 'rejected']),
  origin: v.picklist(['user', 'model', 'import']),
  mask,
  box: v.tuple([finite, finite, finite, finite]),
  area: v.pipe(finite, v.minValue(0)),
  z: finite,
  locked: v.boolean(),
  isCrowd: v.boolean(),
  edited: v.boolean(),
  match: v.nullable(share),
  margin: v.nullable(share),
  crfChange: v.nullable(share),
  unsteady: v.exactOptional(share),
  lead: v.exactOptional(lead),
  doubtful: v.boolean(),
  runId: v.nullable(runId),
  extra: json,
  details: v.exactOptional(details),
});

const change = v.pipe(
  v.object({ id: annotationId, before: v.nullable(annotation), after: v.nullable(annotation) }),
  v.check(
    (value) =>
      (value.before !== null || value.after !== null) &&
      (value.before === null || value.before.id === value.id) &&
      (value.after === null || value.after.id === value.id),
    'a change whose before or after is of another annotation, or that has neither',
  ),
);

export const transaction = v.object({
  txId: token,
  imageId,
  label: text(MAX_LABEL),
  origin: v.picklist(['user', 'model', 'import']),
  gestureId: v.nullable(token),
  record: v.picklist(['now', 'merge', 'never']),
  changes: v.pipe(v.array(change), v.maxLength(MAX_CHANGES)),
});

/** Side of the square whose colour the wand takes up. */
export const sampleSide = v.picklist([1, 3, 5]);

const points = v.pipe(v.array(finite), v.maxLength(MAX_POINTS));
const rings = v.pipe(v.array(points), v.maxLength(5000));
const use = v.picklist(['new', 'add', 'cut']);

/** Work that is not finished, kept with its image. */
const place = v.nullable(v.tuple([finite, finite, finite, finite]));

export const parked = v.object({
  id: token,
  imageId,
  categoryId: v.nullable(categoryId),
  targets: v.pipe(v.array(annotationId), v.maxLength(MAX_CHANGES)),
  work: v.variant('kind', [
    v.object({ kind: v.literal('polygon'), use, points }),
    v.object({ kind: v.literal('line'), points }),
    v.object({
      kind: v.literal('seed'),
      use,
      x: whole(0, MAX_SIDE),
      y: whole(0, MAX_SIDE),
      tolerance: whole(0, 255),
      contiguous: v.boolean(),
      sample: sampleSide,
    }),
    v.object({
      kind: v.literal('clicks'),
      use,
      clicks: points,
      box: place,
      crop: place,
      base: v.nullable(annotationId),
    }),
    v.object({ kind: v.literal('outline'), before: rings, rings }),
  ]),
});

const categoryFields = {
  name: words(MAX_CLASS_NAME),
  color: v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{6}$/)),
  prompt: text(500),
  synonyms: v.pipe(v.array(text(200)), v.maxLength(50)),
  kind: v.picklist(['thing', 'stuff']),
  supercategory: text(MAX_CLASS_NAME),
  threshold: v.nullable(threshold),
  hotkey: v.nullable(whole(1, 9)),
  order: finite,
};

/** Names as they are stored may be longer or oddly spaced: `before` is compared, never written. */
const knownFields = { ...categoryFields, name: v.string() };

export const categoryChange = v.pipe(
  v.object({
    id: categoryId,
    before: v.object(partly(knownFields)),
    after: v.object(partly(categoryFields)),
  }),
  v.check(
    ({ before, after }) => Object.keys(after).every((field) => Object.hasOwn(before, field)),
    'a change of a field that does not say what it was before',
  ),
);

export const promptClass = v.object({
  categoryId,
  name: words(MAX_CLASS_NAME),
  prompt: text(500),
  synonyms: v.pipe(v.array(text(200)), v.maxLength(50)),
  threshold: v.nullable(threshold),
});

function coversExactly(value: { width: number; height: number; counts: Uint32Array }): boolean {
  const pixels = value.width * value.height;
  if (pixels > MAX_PIXELS || value.counts.length > pixels + 1) return false;
  let total = 0;
  for (const count of value.counts) total += count;
  return total === pixels;
}
