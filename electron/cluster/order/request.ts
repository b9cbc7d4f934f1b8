// What a run set asks for, as stored in the database: equal requests are one run set. A row may come from
// another program, so it is read with limits and never trusted.
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { MAX_CLASS_NAME, MAX_CLASSES_ASKED } from '../../api/rules/classNames.ts';
import type { Json } from '../../api/types.ts';
import { ClusterError } from '../database/clusterError.ts';

/** Of requests; a newer one is refused. */
export const REQUEST_FORMAT = 1;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const word = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const json: v.GenericSchema<Json> = v.lazy(() =>
  v.union([
    v.null(),
    v.boolean(),
    v.number(),
    text(1000),
    v.array(json),
    v.record(v.string(), json),
  ]),
);

const wishedClass = v.object({
  id: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 31 - 1)),
  name: word(MAX_CLASS_NAME),
  prompt: text(1000),
  synonyms: v.pipe(v.array(text(1000)), v.maxLength(100)),
  kind: v.picklist(['thing', 'stuff']),
  supercategory: text(1000),
});

const pack = v.object({ id: word(200), name: text(1000), hash: word(200) });

const request = v.object({
  format: v.literal(REQUEST_FORMAT),
  version: word(100),
  source: v.object({ kind: v.picklist(['folder', 'list', 'bucket']), root: word(100) }),
  pack,
  /** The model that judges, where the engine asks one besides. */
  judge: v.exactOptional(pack),
  classes: v.pipe(v.array(wishedClass), v.minLength(1), v.maxLength(MAX_CLASSES_ASKED)),
  params: v.object({
    preset: v.picklist(['default', 'reference', 'paper', 'pack']),
    engine: v.exactOptional(word(40)),
    overrides: v.record(v.string(), json),
  }),
  /** The maps behind the masks are stored as well, so that thresholds still move in a project. */
  keepMaps: v.exactOptional(v.literal(true)),
  /** Every parameter as it was when the request was made, canonical. */
  resolved: text(20_000),
});

export type RunRequest = v.InferOutput<typeof request>;
export type RequestClass = RunRequest['classes'][number];

/** JSON with sorted keys: equal values are equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export const requestHash = (value: RunRequest): Buffer =>
  createHash('sha256').update(canonical(value)).digest();

/** A request from its row. Throws ClusterError that names the run set, what was found and the way out. */
export function parseRequest(row: {
  readonly id: number;
  readonly format: number;
  readonly request: unknown;
}): RunRequest {
  if (row.format > REQUEST_FORMAT) {
    const { version } = (row.request ?? {}) as { version?: unknown };
    const by = typeof version === 'string' ? version.slice(0, 40) : 'a newer version';
    throw new ClusterError(
      `Run set ${row.id} was made by Salience ${by} in format ${row.format}; this Salience knows up to ${REQUEST_FORMAT}. Use that version or newer.`,
    );
  }
  const parsed = v.safeParse(request, row.request);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new ClusterError(
    `The request of run set ${row.id} was not made by Salience: ${v.getDotPath(issue) ?? 'it'}: ${issue.message.slice(0, 200)}. Nothing of it is done.`,
  );
}
