// Every input from a page is parsed here before a handler sees it: shapes, ranges, sizes.
// Longer than most files because it is one table with one entry per method.
import * as v from 'valibot';
import { AppError } from '../../../api/errors.ts';
import type { Input, MethodName } from '../../../api/methods.ts';

const MAX_SIDE = 65_535;
const MAX_PIXELS = 2 ** 31 - 1;
const MAX_IDS = 1_000_000;
const MAX_CHANGES = 20_000;
const MAX_CLASSES = 2000;

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const words = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));
const finite = v.pipe(v.number(), v.finite());
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));
/** Ids made by a client: short and plain, as they appear in URLs of crops. */
const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,80}$/));
const handle = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const nothing = v.object({});

/** JSON of bounded depth and size; anything else is refused. */
const json = v.pipe(
  v.unknown(),
  v.check((value) => isSmallJson(value, 12, { left: 20_000 }), 'not plain, small JSON'),
);

const categoryId = id;
const ids = (max = MAX_IDS) => v.pipe(v.array(id), v.maxLength(max));
const categoryIds = v.pipe(v.array(categoryId), v.maxLength(MAX_CLASSES));

const mask = v.pipe(
  v.object({
    width: whole(1, MAX_SIDE),
    height: whole(1, MAX_SIDE),
    counts: v.instance(Uint32Array),
  }),
  v.check((value) => coversExactly(value), 'run lengths that do not cover width x height'),
);

const annotation = v.object({
  id: token,
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
  doubtful: v.boolean(),
  runId: v.nullable(text(120)),
  extra: json,
});

const change = v.pipe(
  v.object({ id: token, before: v.nullable(annotation), after: v.nullable(annotation) }),
  v.check(
    (value) =>
      (value.before !== null || value.after !== null) &&
      (value.before === null || value.before.id === value.id) &&
      (value.after === null || value.after.id === value.id),
    'a change whose before or after is of another annotation, or that has neither',
  ),
);

const transaction = v.object({
  txId: token,
  imageId: id,
  label: text(200),
  origin: v.picklist(['user', 'model', 'import']),
  gestureId: v.nullable(token),
  record: v.picklist(['now', 'merge', 'never']),
  changes: v.pipe(v.array(change), v.maxLength(MAX_CHANGES)),
});

const status = v.picklist(['untouched', 'proposals', 'inProgress', 'reviewed']);

const filter = v.object({
  text: v.optional(text(500)),
  status: v.optional(v.pipe(v.array(status), v.maxLength(4))),
  categoryIds: v.optional(categoryIds),
  minMatch: v.optional(share),
  maxMatch: v.optional(share),
  foundNothing: v.optional(v.boolean()),
  doubtful: v.optional(v.boolean()),
  failed: v.optional(v.boolean()),
  jobId: v.optional(text(80)),
  outcome: v.optional(v.picklist(['pending', 'running', 'done', 'empty', 'failed', 'skipped'])),
});

const category = v.object({
  id: categoryId,
  name: words(200),
  color: v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{6}$/)),
  prompt: text(500),
  synonyms: v.pipe(v.array(text(200)), v.maxLength(50)),
  kind: v.picklist(['thing', 'stuff']),
  supercategory: text(200),
  threshold: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(0.6))),
  hotkey: v.nullable(whole(1, 9)),
  order: finite,
  extra: json,
});

/** Names and values are checked once more against the pipeline's own table. */
const params = v.object({
  preset: v.picklist(['default', 'reference', 'paper', 'pack']),
  overrides: v.pipe(
    v.record(text(80), json),
    v.check((value) => Object.keys(value).length <= 100, 'more than 100 overrides'),
  ),
});

const promptClass = v.object({
  categoryId,
  name: words(200),
  prompt: text(500),
  synonyms: v.pipe(v.array(text(200)), v.maxLength(50)),
  threshold: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(0.6))),
});
const classes = v.pipe(v.array(promptClass), v.minLength(1), v.maxLength(500));

const thresholds = v.pipe(
  v.record(
    v.pipe(v.string(), v.regex(/^[0-9]{1,10}$/)),
    v.pipe(v.number(), v.minValue(0), v.maxValue(0.6)),
  ),
  v.check((value) => Object.keys(value).length <= MAX_CLASSES, 'too many classes'),
);

const selection = v.variant('kind', [
  v.object({ kind: v.literal('all') }),
  v.object({ kind: v.literal('unlabelled') }),
  v.object({ kind: v.literal('filter'), filter }),
  v.object({ kind: v.literal('ids'), ids: ids() }),
]);

const batchRequest = v.object({
  images: selection,
  categoryIds,
  auto: v.nullable(v.object({ threshold: share })),
  params,
  packId: text(200),
  merge: v.picklist(['proposals', 'replaceClasses', 'replaceProposals', 'skipLabelled']),
  thresholds,
});

