// Every input from a page is parsed here before a handler sees it: shapes, ranges, sizes.
import * as v from 'valibot';
import { MAX_CLASS_NAME, MAX_CLASSES } from '../../../api/rules/classNames.ts';
import { AppError } from '../../../api/errors.ts';
import type { Input, MethodName } from '../../../api/methods.ts';
import { reviewClean } from './clean.ts';
import { categoryChange, MAX_LABEL, MAX_SIDE, parked, sampleSide, transaction } from './edits.ts';
import { exportCheck, exportPlace, exportStart, importStart } from './exchange.ts';
import { fieldsChange, notesChange } from './notes.ts';
import { classes, filter, mapRequest, params, status, batchRequest } from './requests.ts';
import { tuneInputs } from './tune.ts';
import {
  annotationId,
  categoryId,
  categoryIds,
  handle,
  imageId,
  imageIds,
  jobId,
  MAX_IDS,
  revision,
  runId,
  share,
  text,
  thresholds,
  token,
  whole,
  words,
} from './scalars.ts';
import { segmentDecode, segmentMask, segmentRead, segmentSalience } from './segment.ts';
import { settingsChange } from './settings.ts';

const nothing = v.object({});
const page = { cursor: whole(0, 10_000_000), limit: whole(1, 1000) };
const job = v.object({ id: jobId });

