// Parses single records of a COCO file into data-set records: every fault is named with its path,
// what can be repaired is repaired, unknown fields are kept. Nothing here trusts `area` or `bbox`.
import { MAX_EXTRA_DEPTH, MAX_EXTRA_VALUES } from '../../../../api/rules/classNames.ts';
import type { Json } from '../../../../api/types.ts';
import { isInsideLimits } from '../../../../masks/runs/rle.ts';
import { isNoNumber } from '../../json.ts';
import type { Problems } from '../../problems.ts';
import { describe } from '../../shown.ts';
import type { DatasetAnnotation, DatasetCategory, JsonObject } from '../../types.ts';
import { idFault, keptId, keyOf } from './keys.ts';
import { readSegmentation } from '../segmentation.ts';

export interface CocoImage {
  /** As in the file where it can be written again, else null. */
  readonly id: number | null;
  /** As in the file. */
  readonly fileName: string;
  /** 0 while the file does not say and the image was not asked. */
  readonly width: number;
  readonly height: number;
  readonly extra: JsonObject;
}

const IMAGE_FIELDS = ['id', 'file_name', 'width', 'height'];
const CATEGORY_FIELDS = ['id', 'name', 'supercategory', 'isthing', 'color'];
const ANNOTATION_FIELDS = [
  'id',
  'image_id',
  'category_id',
  'segmentation',
  'area',
  'bbox',
  'iscrowd',
  'score',
];

/** The record as an object, or null with a problem. */
export function asObject(value: Json, path: string, problems: Problems): JsonObject | null {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as JsonObject;
  return problems.skip(path, { code: 'objectWanted', values: [describe(value)] });
}

/** `takesSizes`: an image without a usable size is kept with 0 x 0, to be asked for later. */
export function readImage(
  record: JsonObject,
  path: string,
  takesSizes: boolean,
  problems: Problems,
): CocoImage | null {
  const { id, file_name: name, width, height } = record;
  if (keyOf(id) === null)
    return problems.skip(`${path}.id`, { code: 'numberWanted', values: [describe(id)] });
  if (typeof name !== 'string' || name === '')
    return problems.skip(`${path}.file_name`, {
      code: 'imageNameWanted',
      values: [describe(name)],
    });
  const bad = (['width', 'height'] as const).find((side) => !isSide(record[side]));
  if (bad !== undefined && !takesSizes)
    return problems.skip(`${path}.${bad}`, {
      code: 'pixelsWanted',
      values: [describe(record[bad])],
    });
  if (bad !== undefined)
    problems.repair(`${path}.${bad}`, { code: 'sizeFromImage', values: [describe(record[bad])] });
  else if (!isInsideLimits(width as number, height as number))
    return problems.skip(path, { code: 'tooLarge', values: [[Number(width), Number(height)]] });
  const fault = id === 0 ? null : idFault(id);
  if (fault !== null) problems.repair(`${path}.id`, fault);
  return {
    id: keptId(id),
    fileName: name,
    width: bad === undefined ? (width as number) : 0,
    height: bad === undefined ? (height as number) : 0,
    extra: readExtra(record, IMAGE_FIELDS, path, problems),
  };
}

function isSide(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1;
}

/** The category without a number, which the whole table decides. */
export function readCategory(
  record: JsonObject,
  path: string,
  problems: Problems,
): Omit<DatasetCategory, 'id'> | null {
  const { id, name, supercategory, isthing, color } = record;
  if (keyOf(id) === null)
    return problems.skip(`${path}.id`, { code: 'numberWanted', values: [describe(id)] });
  if (typeof name !== 'string' || name.trim() === '')
    return problems.skip(`${path}.name`, { code: 'classNameWanted', values: [describe(name)] });
  return {
    name,
    supercategory: typeof supercategory === 'string' ? supercategory : '',
    isThing: isthing !== 0 && isthing !== false,
    color: colorOf(color),
    extra: readExtra(record, CATEGORY_FIELDS, path, problems),
  };
}