const mapRequest = v.variant('kind', [
  v.object({
    kind: v.literal('pass'),
    categoryId,
    pass: whole(0, 64),
    scale: v.picklist(['pass', 'run']),
  }),
  v.object({ kind: v.literal('sum'), categoryId, upTo: whole(0, 64) }),
  v.object({ kind: v.literal('cut'), categoryId }),
  v.object({ kind: v.literal('blurred'), categoryId }),
  v.object({ kind: v.literal('probability'), categoryId }),
  v.object({ kind: v.literal('token'), categoryId, token: whole(0, 512) }),
  v.object({
    kind: v.literal('layerHead'),
    categoryId,
    layer: whole(1, 64),
    head: whole(1, 64),
  }),
]);

const indices = v.pipe(v.array(whole(0, 63)), v.maxLength(64));
const tuneSetting = v.object({
  layers: v.pipe(indices, v.minLength(1)),
  heads: indices,
  threshold: v.pipe(v.number(), v.minValue(0), v.maxValue(0.6)),
  blur: v.pipe(v.number(), v.minValue(0), v.maxValue(0.1)),
  passes: whole(1, 8),
  drop: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(0.5))),
});

const page = { cursor: whole(0, 10_000_000), limit: whole(1, 1000) };
const jobId = v.object({ id: text(80) });

export const settings = v.object({
  theme: v.picklist(['dark', 'light', 'contrast', 'system']),
  keyPreset: v.picklist(['salience', 'labelme', 'cvat']),
  keys: v.pipe(
    v.record(text(80), text(80)),
    v.check((value) => Object.keys(value).length <= 1000, 'more than 1000 keys'),
  ),
  packId: text(200),
  provider: text(40),
  threads: whole(0, 512),
  precision: v.picklist(['f32', 'f16', 'int8']),
  lowMemory: v.optional(v.boolean(), false),
  maskOpacity: share,
  classHatch: v.optional(v.boolean(), false),
  scalePercent: v.pipe(v.number(), v.minValue(50), v.maxValue(300)),
  singleLetterKeys: v.boolean(),
  hubMirror: text(500),
  wheel: v.picklist(['zoom', 'scroll']),
  surround: v.picklist(['theme', 'black', 'grey', 'white']),
  hintsSeen: v.pipe(v.array(text(80)), v.maxLength(500)),
});

