// A worker's report on one image, to a row and back. Rows are read with limits.
import * as v from 'valibot';
import type { CategoryId } from '../../api/types.ts';
import type { ClassMask, RunFacts } from '../../link/facts.ts';
import { pnp } from '../../link/engines/pnp.ts';
import { LOOK_BYTES } from '../../link/lookLayout.ts';
import { lead } from '../../engine/project/lead.ts';
import { decodeMasks, encodeMasks } from './masksBlob.ts';

/** Named by `failure`, in a sentence by `detail`. */
export interface ImageFailure {
  readonly failure: string;
  readonly detail: string;
}

export interface FoundMasks {
  readonly width: number;
  readonly height: number;
  /** SHA-256 of the file, hex. */
  readonly hash: string;
  readonly masks: readonly ClassMask[];
  readonly facts: RunFacts;
  /** The maps that the masks were cut from, as they are stored; where the run set keeps them. */
  readonly maps?: Buffer;
}

export interface ImageRecord {
  readonly n: number;
  readonly ms: number;
  readonly outcome: ImageFailure | FoundMasks;
}

const isFailure = (outcome: ImageRecord['outcome']): outcome is ImageFailure =>
  'failure' in outcome;

/** Columns of `result`, but for run set and worker. */
export interface ResultColumns {
  readonly n: number;
  readonly ms: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly failure: string | null;
  readonly detail: string | null;
  readonly hash: Buffer | null;
  readonly masks: Buffer | null;
  readonly facts: string | null;
  readonly maps: Buffer | null;
}

const MAX_DETAIL = 2000;

export function columnsOf({ n, ms, outcome }: ImageRecord): ResultColumns {
  const none = { width: null, height: null, hash: null, masks: null, facts: null, maps: null };
  const base = { n, ms: Math.min(2 ** 31 - 1, Math.max(0, Math.round(ms))) };
  if (isFailure(outcome))
    return {
      ...base,
      ...none,
      failure: outcome.failure,
      // PostgreSQL's texts hold no NUL.
      detail: outcome.detail.replaceAll('\0', '').slice(0, MAX_DETAIL),
    };
  const { width, height, hash, masks, facts, maps = null } = outcome;
  const figures = masks.map(({ match, margin, doubtful, crfChange, unsteady, lead, look }) => ({
    match,
    margin,
    doubtful,
    crfChange,
    unsteady,
    lead,
    look: Buffer.from(look).toString('base64'),
  }));
  return {
    ...base,
    width,
    height,
    failure: null,
    detail: null,
    hash: Buffer.from(hash, 'hex'),
    masks: encodeMasks(masks),
    maps,
    facts: JSON.stringify({ run: facts, masks: figures }).replaceAll('\\u0000', ''),
  };
}

/** What is no number in JSON was none before. */
const figure = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? Number.NaN),
);
const list = <S extends v.GenericSchema>(item: S, most: number) =>
  v.pipe(v.array(item), v.maxLength(most));
const word = v.pipe(v.string(), v.maxLength(4000));
const category = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(1),
  v.transform((id) => id as CategoryId),
);

const runFacts = v.object({
  engine: v.optional(word, pnp.id),
  evidence: v.optional(
    list(v.picklist(['passes', 'words', 'heads', 'windows', 'rounds']), 5),
    () => [...pnp.evidence],
  ),
  packHash: word,
  provider: word,
  gridRows: v.number(),
  gridColumns: v.number(),
  inputSide: v.number(),
  layers: list(v.number(), 1000),
  heads: list(v.number(), 1000),
  allLayers: v.number(),
  taps: v.exactOptional(list(word, 1000)),
  allHeads: v.number(),
  passes: list(
    v.object({
      index: v.number(),
      weight: figure,
      z: list(figure, 1000),
      dropped: list(list(v.number(), 10_000), 1000),
    }),
    1000,
  ),
  classes: list(
    v.object({
      categoryId: category,
      match: v.nullable(v.number()),
      absent: v.boolean(),
      margin: figure,
      patchesKept: v.number(),
      patches: v.number(),
      histogram: list(v.number(), 1000),
      tokens: list(word, 1000),
    }),
    1000,
  ),
  caption: word,
  imageNotes: v.optional(list(word, 100)),
  milliseconds: v.record(v.string(), v.number()),
});

const storedFacts = v.object({
  run: runFacts,
  masks: list(
    v.object({
      match: v.nullable(v.number()),
      margin: figure,
      doubtful: v.boolean(),
      crfChange: v.nullable(v.number()),
      unsteady: v.exactOptional(v.number()),
      lead: v.exactOptional(lead),
      look: v.pipe(v.string(), v.maxLength(4 * LOOK_BYTES)),
    }),
    100_000,
  ),
});

export interface ResultRow {
  readonly width: number;
  readonly height: number;
  readonly hash: Buffer;
  readonly masks: Buffer;
  readonly facts: unknown;
}

/** What a good row says. Throws an error that names what is off with it. */
export function foundOf(row: ResultRow): FoundMasks {
  const parsed = v.safeParse(storedFacts, row.facts);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new RangeError(`facts.${v.getDotPath(issue) ?? ''}: ${issue.message.slice(0, 200)}`);
  }
  const { run, masks: figures } = parsed.output;
  const numbered = decodeMasks(row.masks, row.width, row.height);
  if (numbered.length !== figures.length)
    throw new RangeError(`${numbered.length} masks have ${figures.length} lines of figures`);
  const { imageNotes, ...facts } = run;
  return {
    width: row.width,
    height: row.height,
    hash: row.hash.toString('hex'),
    masks: numbered.map((one, index) => withFigures(one, figures[index]!)),
    facts: { ...facts, ...(imageNotes ? { imageNotes } : {}) },
  };
}

function withFigures(
  one: ReturnType<typeof decodeMasks>[number],
  { look, ...figures }: v.InferOutput<typeof storedFacts>['masks'][number],
): ClassMask {
  const bytes = Buffer.from(look, 'base64');
  if (bytes.length !== LOOK_BYTES)
    throw new RangeError(`a look has ${bytes.length} bytes; expected ${LOOK_BYTES}`);
  return { ...one, ...figures, look: new Uint8Array(bytes) };
}
