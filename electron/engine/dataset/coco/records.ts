// Parses single records of a COCO file into data-set records: every fault is named with its path,
// what can be repaired is repaired, unknown fields are kept. Nothing here trusts `area` or `bbox`.
import type { Json } from '../../../api/types.ts';
import { isInsideLimits } from '../../../masks/rle.ts';
import { relativeNameFault } from '../fileNames.ts';
import type { Problems } from '../problems.ts';
import type { DatasetAnnotation, DatasetCategory, JsonObject } from '../types.ts';
import { readSegmentation } from './segmentation.ts';

export interface CocoImage {
  readonly id: number;
  readonly fileName: string;
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
const MAX_EXTRA_DEPTH = 32;

/** The record as an object, or null with a problem. */
export function asObject(value: Json, path: string, problems: Problems): JsonObject | null {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as JsonObject;
  return problems.skip(path, `is ${describe(value)}; expected an object`);
}

export function readImage(record: JsonObject, path: string, problems: Problems): CocoImage | null {
  const { id, file_name: name, width, height } = record;
  if (!isId(id)) return problems.skip(`${path}.id`, idFault(id));
  if (typeof name !== 'string' || name === '')
    return problems.skip(`${path}.file_name`, `is ${describe(name)}; expected a relative path`);
  const fileName = name.includes('\\') && !name.includes('/') ? name.replaceAll('\\', '/') : name;
  const fault = relativeNameFault(fileName);
  if (fault) return problems.skip(`${path}.file_name`, fault);
  if (fileName !== name)
    problems.repair(`${path}.file_name`, 'has backslashes; read as forward slashes');
  for (const [side, value] of [
    ['width', width],
    ['height', height],
  ] as const)
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1)
      return problems.skip(`${path}.${side}`, `is ${describe(value)}; expected pixels, 1 or more`);
  if (!isInsideLimits(width as number, height as number))
    return problems.skip(path, `is ${String(width)} x ${String(height)} px; that is too large`);
  return {
    id: id as number,
    fileName,
    width: width as number,
    height: height as number,
    extra: extraFields(record, IMAGE_FIELDS),
  };
}

export function readCategory(
  record: JsonObject,
  path: string,
  problems: Problems,
): DatasetCategory | null {
  const { id, name, supercategory, isthing, color } = record;
  if (!isId(id)) return problems.skip(`${path}.id`, idFault(id));
  if (typeof name !== 'string' || name.trim() === '')
    return problems.skip(`${path}.name`, `is ${describe(name)}; expected a class name`);
  if (id === 0)
    problems.repair(`${path}.id`, 'is 0, which several readers take for "no class"; kept as it is');
  return {
    id: id as number,
    name,
    supercategory: typeof supercategory === 'string' ? supercategory : '',
    isThing: isthing !== 0 && isthing !== false,
    color: colorOf(color),
    extra: extraFields(record, CATEGORY_FIELDS),
  };
}

/** An annotation on an image that is known; `seen` looks up images and categories by id. */
export function readAnnotation(
  record: JsonObject,
  path: string,
  seen: {
    readonly image: (id: number) => CocoImage | undefined;
    readonly hasCategory: (id: number) => boolean;
  },
  problems: Problems,
): { readonly image: CocoImage; readonly annotation: DatasetAnnotation } | null {
  if ('segments_info' in record)
    return problems.skip(path, 'is panoptic (segments_info); its masks are in PNG files beside it');
  const { image_id: imageId, category_id: categoryId } = record;
  const image = typeof imageId === 'number' ? seen.image(imageId) : undefined;
  if (!image)
    return problems.skip(`${path}.image_id`, `is ${describe(imageId)}; no image has that id`);
  if (typeof categoryId !== 'number' || !seen.hasCategory(categoryId))
    return problems.skip(
      `${path}.category_id`,
      `is ${describe(categoryId)}; no category has that id`,
    );
  const mask = readSegmentation(
    record['segmentation'],
    image.width,
    image.height,
    `${path}.segmentation`,
    problems,
  );
  if (!mask) return null;
  if (mask.counts.length < 2)
    return problems.skip(`${path}.segmentation`, 'covers no pixel of its image');
  checkBox(record, path, problems);
  const annotation: DatasetAnnotation = {
    id: readAnnotationId(record['id'], path, problems),
    categoryId,
    mask,
    score: readScore(record['score'], path, problems),
    origin: 'import',
    isCrowd: readCrowd(record['iscrowd'], path, problems),
    extra: extraFields(record, ANNOTATION_FIELDS),
  };
  return { image, annotation };
}

function readAnnotationId(id: Json | undefined, path: string, problems: Problems): number | null {
  if (isId(id) && id !== 0) return id as number;
  problems.repair(
    `${path}.id`,
    id === 0
      ? 'is 0, which pycocotools counts as unmatched; it gets a new number'
      : `${idFault(id)}; it gets a new number`,
  );
  return null;
}

function readCrowd(value: Json | undefined, path: string, problems: Problems): boolean {
  if (value === 0 || value === 1) return value === 1;
  problems.repair(
    `${path}.iscrowd`,
    value === undefined ? 'is missing; read as 0' : `is ${describe(value)}; expected 0 or 1`,
  );
  return value === true;
}

function readScore(value: Json | undefined, path: string, problems: Problems): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  problems.repair(`${path}.score`, `is ${describe(value)}; left out`);
  return null;
}

function checkBox(record: JsonObject, path: string, problems: Problems): void {
  const { area, bbox } = record;
  if (typeof area !== 'number')
    problems.repair(`${path}.area`, `is ${describe(area)}; counted from the mask`);
  if (!Array.isArray(bbox) || bbox.length !== 4 || bbox.some((n) => typeof n !== 'number'))
    problems.repair(`${path}.bbox`, `is ${describe(bbox)}; taken from the mask`);
}

/** Fields that we do not know, safe to merge and to write back. */
export function extraFields(record: JsonObject, known: readonly string[]): JsonObject {
  const entries = Object.entries(record).filter(
    ([key]) => !known.includes(key) && key !== '__proto__',
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutProto(value, 0)]));
}

function withoutProto(value: Json, depth: number): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_EXTRA_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item: Json) => withoutProto(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, item]) => [key, withoutProto(item as Json, depth + 1)]),
  );
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

function isId(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function idFault(value: Json | undefined): string {
  return `is ${describe(value)}; expected a whole number of 0 or more`;
}

function describe(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
