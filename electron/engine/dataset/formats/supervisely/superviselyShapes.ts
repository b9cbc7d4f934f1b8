// One object of a Supervisely file as a mask: a PNG inside zlib inside base64, an outline with holes, or
// a rectangle.
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { Json, RleMask } from '../../../../api/types.ts';
import { paste } from '../../../../masks/runs/crop.ts';
import type { JsonObject } from '../../types.ts';
import { numberOf, rectangleRing, ringArea, ringOfPairs } from '../reading/areas.ts';
import type { Size } from '../reading/areas.ts';
import { listOf, objectOf, textOf } from '../reading/jsonFile.ts';
import type { FoundObject } from '../reading/labelledImages.ts';
import { bytesOfBase64, maskOfPng } from '../reading/pngArea.ts';

const inflateAsync = promisify(inflate);
/** A PNG of a mask is a few kilobytes. */
const MAX_PNG_BYTES = 64 * 1024 * 1024;

/** Throws a RangeError for what is no area, or makes no sense. */
export async function readSuperviselyObject(object: JsonObject, size: Size): Promise<FoundObject> {
  const label = textOf(object['classTitle']);
  if (label === null) throw new RangeError('has no classTitle');
  return { label, mask: await draw(object, size), score: null, extra: extraOf(object) };
}

async function draw(object: JsonObject, size: Size): Promise<RleMask> {
  // Files of the first years name the kind only by what they hold.
  const kind = textOf(object['geometryType']) ?? (object['bitmap'] ? 'bitmap' : 'polygon');
  const points = objectOf(object['points']) ?? {};
  switch (kind) {
    case 'bitmap':
      return readBitmap(objectOf(object['bitmap']) ?? {}, size);
    case 'polygon': {
      const holes = listOf(points['interior']).map((ring) => ringOfPairs(ring, 'interior points'));
      return ringArea(ringOfPairs(points['exterior'], 'exterior points'), holes, size);
    }
    case 'rectangle': {
      const corners = ringOfPairs(points['exterior'], 'exterior points');
      if (corners.length !== 4) throw new RangeError('is a rectangle without two corners');
      const [x0, y0, x1, y1] = corners as [number, number, number, number];
      const box = { x: Math.min(x0, x1), y: Math.min(y0, y1) };
      const ring = rectangleRing({ ...box, width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) });
      return ringArea(ring, [], size);
    }
    default:
      throw new RangeError(`is a ${kind.slice(0, 40)}; only areas are imported`);
  }
}

async function readBitmap(bitmap: JsonObject, { width, height }: Size): Promise<RleMask> {
  const data = textOf(bitmap['data']);
  const [x, y] = listOf(bitmap['origin']);
  if (data === null) throw new RangeError('is a bitmap without data');
  const [left, top] = [numberOf(x, 'origin'), numberOf(y, 'origin')];
  const png = await inflateAsync(bytesOfBase64(data), { maxOutputLength: MAX_PNG_BYTES }).catch(
    (cause: unknown) => {
      throw new RangeError('has bitmap data that cannot be unpacked', { cause });
    },
  );
  return paste(await maskOfPng(png), { width, height, x: Math.trunc(left), y: Math.trunc(top) });
}

/** Tags as attributes; who drew it and when is Supervisely's own business. */
function extraOf(object: JsonObject): JsonObject {
  const tags = listOf(object['tags']).flatMap((value): [string, Json][] => {
    const tag = objectOf(value);
    const name = textOf(tag?.['name']);
    return name === null ? [] : [[name, tag?.['value'] ?? true]];
  });
  const description = textOf(object['description']);
  return {
    ...(description === null ? {} : { description }),
    ...(tags.length > 0 ? { attributes: Object.fromEntries(tags) } : {}),
  };
}