/** An annotation on an image that is known; `seen` looks up images and categories by id. */
export function readAnnotation(
  record: JsonObject,
  path: string,
  seen: {
    readonly image: (id: Json | undefined) => CocoImage | undefined;
    readonly category: (id: Json | undefined) => DatasetCategory | undefined;
  },
  problems: Problems,
): DatasetAnnotation | null {
  if ('segments_info' in record) return problems.skip(path, { code: 'panoptic', values: [] });
  const { image_id: imageId, category_id: categoryId } = record;
  const image = seen.image(imageId);
  if (!image)
    return problems.skip(`${path}.image_id`, { code: 'noImageOfId', values: [describe(imageId)] });
  const category = seen.category(categoryId);
  if (!category)
    return problems.skip(`${path}.category_id`, {
      code: 'noCategoryOfId',
      values: [describe(categoryId)],
    });
  const mask = readSegmentation(record['segmentation'], image, `${path}.segmentation`, problems);
  if (!mask) return null;
  if (mask.counts.length < 2)
    return problems.skip(`${path}.segmentation`, { code: 'noPixel', values: [] });
  checkBox(record, path, problems);
  return {
    id: readAnnotationId(record['id'], path, problems),
    categoryId: category.id,
    mask,
    score: readScore(record['score'], path, problems),
    origin: 'import',
    isCrowd: readCrowd(record['iscrowd'], path, problems),
    extra: readExtra(record, ANNOTATION_FIELDS, path, problems),
  };
}

function readAnnotationId(id: Json | undefined, path: string, problems: Problems): number | null {
  if (id === 0) problems.repair(`${path}.id`, { code: 'idZero', values: [] });
  else if (id === undefined) problems.repair(`${path}.id`, { code: 'idMissing', values: [] });
  else {
    const fault = idFault(id);
    if (fault !== null) problems.repair(`${path}.id`, fault);
  }
  return keptId(id);
}

function readCrowd(value: Json | undefined, path: string, problems: Problems): boolean {
  if (value === 0 || value === 1) return value === 1;
  problems.repair(
    `${path}.iscrowd`,
    value === undefined
      ? { code: 'crowdMissing', values: [] }
      : { code: 'crowdWanted', values: [describe(value)] },
  );
  return value === true;
}

function readScore(value: Json | undefined, path: string, problems: Problems): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  problems.repair(`${path}.score`, { code: 'scoreOut', values: [describe(value)] });
  return null;
}

function checkBox(record: JsonObject, path: string, problems: Problems): void {
  const { area, bbox } = record;
  if (typeof area !== 'number')
    problems.repair(`${path}.area`, { code: 'areaCounted', values: [describe(area)] });
  if (!Array.isArray(bbox) || bbox.length !== 4 || bbox.some((n) => typeof n !== 'number'))
    problems.repair(`${path}.bbox`, { code: 'boxTaken', values: [describe(bbox)] });
}

/** Unknown fields, safe to merge and to write back; a note names those that cannot be kept. */
function readExtra(
  record: JsonObject,
  known: readonly string[],
  path: string,
  problems: Problems,
): JsonObject {
  const extra = extraFields(record, known);
  for (const [key, value] of Object.entries(record)) {
    if (known.includes(key) || key === '__proto__') continue;
    if (!(key in extra)) problems.repair(`${path}.${key}`, { code: 'tooDeep', values: [] });
    else if (isNoNumber(value))
      problems.repair(`${path}.${key}`, `is ${describe(value)}; kept as null`);
  }
  return extra;
}

/** Unknown fields, without those that are too deep or too large for a project. */
export function extraFields(record: JsonObject, known: readonly string[]): JsonObject {
  const budget = { left: MAX_EXTRA_VALUES };
  const kept: [string, Json][] = [];
  for (const [key, value] of Object.entries(record)) {
    if (known.includes(key) || key === '__proto__') continue;
    const safe = withoutProto(value, MAX_EXTRA_DEPTH - 1, budget);
    if (safe !== undefined) kept.push([key, safe]);
  }
  return Object.fromEntries(kept);
}

/** The value without keys that change prototypes; undefined beyond the bounds. */
function withoutProto(value: Json, depth: number, budget: { left: number }): Json | undefined {
  budget.left -= 1;
  if (budget.left < 0 || depth < 0) return undefined;
  if (isNoNumber(value)) return null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => withoutProto(item, depth - 1, budget));
    return items.includes(undefined) ? undefined : (items as Json[]);
  }
  const entries = Object.entries(value)
    .filter(([key]) => key !== '__proto__')
    .map(([key, item]) => [key, withoutProto(item as Json, depth - 1, budget)] as const);
  return entries.some(([, item]) => item === undefined)
    ? undefined
    : (Object.fromEntries(entries) as JsonObject);
}

function colorOf(value: Json | undefined): string {
  if (typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)) return value.toLowerCase();
  if (Array.isArray(value) && value.length === 3 && value.every(isByte))
    return `#${value.map((n) => Number(n).toString(16).padStart(2, '0')).join('')}`;
  return '';
}

function isByte(value: Json): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}
