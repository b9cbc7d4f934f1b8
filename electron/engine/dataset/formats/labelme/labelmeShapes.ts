// Parses one labelme JSON file: polygons, boxes, circles, ellipses and mask shapes become masks; shapes
// of one label and group are one object. Everything in the file is untrusted.
import type { Json, RleMask } from '../../../../api/types.ts';
import { subtract, union } from '../../../../masks/runs/combine.ts';
import { paste } from '../../../../masks/runs/crop.ts';
import { rasterizeRing } from '../../../../masks/outlines/rasterize.ts';
import { isInsideLimits } from '../../../../masks/runs/rle.ts';
import { asObject, extraFields } from '../../coco/reading/records.ts';
import { endOf } from '../../imageNames.ts';
import { parseJson, rawNumber } from '../../json.ts';
import type { Problems } from '../../problems.ts';
import { describe } from '../../shown.ts';
import type { JsonObject } from '../../types.ts';
import { axesRing } from '../reading/areas.ts';
import { saidOfImage, saidOfShape } from './labelmeSaid.ts';
import { bytesOfBase64, maskOfPng } from '../reading/pngArea.ts';
import { counted } from '../../../../link/words/counted.ts';

const SHAPE_FIELDS = ['label', 'points', 'group_id', 'shape_type', 'mask', 'score', 'holes'];
const MAX_SHAPES = 100_000;

export interface LabelmeObject {
  readonly label: string;
  readonly mask: RleMask;
  readonly score: number | null;
  readonly isCrowd: boolean;
  readonly extra: JsonObject;
}

export interface LabelmeFile {
  /** As written in the file; relative to it. Null when it names none. */
  readonly imagePath: string | null;
  readonly width: number;
  readonly height: number;
  readonly objects: readonly LabelmeObject[];
  /** Tags and note of the image. */
  readonly extra: JsonObject;
}

/** The outer parts of a file, before its shapes are drawn. */
export interface OpenedLabelme {
  /** As written in the file; relative to it. Null when it names none. */
  readonly imagePath: string | null;
  /** Null where the file does not say (labelme 3). */
  readonly width: number | null;
  readonly height: number | null;
  readonly shapes: readonly Json[];
  /** Tags and note of the image. */
  readonly extra: JsonObject;
}

/** Parses the text; null after a note. */
export function openLabelme(text: string, name: string, problems: Problems): OpenedLabelme | null {
  const parsed = parseJson(text);
  if ('fault' in parsed) return problems.skip(name, parsed.fault);
  const file = asObject(parsed.value, name, problems);
  if (!file) return null;
  const { shapes, imagePath, imageWidth, imageHeight } = file;
  if (!Array.isArray(shapes)) return problems.skip(`${name} $.shapes`, 'is missing or no list');
  if (shapes.length > MAX_SHAPES)
    return problems.skip(`${name} $.shapes`, `has ${shapes.length} shapes; at most ${MAX_SHAPES}`);
  return {
    imagePath: typeof imagePath === 'string' && imagePath !== '' ? endOf(imagePath) : null,
    width: typeof imageWidth === 'number' ? imageWidth : null,
    height: typeof imageHeight === 'number' ? imageHeight : null,
    shapes,
    extra: saidOfImage(file),
  };
}

/** `size` is that of the known image; it must agree with the file's own where both are there. */
export async function parseLabelme(
  text: string,
  name: string,
  size: { readonly width: number; readonly height: number } | null,
  problems: Problems,
): Promise<LabelmeFile | null> {
  const opened = openLabelme(text, name, problems);
  return opened && drawLabelme(opened, name, size, problems);
}

/** Draws the shapes of an opened file. */
export async function drawLabelme(
  opened: OpenedLabelme,
  name: string,
  size: { readonly width: number; readonly height: number } | null,
  problems: Problems,
): Promise<LabelmeFile | null> {
  const { imagePath, shapes } = opened;
  const width = opened.width ?? size?.width;
  const height = opened.height ?? size?.height;
  if (width === undefined || height === undefined || !isInsideLimits(width, height))
    return problems.skip(
      name,
      'has no usable imageWidth and imageHeight, and no image is here to take them from',
    );
  if (size && (size.width !== width || size.height !== height))
    return problems.skip(
      name,
      `is for an image of ${width} x ${height} px; the image is ${size.width} x ${size.height} px`,
    );
  const objects = new Map<string, LabelmeObject>();
  for (const [i, item] of shapes.entries()) {
    const path = `${name} $.shapes[${i}]`;
    const shape = asObject(item as Json, path, problems);
    const object = shape && (await readShape(shape, { width, height }, path, problems));
    if (!object) continue;
    const group = groupOf(shape['group_id']);
    const key = group === null ? `shape ${i}` : `group ${JSON.stringify([group, object.label])}`;
    const before = objects.get(key);
    objects.set(key, before ? { ...before, mask: union(before.mask, object.mask) } : object);
  }
  return { imagePath, width, height, objects: [...objects.values()], extra: opened.extra };
}

