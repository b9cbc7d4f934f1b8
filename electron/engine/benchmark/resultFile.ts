// Reading a scores.json that may come from anywhere: every field that reports and tables use is checked.
import * as v from 'valibot';
import { AppError } from '../../api/errors.ts';
import { readJsonFile } from '../dataset/formats/reading/jsonFile.ts';
import { FORMAT, type BenchmarkResult } from './result.ts';

const text = v.pipe(v.string(), v.maxLength(10_000));
const figure = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const amount = v.pipe(v.number(), v.minValue(0));
const protocol = v.picklist(['standard', 'reference']);

const figures = v.object({
  meanIou: figure,
  objects: figure,
  perImage: figure,
  pixelAccuracy: figure,
  meanAccuracy: figure,
  frequencyWeightedIou: figure,
  meanBoundaryIou: figure,
  classes: v.array(
    v.object({
      label: count,
      name: text,
      iou: figure,
      recall: figure,
      precision: figure,
      boundaryIou: figure,
      truthPx: count,
      predictedPx: count,
    }),
  ),
  subsets: v.array(v.object({ name: text, meanIou: figure })),
  confused: v.array(v.object({ truth: text, readAs: text, share: amount })),
});

const pack = v.object({ id: text, name: text, hash: text });

const result = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  set: text,
  title: text,
  images: count,
  imagesOfSet: count,
  officialImages: v.nullable(count),
  limit: v.nullable(v.object({ images: count, seed: count })),
  undone: count,
  failures: v.array(v.object({ name: text, message: text })),
  classesFrom: text,
  engine: text,
  pack,
  judge: v.exactOptional(pack),
  params: v.object({
    preset: v.picklist(['default', 'reference', 'paper', 'pack']),
    engine: v.exactOptional(text),
    overrides: v.record(text, v.any()),
  }),
  remarks: v.exactOptional(v.array(text)),
  settings: text,
  device: text,
  imagesPerSecond: amount,
  seconds: amount,
  finishedAt: text,
  command: v.array(text),
  headline: protocol,
  protocols: v.object({ standard: figures, reference: figures }),
  published: v.array(
    v.object({
      row: text,
      classes: text,
      protocol,
      meanIou: amount,
      objects: v.nullable(amount),
      perImage: v.nullable(amount),
      source: text,
    }),
  ),
}) satisfies v.GenericSchema<unknown, BenchmarkResult>;

/** Reads a scores.json. Throws IMPORT_INVALID for another file, naming what is off. */
export async function readResult(path: string): Promise<BenchmarkResult> {
  const parsed = v.safeParse(result, await readJsonFile(path));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue);
  throw new AppError(
    'IMPORT_INVALID',
    `${path} is no scores.json of "salience benchmark"${place === null ? '' : ` (${place}: ${issue.message})`}; name the one beside its report.`,
  );
}
