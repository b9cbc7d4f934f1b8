// Regions of a Label Studio task as masks. Results of one id are one region: its shape may stand in one,
// its class and further answers in others. Lengths are percent of the image.
import type { Json, RleMask } from '../../../../api/types.ts';
import type { Problems } from '../../problems.ts';
import type { JsonObject } from '../../types.ts';
import {
  ellipseRing,
  isFiniteNumber,
  numberOf,
  rectangleRing,
  ringArea,
  ringOfPairs,
} from '../reading/areas.ts';
import type { Size } from '../reading/areas.ts';
import { decodeBrush } from './brushRle.ts';
import { listOf, objectOf, textOf } from '../reading/jsonFile.ts';
import type { FoundObject } from '../reading/labelledImages.ts';

const AREAS = /^(brush|polygon|rectangle|ellipse|magicwand)(labels)?$/;
const CLASSES = /labels$/;
/** Answers to one region that are looked at. */
const MAX_ANSWERS = 100;

interface Place {
  readonly place: string;
  readonly report: Problems;
}

/** The size of the image as it was labelled; null when no region says it. */
export function sizeOfRegions(regions: readonly JsonObject[]): Size | null {
  for (const { original_width: width, original_height: height } of regions)
    if (isFiniteNumber(width) && isFiniteNumber(height) && width >= 1 && height >= 1)
      return { width: Math.round(width), height: Math.round(height) };
  return null;
}

export async function readRegions(
  results: readonly JsonObject[],
  size: Size,
  { place, report }: Place,
): Promise<readonly FoundObject[]> {
  const found: FoundObject[] = [];
  const byId = Map.groupBy(results, ({ id }) => textOf(id));
  const sameAs = (result: JsonObject) => {
    const id = textOf(result['id']);
    const others = id === null ? [] : (byId.get(id) ?? []).filter((one) => one !== result);
    return others.slice(0, MAX_ANSWERS);
  };
  for (const [i, result] of results.entries()) {
    const at = `${place}[${i}]`;
    const kind = textOf(result['type']) ?? kindOf(objectOf(result['value']) ?? {});
    if (!AREAS.test(kind)) {
      if (!belongsToArea(sameAs(result), kind)) tellOther(kind, result, { place: at, report });
      continue;
    }
    try {
      found.push(objectOfRegion([result, ...sameAs(result)], size, { place: at, report }));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      report.skip(at, error.message);
    }
    // A brush of a large image takes a while; others want the thread too.
    await Promise.resolve();
  }
  return found;
}

/** JSON-MIN leaves the type out; the value's own keys tell. */
function kindOf(value: JsonObject): string {
  const named = Object.keys(value).find((key) => AREAS.test(key) || CLASSES.test(key));
  if (named !== undefined) return named;
  if ('rle' in value) return 'brush';
  if ('points' in value) return 'polygon';
  if ('radiusX' in value) return 'ellipse';
  return 'width' in value && 'x' in value ? 'rectangle' : 'something without a type';
}

/** Answers about a region share its id. */
function belongsToArea(others: readonly JsonObject[], kind: string): boolean {
  return kind !== 'relation' && others.some((one) => AREAS.test(textOf(one['type']) ?? ''));
}

function tellOther(kind: string, result: JsonObject, { place, report }: Place): void {
  const isShape =
    objectOf(result['value'])?.['x'] !== undefined || /keypoint|vector|bitmask|video/.test(kind);
  if (isShape) report.skip(place, `is of the type ${kind.slice(0, 40)}; only areas are imported`);
  else report.repair(place, `is ${kind.slice(0, 40)} of the whole image; only areas are imported`);
}

/** The shape is in the first of the results. */
function objectOfRegion(
  same: readonly JsonObject[],
  size: Size,
  { place, report }: Place,
): FoundObject {
  const [result] = same;
  const value = objectOf(result!['value']);
  if (!value) throw new RangeError('has no value');
  const rotation = result!['image_rotation'];
  if (isFiniteNumber(rotation) && rotation !== 0)
    throw new RangeError(
      `was drawn on the image turned by ${rotation}°; turn it back in Label Studio`,
    );
  const labels = same.flatMap((one) => labelsIn(objectOf(one['value']) ?? {}));
  const [label, ...others] = [...new Set(labels)];
  if (label === undefined) throw new RangeError('has no class');
  if (others.length > 0)
    report.repair(place, `has ${others.length + 1} classes; read as ${JSON.stringify(label)}`);
  const mask = draw(value, size);
  if (value['radiusX'] === undefined && value['points'] === undefined && value['rle'] === undefined)
    report.repair(place, { code: 'box', values: [] });
  const score = result!['score'];
  return {
    label,
    mask,
    score: isFiniteNumber(score) && score >= 0 && score <= 1 ? score : null,
    extra: answersOf(same.slice(1), others),
  };
}

function labelsIn(value: JsonObject): string[] {
  return Object.entries(value)
    .filter(([key]) => CLASSES.test(key))
    .flatMap(([, names]) => listOf(names).flatMap((name) => textOf(name) ?? []));
}

/** Further classes, and answers that were given to the region. */
function answersOf(others: readonly JsonObject[], classes: readonly string[]): JsonObject {
  const answers = others.flatMap((one): [string, Json][] => {
    const value = objectOf(one['value']) ?? {};
    const kind = textOf(one['type']) ?? '';
    const answer = value[kind] ?? value['text'] ?? null;
    return CLASSES.test(kind) || answer === null
      ? []
      : [[textOf(one['from_name']) ?? kind, answer]];
  });
  return {
    ...(classes.length > 0 ? { classes } : {}),
    ...(answers.length > 0 ? { attributes: Object.fromEntries(answers) } : {}),
  };
}

function draw(value: JsonObject, size: Size): RleMask {
  const across = (name: string) => (numberOf(value[name], name) * size.width) / 100;
  const down = (name: string) => (numberOf(value[name], name) * size.height) / 100;
  const degrees = isFiniteNumber(value['rotation']) ? value['rotation'] : 0;
  if (value['rle'] !== undefined) return readBrush(value, size);
  if (value['points'] !== undefined) {
    const ring = ringOfPairs(value['points']);
    const pixels = ring.map((n, i) => (n * (i % 2 === 0 ? size.width : size.height)) / 100);
    return ringArea(pixels, [], size);
  }
  const [x, y] = [across('x'), down('y')];
  if (value['radiusX'] !== undefined)
    return ringArea(ellipseRing([x, y], [across('radiusX'), down('radiusY')], degrees), [], size);
  // Rectangles turn around the corner that they began with.
  const box = { x, y, width: across('width'), height: down('height') };
  return ringArea(rectangleRing(box, degrees, [x, y]), [], size);
}

function readBrush(value: JsonObject, { width, height }: Size): RleMask {
  const rle = value['rle'];
  if (!Array.isArray(rle) || !rle.every((byte) => isFiniteNumber(byte) && byte >= 0 && byte <= 255))
    throw new RangeError('has an rle that is no list of bytes');
  return decodeBrush(rle as readonly number[], width, height);
}
