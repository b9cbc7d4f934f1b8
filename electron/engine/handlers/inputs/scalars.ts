// The smallest parts of inputs: numbers, texts, ids and JSON, each with its bounds.
import * as v from 'valibot';
import { MAX_CLASSES, MAX_EXTRA_DEPTH, MAX_EXTRA_VALUES } from '../../../api/classNames.ts';
import type {
  AnnotationId,
  CategoryId,
  Handle,
  ImageId,
  JobId,
  Json,
  Revision,
  RunId,
} from '../../../api/types.ts';

export const MAX_IDS = 1_000_000;

export const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
export const words = (max: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));
export const finite = v.pipe(v.number(), v.finite());
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));
/** A threshold of class maps, as sliders give it. */
export const threshold = v.pipe(v.number(), v.minValue(0), v.maxValue(0.6));

// A transform gives a checked value the type that tells ids of one kind from those of another.
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const imageId = v.pipe(
  id,
  v.transform((value) => value as ImageId),
);
export const categoryId = v.pipe(
  id,
  v.transform((value) => value as CategoryId),
);
/** Ids made by a client: short and plain, as they appear in URLs of crops. */
export const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,80}$/));
export const annotationId = v.pipe(
  token,
  v.transform((value) => value as AnnotationId),
);
export const runId = v.pipe(
  text(120),
  v.transform((value) => value as RunId),
);
export const jobId = v.pipe(
  text(80),
  v.transform((value) => value as JobId),
);
export const handle = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(200),
  v.transform((value) => value as Handle),
);
export const revision = v.pipe(
  whole(0, Number.MAX_SAFE_INTEGER),
  v.transform((value) => value as Revision),
);

export const imageIds = (max = MAX_IDS) => v.pipe(v.array(imageId), v.maxLength(max));
export const categoryIds = v.pipe(v.array(categoryId), v.maxLength(MAX_CLASSES));

export const thresholds = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[0-9]{1,10}$/)), threshold),
  v.check((value) => Object.keys(value).length <= MAX_CLASSES, 'too many classes'),
);

/** JSON of bounded depth and size; anything else is refused. */
export const json = v.pipe(
  v.unknown(),
  v.check(
    (value) => isSmallJson(value, MAX_EXTRA_DEPTH, { left: MAX_EXTRA_VALUES }),
    'not plain, small JSON',
  ),
  v.transform((value) => value as Json),
);

type Entries = { readonly [name: string]: v.GenericSchema };
type Partly<T extends Entries> = {
  readonly [K in keyof T]: v.ExactOptionalSchema<T[K], undefined>;
};

/** The same fields, each of which may be left out, but none undefined. */
export function partly<const T extends Entries>(entries: T): Partly<T> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, schema]) => [name, v.exactOptional(schema)]),
  ) as Partly<T>;
}

function isSmallJson(value: unknown, depth: number, budget: { left: number }): boolean {
  budget.left -= 1;
  if (budget.left < 0 || depth < 0) return false;
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'string') return value.length <= 100_000;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every((item) => isSmallJson(item, depth - 1, budget));
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.entries(value).every(
    ([key, item]) => key.length <= 1000 && isSmallJson(item, depth - 1, budget),
  );
}
