// One shape of a CVAT XML file as a mask, with what CVAT keeps beside it.
import type { Field } from '../../../../api/rules/fields/fields.ts';
import { MARK_NAMES } from '../../../../api/rules/fields/schema.ts';
import type { Json, RleMask } from '../../../../api/types.ts';
import { maskFromBitmap } from '../../../../masks/runs/bitmap.ts';
import { paste } from '../../../../masks/runs/crop.ts';
import { checkSize } from '../../../../masks/runs/rle.ts';
import type { JsonObject } from '../../types.ts';
import { ellipseRing, rectangleRing, ringArea } from '../reading/areas.ts';
import type { Size } from '../reading/areas.ts';
import type { GroupedObject } from '../reading/groups.ts';
import type { XmlNode } from '../reading/xmlElements.ts';
import { readValue } from './cvatLabels.ts';
import { CROWD, NOTE, TALK } from './cvatSpecs.ts';

/** Masks in the file are row by row inside their box. */
const MAX_MASK_PIXELS = 2 ** 28;

export interface CvatShape extends GroupedObject {
  /** Smaller = further back. */
  readonly order: number;
  /** What was changed in reading, or null. */
  readonly note: string | null;
}

/** Throws a RangeError for what is no area, or makes no sense. */
export function readCvatShape(
  node: XmlNode,
  size: Size,
  fields: ReadonlyMap<string, readonly Field[]>,
): CvatShape {
  const { label = '', group_id: group, z_order: order } = node.attributes;
  if (label === '') throw new RangeError('has no label');
  return {
    label,
    mask: draw(node, size),
    score: null,
    group: group ?? null,
    order: order === undefined ? 0 : numberIn(node, 'z_order'),
    note: node.name === 'box' ? 'is a box; read as the area of its rectangle' : null,
    ...saidOf(node, fields.get(label) ?? []),
  };
}

function draw(node: XmlNode, size: Size): RleMask {
  const number = (name: string) => numberIn(node, name);
  const degrees = node.attributes['rotation'] === undefined ? 0 : number('rotation');
  switch (node.name) {
    case 'polygon':
      return ringArea(pointsOf(node), [], size);
    case 'box': {
      const [x, y] = [number('xtl'), number('ytl')];
      const box = { x, y, width: number('xbr') - x, height: number('ybr') - y };
      return ringArea(rectangleRing(box, degrees), [], size);
    }
    case 'ellipse': {
      const ring = ellipseRing([number('cx'), number('cy')], [number('rx'), number('ry')], degrees);
      return ringArea(ring, [], size);
    }
    case 'mask':
      return readMask(node, size);
    default:
      throw new RangeError(`is a ${kindOf(node)}; only areas are imported`);
  }
}

const kindOf = ({ name }: XmlNode) => (name === 'points' ? 'set of points' : name.slice(0, 40));

/** Lengths of runs along the rows of the box, background first. */
function readMask(node: XmlNode, { width, height }: Size): RleMask {
  const [left, top] = [numberIn(node, 'left'), numberIn(node, 'top')];
  const [columns, rows] = [numberIn(node, 'width'), numberIn(node, 'height')];
  checkSize(columns, rows);
  if (columns * rows > MAX_MASK_PIXELS || columns > 2 * width || rows > 2 * height)
    throw new RangeError(
      `has a box of ${columns} x ${rows} px in an image of ${width} x ${height} px`,
    );
  const bitmap = new Uint8Array(columns * rows);
  let at = 0;
  let value = 0;
  for (const text of (node.attributes['rle'] ?? '').split(',')) {
    const length = Number(text);
    if (text.trim() === '' || !Number.isInteger(length) || length < 0)
      throw new RangeError(`has ${JSON.stringify(text.slice(0, 40))} among its run lengths`);
    if (at + length > bitmap.length)
      throw new RangeError(`has runs that reach past its box of ${columns} x ${rows} px`);
    bitmap.fill(value, at, (at += length));
    value = 1 - value;
  }
  if (at < bitmap.length)
    throw new RangeError(
      `has runs for ${at} of the ${bitmap.length} px of its box; they were cut off`,
    );
  return paste(maskFromBitmap(bitmap, columns, rows), {
    width,
    height,
    x: Math.trunc(left),
    y: Math.trunc(top),
  });
}

/** "x,y;x,y;..." */
function pointsOf(node: XmlNode): number[] {
  return (node.attributes['points'] ?? '').split(';').flatMap((pair) => {
    const [x, y, ...more] = pair
      .split(',')
      .map((text) => (text.trim() === '' ? NaN : Number(text)));
    if (!Number.isFinite(x) || !Number.isFinite(y) || more.length > 0)
      throw new RangeError(`has the point ${JSON.stringify(pair.slice(0, 40))}; expected x,y`);
    return [x!, y!];
  });
}

function numberIn(node: XmlNode, name: string): number {
  const text = node.attributes[name];
  const value = Number(text);
  if (text === undefined || text.trim() === '' || !Number.isFinite(value))
    throw new RangeError(`has ${name} ${JSON.stringify(text ?? null)}; expected a number`);
  return value;
}

function saidOf(
  { attributes, children }: XmlNode,
  fields: readonly Field[],
): { readonly extra: JsonObject; readonly isCrowd: boolean } {
  const own = new Map<string, Json>(
    children
      .filter(({ name }) => name === 'attribute')
      .map(({ attributes: { name = '' }, text }) => [
        name,
        readValue(fields.find((field) => field.name === name) ?? TICKS.get(name), text),
      ]),
  );
  const take = (name: string): Json | undefined => {
    const value = own.get(name);
    own.delete(name);
    return value;
  };
  const note = take(NOTE) ?? '';
  const isCrowd = take(CROWD) === true;
  const talk = take(TALK) === true;
  const extra = {
    ...(attributes['occluded'] === '1' ? { occluded: true } : {}),
    ...(attributes['source'] ? { source: attributes['source'] } : {}),
    ...(attributes['group_id'] ? { group_id: Number(attributes['group_id']) } : {}),
    ...(own.size > 0 ? { attributes: Object.fromEntries(own) } : {}),
    ...(note === '' ? {} : { note }),
    ...(talk ? { needs_talk: true } : {}),
  };
  return { extra, isCrowd };
}

/** Attributes that are ticks whatever the label declares. */
const TICKS: ReadonlyMap<string, Field> = new Map(
  [MARK_NAMES.difficult, MARK_NAMES.cut, CROWD, TALK].map((name) => [
    name,
    { kind: 'tick', name, needed: false },
  ]),
);
