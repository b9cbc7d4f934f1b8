// Parses one labelme JSON file: polygons, rectangles, circles and mask shapes become masks; shapes of
// one label and group are one object. Everything in the file is untrusted.
import type { Json, RleMask } from '../../../api/types.ts';
import { maskFromBitmap } from '../../../masks/bitmap.ts';
import { union } from '../../../masks/combine.ts';
import { paste } from '../../../masks/crop.ts';
import { rasterizeRing } from '../../../masks/rasterize.ts';
import { isInsideLimits } from '../../../masks/rle.ts';
import { asObject, extraFields } from '../coco/records.ts';
import { decodePng } from '../png/decode.ts';
import type { Problems } from '../problems.ts';
import type { JsonObject } from '../types.ts';

const SHAPE_FIELDS = ['label', 'points', 'group_id', 'shape_type', 'mask', 'score'];
const CIRCLE_CORNERS = 128;
const MAX_SHAPES = 100_000;

export interface LabelmeObject {
  readonly label: string;
  readonly mask: RleMask;
  readonly score: number | null;
  readonly extra: JsonObject;
}

export interface LabelmeFile {
  /** As written in the file; relative to it. Null when it names none. */
  readonly imagePath: string | null;
  readonly width: number;
  readonly height: number;
  readonly objects: readonly LabelmeObject[];
}

/** `size` is that of the known image; it must agree with the file's own where both are there. */
export async function parseLabelme(
  text: string,
  name: string,
  size: { readonly width: number; readonly height: number } | null,
  problems: Problems,
): Promise<LabelmeFile | null> {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return problems.skip(name, 'is not valid JSON');
  }
  const file = asObject(value, name, problems);
  if (!file) return null;
  const { shapes, imagePath, imageWidth, imageHeight } = file;
  if (!Array.isArray(shapes)) return problems.skip(`${name} $.shapes`, 'is missing or no list');
  if (shapes.length > MAX_SHAPES)
    return problems.skip(`${name} $.shapes`, `has ${shapes.length} shapes; at most ${MAX_SHAPES}`);
  const width = typeof imageWidth === 'number' ? imageWidth : size?.width;
  const height = typeof imageHeight === 'number' ? imageHeight : size?.height;
  if (width === undefined || height === undefined || !isInsideLimits(width, height))
    return problems.skip(name, 'has no usable imageWidth and imageHeight');
  if (size && (size.width !== width || size.height !== height))
    return problems.skip(
      name,
      `is for an image of ${width} x ${height} px; the image is ${size.width} x ${size.height} px`,
    );
  const objects = new Map<string, LabelmeObject>();
  for (const [i, item] of shapes.entries()) {
    const path = `${name} $.shapes[${i}]`;
    const shape = asObject(item as Json, path, problems);
    const object = shape && (await readShape(shape, width, height, path, problems));
    if (!object) continue;
    const group = shape['group_id'];
    const key =
      typeof group === 'number' || typeof group === 'string'
        ? `group ${JSON.stringify([group, object.label])}`
        : `shape ${i}`;
    const before = objects.get(key);
    objects.set(key, before ? { ...before, mask: union(before.mask, object.mask) } : object);
  }
  return {
    imagePath: typeof imagePath === 'string' && imagePath !== '' ? imagePath : null,
    width,
    height,
    objects: [...objects.values()],
  };
}

async function readShape(
  shape: JsonObject,
  width: number,
  height: number,
  path: string,
  problems: Problems,
): Promise<LabelmeObject | null> {
  const { label, points, score } = shape;
  const kind = shape['shape_type'] ?? 'polygon';
  if (typeof label !== 'string' || label === '')
    return problems.skip(`${path}.label`, 'is missing or empty');
  if (!Array.isArray(points) || !points.every(isPoint))
    return problems.skip(`${path}.points`, 'is no list of [x, y] pairs');
  const ring = (points as [number, number][]).flat();
  let mask: RleMask | null;
  try {
    mask = await draw(kind, ring, shape['mask'], width, height);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return problems.skip(path, error.message);
  }
  if (!mask)
    return problems.skip(path, `is a ${String(kind).slice(0, 40)}; only areas are imported`);
  if (mask.counts.length < 2) return problems.skip(path, 'covers no pixel of its image');
  return {
    label,
    mask,
    score: typeof score === 'number' && Number.isFinite(score) ? score : null,
    extra: extraFields(shape, SHAPE_FIELDS),
  };
}

async function draw(
  kind: Json,
  ring: readonly number[],
  mask: Json | undefined,
  width: number,
  height: number,
): Promise<RleMask | null> {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = ring;
  switch (kind) {
    case 'polygon':
    case 'rotation':
    case 'oriented_rectangle':
      if (ring.length < 6) throw new RangeError(`has ${ring.length / 2} points; a polygon needs 3`);
      return rasterizeRing(ring, width, height);
    case 'rectangle':
      // Some programs write all four corners.
      if (ring.length === 8) return rasterizeRing(ring, width, height);
      if (ring.length !== 4) throw new RangeError('is a rectangle without two corners');
      return rasterizeRing([x0, y0, x1, y0, x1, y1, x0, y1], width, height);
    case 'circle': {
      if (ring.length !== 4) throw new RangeError('is a circle without centre and rim');
      const radius = Math.hypot(x1 - x0, y1 - y0);
      const corners = Array.from({ length: CIRCLE_CORNERS }, (_, i) => {
        const angle = (2 * Math.PI * i) / CIRCLE_CORNERS;
        return [x0 + radius * Math.cos(angle), y0 + radius * Math.sin(angle)];
      });
      return rasterizeRing(corners.flat(), width, height);
    }
    case 'mask': {
      if (ring.length !== 4) throw new RangeError('is a mask without two corners');
      if (typeof mask !== 'string') throw new RangeError('is a mask without its PNG');
      const png = await decodePng(Buffer.from(mask, 'base64'));
      const [left, top] = [Math.trunc(Math.min(x0, x1)), Math.trunc(Math.min(y0, y1))];
      const columns = Math.trunc(Math.max(x0, x1)) - left + 1;
      const rows = Math.trunc(Math.max(y0, y1)) - top + 1;
      // Corners are the first and the last pixel; some files have the pixel after the last one.
      const fits = (size: number, said: number) => size === said || size === said - 1;
      if (png.channels !== 1 || !fits(png.width, columns) || !fits(png.height, rows))
        throw new RangeError(
          `has a PNG of ${png.width} x ${png.height} px in ${png.channels} channels; its corners say ${columns} x ${rows} px in one`,
        );
      const pixels = Uint8Array.from(png.data, (value) => (value > 0 ? 1 : 0));
      return paste(maskFromBitmap(pixels, png.width, png.height), width, height, left, top);
    }
    default:
      return null;
  }
}

function isPoint(value: Json): boolean {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((n) => typeof n === 'number' && Number.isFinite(n))
  );
}