const INPUTS: { readonly [M in MethodName]: v.GenericSchema } = {
  'session.hello': v.object({
    protocol: v.number(),
    clientId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    lastRevision: v.nullable(whole(0, Number.MAX_SAFE_INTEGER)),
  }),
  'project.recent': nothing,
  'project.browse': v.object({ folder: v.nullable(handle) }),
  'project.openFolder': v.object({ folder: handle }),
  'project.openFile': v.object({ file: handle }),
  'project.openSample': nothing,
  'project.forget': v.object({ handle }),
  'project.close': nothing,
  'project.summary': nothing,
  'project.setParams': v.object({ params }),
  'project.relocate': v.object({ folder: handle }),
  'project.statistics': v.object({ filter }),
  'category.save': v.object({
    categories: v.pipe(v.array(category), v.maxLength(MAX_CLASSES)),
  }),
  'category.add': v.object({ names: v.pipe(v.array(words(200)), v.maxLength(MAX_CLASSES)) }),
  'category.remove': v.object({ id: categoryId }),
  'category.importCoco': v.object({ file: handle }),
  'image.list': v.object({ ...page, filter, order: v.picklist(['name', 'doubt', 'status']) }),
  'image.open': v.object({ imageId: id }),
  'image.setStatus': v.object({ imageIds: ids(), status }),
  'image.reduce': v.object({ imageId: id }),
  'image.path': v.object({ imageId: id }),
  'image.showFile': v.object({ imageId: id }),
  'image.next': v.object({ imageId: id, step: v.picklist([1, -1]), filter }),
  'doc.commit': v.object({
    transaction,
    baseRevision: whole(0, Number.MAX_SAFE_INTEGER),
  }),
  'doc.undo': nothing,
  'doc.redo': nothing,
  'doc.history': v.object({ imageId: v.nullable(id), limit: whole(1, 1000) }),
  'prelabel.run': v.object({ imageId: id, classes, params, commit: v.boolean() }),
  'prelabel.reapply': v.object({
    runId: text(120),
    params,
    thresholds,
    draft: v.boolean(),
    commit: v.boolean(),
    only: v.optional(categoryIds),
    requests: v.optional(v.pipe(v.array(mapRequest), v.maxLength(200))),
    maxSide: v.optional(whole(1, 4096)),
  }),
  'prelabel.maps': v.object({
    runId: text(120),
    params,
    thresholds: v.optional(thresholds),
    requests: v.pipe(v.array(mapRequest), v.minLength(1), v.maxLength(200)),
    maxSide: whole(1, 4096),
  }),
  'prelabel.settings': v.object({ params }),
  'prelabel.suggest': v.object({ imageId: id, classes }),
  'job.preview': v.object({ request: batchRequest, sample: whole(1, 24) }),
  'job.count': v.object({ request: batchRequest }),
  'job.start': v.object({ request: batchRequest }),
  'job.pause': jobId,
  'job.resume': jobId,
  'job.cancel': jobId,
  'job.remove': jobId,
  'job.list': nothing,
  'job.failures': v.object({ id: text(80), ...page }),
  'job.retryFailed': jobId,
  'review.list': v.object({
    categoryIds,
    minMatch: share,
    maxMatch: share,
    order: v.picklist(['doubt', 'match', 'size', 'image']),
    jobId: v.nullable(text(80)),
    ...page,
  }),
  'review.arrange': v.object({
    categoryIds,
    minMatch: share,
    maxMatch: share,
    jobId: v.nullable(text(80)),
  }),
  'review.page': v.object({ id: text(80), ...page }),
  'review.decide': v.variant('decision', [
    v.object({
      ids: v.pipe(v.array(token), v.minLength(1), v.maxLength(MAX_IDS)),
      decision: v.picklist(['accept', 'reject']),
    }),
    v.object({
      ids: v.pipe(v.array(token), v.minLength(1), v.maxLength(MAX_IDS)),
      decision: v.literal('category'),
      categoryId,
    }),
  ]),
  'review.acceptAbove': v.object({ categoryIds, match: share, dryRun: v.boolean() }),
  'review.rethreshold': v.object({ thresholds, dryRun: v.boolean() }),
  'export.start': v.object({
    format: text(40),
    target: v.nullable(handle),
    fileName: text(200),
    only: v.picklist(['all', 'reviewed']),
    categoryIds,
    split: v.nullable(v.object({ validation: share, seed: whole(0, 2 ** 32 - 1) })),
    includeProposals: v.boolean(),
  }),
  'export.formats': nothing,
  'import.start': v.object({
    format: v.nullable(text(40)),
    source: handle,
    as: v.picklist(['accepted', 'proposal']),
    dryRun: v.boolean(),
    skipBroken: v.boolean(),
  }),
  'model.list': nothing,
  'model.install': v.object({ id: text(200) }),
  'model.token': v.object({ token: v.optional(v.nullable(text(500))) }),
  'model.addLocal': v.object({ source: handle, name: words(200) }),
  'model.verify': v.object({ id: text(200) }),
  'model.remove': v.object({ id: text(200) }),
  'model.place': nothing,
  'model.precision': v.object({
    id: text(200),
    measure: v.nullable(v.picklist(['f16', 'int8'])),
  }),
  'device.list': nothing,
  'device.test': v.object({ provider: v.nullable(text(40)) }),
  'device.restart': nothing,
  'tune.supply': nothing,
  'tune.run': v.object({
    imageIds: ids(10_000),
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
  }),
  'tune.examples': v.object({ imageIds: ids(24), setting: tuneSetting }),
  'tune.apply': v.object({ setting: tuneSetting }),
  'mask.wand': v.object({
    imageId: id,
    x: whole(0, MAX_SIDE),
    y: whole(0, MAX_SIDE),
    tolerance: v.pipe(v.number(), v.minValue(0), v.maxValue(255)),
    contiguous: v.boolean(),
  }),
  'cache.status': nothing,
  'cache.clear': nothing,
  'settings.get': nothing,
  'settings.set': v.partial(settings),
};

/** The parsed input of a method; unknown fields are dropped. Throws BAD_REQUEST with the field's path. */
export function parseInput<M extends MethodName>(method: M, input: unknown): Input<M> {
  const parsed = v.safeParse(INPUTS[method], input ?? {}, { abortEarly: true });
  if (parsed.success) return parsed.output as Input<M>;
  const issue = parsed.issues[0]!;
  const path = issue.path?.map((part) => String(part.key)).join('.') ?? 'input';
  throw new AppError('BAD_REQUEST', `${method}: ${path} is not valid: ${issue.message}.`);
}

/** Names of all methods that have an input schema: exactly the method map. */
export const METHOD_NAMES = Object.keys(INPUTS) as MethodName[];

function coversExactly(value: { width: number; height: number; counts: Uint32Array }): boolean {
  const pixels = value.width * value.height;
  if (pixels > MAX_PIXELS || value.counts.length > pixels + 1) return false;
  let total = 0;
  for (const count of value.counts) total += count;
  return total === pixels;
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