/** One schema for each method; its output is the type that the method map promises the handler. */
const INPUTS: { readonly [M in MethodName]: v.GenericSchema<unknown, Input<M>> } = {
  'session.hello': v.object({
    protocol: v.number(),
    clientId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    lastRevision: v.nullable(revision),
  }),
  'project.recent': nothing,
  'project.browse': v.object({ folder: v.nullable(handle), path: v.exactOptional(words(4000)) }),
  'project.openFolder': v.object({ folder: handle }),
  'project.openFile': v.object({ file: handle }),
  'project.openSample': nothing,
  'project.takeOver': nothing,
  'project.settled': nothing,
  'project.forget': v.object({ handle }),
  'project.pin': v.object({ handle, pinned: v.boolean() }),
  'project.showPlace': v.object({ handle }),
  'project.close': nothing,
  'project.summary': nothing,
  'project.setParams': v.object({ params }),
  'project.setFilters': v.object({
    filters: v.pipe(v.array(v.object({ name: words(80), words: words(4000) })), v.maxLength(100)),
  }),
  'project.relocate': v.object({ folder: handle }),
  'project.statistics': v.object({ filter }),
  'project.pace': v.object({ filter }),
  'category.save': v.object({
    changes: v.pipe(v.array(categoryChange), v.maxLength(MAX_CLASSES)),
  }),
  'category.add': v.object({
    names: v.pipe(v.array(words(MAX_CLASS_NAME)), v.maxLength(MAX_CLASSES)),
  }),
  'category.uses': v.object({ id: categoryId }),
  'category.remove': v.object({ id: categoryId, moveTo: v.exactOptional(categoryId) }),
  'category.setFields': fieldsChange,
  'category.fieldUses': v.object({ id: categoryId }),
  'category.importCoco': v.object({ file: handle }),
  'image.list': v.object({ ...page, filter, order: v.picklist(['name', 'doubt', 'status']) }),
  'image.open': v.object({ imageId }),
  'image.counts': v.object({ filters: v.pipe(v.array(text(4000)), v.maxLength(60)) }),
  'image.setStatus': v.object({ imageIds: imageIds(), status }),
  'image.undecided': v.object({ imageIds: imageIds() }),
  'image.clearLabels': v.object({ imageIds: imageIds(), dryRun: v.boolean() }),
  'image.setNotes': notesChange,
  'image.tags': nothing,
  'image.reduce': v.object({ imageId }),
  'image.run': v.object({ imageId }),
  'image.path': v.object({ imageId }),
  'image.showFile': v.object({ imageId }),
  'image.next': v.object({ imageId, step: v.picklist([1, -1]), filter }),
  'doc.commit': v.object({
    transaction,
    baseRevision: revision,
  }),
  'doc.propagate': v.object({
    ids: v.pipe(v.array(annotationId), v.minLength(1), v.maxLength(MAX_IDS)),
    to: v.picklist(['next', 'alike', 'picked']),
    count: whole(1, 1000),
    images: v.exactOptional(imageIds()),
    dryRun: v.boolean(),
  }),
  'doc.undo': nothing,
  'doc.redo': nothing,
  'doc.history': v.object({ imageId: v.nullable(imageId), limit: whole(1, 1000) }),
  'parked.keep': v.object({ parked, held: v.boolean() }),
  'parked.remove': v.object({ id: token }),
  'parked.discard': v.object({ id: token, label: text(MAX_LABEL) }),
  'parked.hold': nothing,
  'prelabel.run': v.object({
    imageId,
    classes,
    params,
    commit: v.boolean(),
    aside: v.exactOptional(v.boolean()),
  }),
  'prelabel.reapply': v.object({
    runId,
    params,
    thresholds,
    draft: v.boolean(),
    commit: v.boolean(),
    only: v.exactOptional(categoryIds),
    step: v.exactOptional(words(MAX_LABEL)),
    keepParams: v.exactOptional(v.boolean()),
    requests: v.exactOptional(v.pipe(v.array(mapRequest), v.maxLength(200))),
    maxSide: v.exactOptional(whole(1, 4096)),
  }),
  'prelabel.ready': v.object({ imageId, params }),
  'prelabel.maps': v.object({
    runId,
    params,
    thresholds: v.exactOptional(thresholds),
    requests: v.pipe(v.array(mapRequest), v.minLength(1), v.maxLength(200)),
    maxSide: whole(1, 4096),
    ahead: v.exactOptional(v.boolean()),
  }),
  'prelabel.look': v.object({ imageId, classes, params }),
  'prelabel.patch': v.object({
    runId,
    row: whole(0, 4096),
    column: whole(0, 4096),
    contrast: v.pipe(v.number(), v.minValue(1), v.maxValue(200)),
  }),
  'prelabel.prompts': v.object({ runId }),
  'prelabel.settings': v.object({ params }),
  'prelabel.engines': nothing,
  'prelabel.suggest': v.object({ imageId, classes }),
  'job.preview': v.object({ request: batchRequest, sample: whole(1, 24) }),
  'job.count': v.object({ request: batchRequest }),
  'job.start': v.object({ request: batchRequest }),
  'job.pause': job,
  'job.resume': job,
  'job.cancel': job,
  'job.remove': job,
  'job.list': nothing,
  'job.failures': v.object({ id: jobId, ...page }),
  'job.edges': job,
  'job.retryFailed': job,
  'job.benchmark': job,
  'job.openReport': job,
  'review.list': v.object({
    categoryIds,
    minMatch: share,
    maxMatch: share,
    order: v.picklist(['doubt', 'change', 'match', 'size', 'image']),
    jobId: v.nullable(jobId),
    ...page,
  }),
  'review.arrange': v.object({
    categoryIds,
    minMatch: share,
    maxMatch: share,
    jobId: v.nullable(jobId),
  }),
  'review.page': v.object({ id: text(80), ...page }),
  'review.decide': v.variant('decision', [
    v.object({
      ids: v.pipe(v.array(annotationId), v.minLength(1), v.maxLength(MAX_IDS)),
      decision: v.picklist(['accept', 'reject']),
    }),
    v.object({
      ids: v.pipe(v.array(annotationId), v.minLength(1), v.maxLength(MAX_IDS)),
      decision: v.literal('category'),
      categoryId,
    }),
  ]),
  'review.acceptAbove': v.object({ categoryIds, match: share, dryRun: v.boolean() }),
  'review.clean': reviewClean,
  'review.rethreshold': v.object({ thresholds, dryRun: v.boolean() }),
  'export.check': exportCheck,
  'export.keepOne': exportCheck,
  'export.place': exportPlace,
  'export.start': exportStart,
  'export.formats': nothing,
  'import.start': importStart,
  'model.list': nothing,
  'model.install': v.object({ id: text(200) }),
  'model.token': v.object({ token: v.exactOptional(v.nullable(text(500))) }),
  'model.addLocal': v.object({
    source: handle,
    name: words(200),
    entry: v.exactOptional(words(200)),
  }),
  'model.verify': v.object({ id: text(200) }),
  'model.remove': v.object({ id: text(200) }),
  'model.place': nothing,
  'model.precision': v.object({
    id: text(200),
    measure: v.nullable(v.picklist(['f16', 'int8'])),
  }),
  'device.list': nothing,
  'device.test': v.object({ provider: v.nullable(text(40)) }),
  'device.cuda': v.object({ fetch: v.boolean() }),
  ...tuneInputs,
  'mask.wand': v.object({
    imageId,
    x: whole(0, MAX_SIDE),
    y: whole(0, MAX_SIDE),
    tolerance: v.pipe(v.number(), v.minValue(0), v.maxValue(255)),
    contiguous: v.boolean(),
    sample: sampleSide,
  }),
  'segment.read': segmentRead,
  'segment.decode': segmentDecode,
  'segment.mask': segmentMask,
  'segment.salience': segmentSalience,
  'cache.status': nothing,
  'cache.clear': nothing,
  'settings.get': nothing,
  'settings.set': settingsChange,
};

/** The parsed input of a method; unknown fields are dropped. Throws BAD_REQUEST with the field's path. */
export function parseInput<M extends MethodName>(method: M, input: unknown): Input<M> {
  const parsed = v.safeParse(INPUTS[method], input ?? {}, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0]!;
  const path = issue.path?.map((part) => String(part.key)).join('.') ?? 'input';
  throw new AppError('BAD_REQUEST', `${method}: ${path} is not valid: ${issue.message}.`);
}

/** Names of all methods that have an input schema: exactly the method map. */
export const METHOD_NAMES = Object.keys(INPUTS) as MethodName[];