/** Shapes of one group are one object; an empty text is what some programs write for "no group". */
function groupOf(value: Json | undefined): Json | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return typeof value === 'number' || rawNumber(value) !== null ? value! : null;
}

interface ImageSize {
  readonly width: number;
  readonly height: number;
}

async function readShape(
  shape: JsonObject,
  size: ImageSize,
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
    const drawn = await draw(kind, ring, shape['mask'], size);
    mask = drawn && withoutHoles(drawn, shape['holes']);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return problems.skip(path, error.message);
  }
  if (!mask)
    return problems.skip(
      path,
      `is a ${typeof kind === 'string' ? kind.slice(0, 40) : describe(kind)}; only areas are imported`,
    );
  if (mask.counts.length < 2) return problems.skip(path, { code: 'noPixel', values: [] });
  return {
    label,
    mask,
    score: typeof score === 'number' && Number.isFinite(score) ? score : null,
    ...saidOfShape(extraFields(shape, SHAPE_FIELDS)),
  };
}

async function draw(
  kind: Json,
  ring: readonly number[],
  mask: Json | undefined,
  { width, height }: ImageSize,
): Promise<RleMask | null> {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = ring;
  switch (kind) {
    case 'polygon':
    case 'rotation':
    case 'oriented_rectangle':
    case 'quadrilateral':
      if (ring.length < 6)
        throw new RangeError(`has ${counted(ring.length / 2, 'point')}; a polygon needs 3`);
      return rasterizeRing(ring, width, height);
    case 'rectangle':
      // Some programs write all four corners.
      if (ring.length === 8) return rasterizeRing(ring, width, height);
      if (ring.length !== 4) throw new RangeError('is a rectangle without two corners');
      return rasterizeRing([x0, y0, x1, y0, x1, y1, x0, y1], width, height);
    case 'circle': {
      if (ring.length !== 4) throw new RangeError('is a circle without centre and rim');
      const radius = Math.hypot(x1 - x0, y1 - y0);
      const rim = axesRing([x0, y0], [radius, 0], [0, radius]);
      return rasterizeRing(rim, width, height);
    }
    case 'ellipse':
      return rasterizeRing(ellipseIn(ring), width, height);
    case 'mask': {
      if (ring.length !== 4) throw new RangeError('is a mask without two corners');
      if (typeof mask !== 'string') throw new RangeError('is a mask without its PNG');
      const drawn = await maskOfPng(bytesOfBase64(mask));
      const [left, top] = [Math.trunc(Math.min(x0, x1)), Math.trunc(Math.min(y0, y1))];
      const columns = Math.trunc(Math.max(x0, x1)) - left + 1;
      const rows = Math.trunc(Math.max(y0, y1)) - top + 1;
      // Corners are the first and the last pixel; some files have the pixel after the last one.
      const fits = (size: number, said: number) => size === said || size === said - 1;
      if (!fits(drawn.width, columns) || !fits(drawn.height, rows))
        throw new RangeError(
          `has a PNG of ${drawn.width} x ${drawn.height} px; its corners say ${columns} x ${rows} px`,
        );
      return paste(drawn, { width, height, x: left, y: top });
    }
    default:
      return null;
  }
}

/** The ellipse in a box, given by two opposite corners or, when it is turned, by all four in order. */
function ellipseIn(ring: readonly number[]): number[] {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ring;
  if (ring.length === 4)
    return axesRing([(x0 + x1) / 2, (y0 + y1) / 2], [(x1 - x0) / 2, 0], [0, (y1 - y0) / 2]);
  if (ring.length !== 8) throw new RangeError('is an ellipse without two or four corners');
  return axesRing(
    [(x0 + x2) / 2, (y0 + y2) / 2],
    [(x1 - x0) / 2, (y1 - y0) / 2],
    [(x2 - x1) / 2, (y2 - y1) / 2],
  );
}

/** The area without its holes, each a list of points like the outline itself. */
function withoutHoles(mask: RleMask, holes: Json | undefined): RleMask {
  if (holes === undefined || holes === null) return mask;
  if (!Array.isArray(holes)) throw new RangeError('has holes that are no list of rings');
  return holes.reduce<RleMask>((rest, hole: Json, i) => {
    if (!Array.isArray(hole) || hole.length < 3 || !hole.every(isPoint))
      throw new RangeError(`has a hole (number ${i}) that is no list of 3 or more [x, y] pairs`);
    const ring = (hole as unknown as [number, number][]).flat();
    return subtract(rest, rasterizeRing(ring, mask.width, mask.height));
  }, mask);
}

function isPoint(value: Json): boolean {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((n) => typeof n === 'number' && Number.isFinite(n))
  );
}
