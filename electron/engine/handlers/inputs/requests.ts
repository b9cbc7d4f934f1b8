// What is asked of the model and of jobs: filters, parameters, selections, maps.
import { MAX_CLASSES_ASKED } from '../../../api/rules/classNames.ts';
import * as v from 'valibot';
import { promptClass } from './edits.ts';
import {
  categoryId,
  categoryIds,
  imageIds,
  jobId,
  json,
  share,
  text,
  thresholds,
  whole,
} from './scalars.ts';

export const status = v.picklist(['untouched', 'proposals', 'inProgress', 'reviewed']);

export const filter = v.object({
  words: v.exactOptional(text(4000)),
  text: v.exactOptional(text(500)),
  status: v.exactOptional(v.pipe(v.array(status), v.maxLength(4))),
  categoryIds: v.exactOptional(categoryIds),
  minMatch: v.exactOptional(share),
  maxMatch: v.exactOptional(share),
  foundNothing: v.exactOptional(v.boolean()),
  doubtful: v.exactOptional(v.boolean()),
  failed: v.exactOptional(v.boolean()),
  jobId: v.exactOptional(jobId),
  outcome: v.exactOptional(
    v.picklist(['pending', 'running', 'done', 'empty', 'failed', 'skipped']),
  ),
});

/** Names and values are checked once more against the pipeline's own table. */
export const params = v.object({
  preset: v.picklist(['default', 'reference', 'paper', 'pack']),
  engine: v.exactOptional(text(40)),
  overrides: v.pipe(
    v.record(text(80), json),
    v.check((value) => Object.keys(value).length <= 100, 'more than 100 overrides'),
  ),
});

export const classes = v.pipe(v.array(promptClass), v.minLength(1), v.maxLength(MAX_CLASSES_ASKED));

const selection = v.variant('kind', [
  v.object({ kind: v.literal('all') }),
  v.object({ kind: v.literal('unlabelled') }),
  v.object({ kind: v.literal('filter'), filter }),
  v.object({ kind: v.literal('ids'), ids: imageIds() }),
]);

export const batchRequest = v.object({
  images: selection,
  categoryIds,
  auto: v.nullable(v.object({ threshold: share, by: v.exactOptional(v.literal('clip')) })),
  params,
  packId: text(200),
  merge: v.picklist(['proposals', 'replaceClasses', 'replaceProposals', 'skipLabelled']),
  thresholds,
});

export const mapRequest = v.variant('kind', [
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
