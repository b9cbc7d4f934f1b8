// From the pixels of a class mask, and of an object mask beside it, to one mask for each class and object.
import { masksFromLabelMap } from '../../../../masks/runs/bitmap.ts';
import type { DecodedPng } from '../../png/decode.ts';
import type { Problems } from '../../problems.ts';
import { hex, isNotLabelled, rgb } from './colourTable.ts';
import type { ColourClass } from './colourTable.ts';
import type { FoundObject } from '../reading/labelledImages.ts';

/** The border that Pascal VOC draws around objects, and the number it has in the palette. */
const VOID_COLOUR = rgb(224, 224, 192);
const VOID_INDEX = 255;
/** A mask with more colours was smoothed or saved as JPEG. */
const MAX_OBJECTS = 65_535;

interface Context {
  readonly table: readonly ColourClass[];
  readonly place: string;
  readonly report: Problems;
}

/** Both maps have one size. */
export function objectsOfMaps(
  classes: DecodedPng,
  objects: DecodedPng | null,
  { table, place, report }: Context,
): FoundObject[] {
  const { width, height } = classes;
  const known = classNumbers(classes, table);
  const labels = new Uint32Array(width * height);
  const unknown = new Map<number, number>();
  const classOf = cached((value: number) => known.get(value) ?? null);
  const numberOf = numbering(objects);
  for (let i = 0; i < labels.length; i++) {
    const value = valueAt(classes, i);
    const number = classOf(value);
    if (number === null) unknown.set(value, (unknown.get(value) ?? 0) + 1);
    else if (number > 0) labels[i] = number * (MAX_OBJECTS + 1) + numberOf(i);
  }
  tellUnknown(unknown, classes, { table, place, report });
  return [...masksFromLabelMap(labels, width, height)].map(([label, mask]) => ({
    label: table[Math.floor(label / (MAX_OBJECTS + 1)) - 1]!.name,
    mask,
    score: null,
    extra: {},
  }));
}

/** Of a colour or a number in the mask: the position in the table from 1, or 0 for not labelled. */
function classNumbers(png: DecodedPng, table: readonly ColourClass[]): Map<number, number> {
  const numbers = new Map<number, number>();
  const byColour = png.channels >= 3 || png.palette !== null;
  if (byColour) numbers.set(0, 0).set(VOID_COLOUR, 0);
  else numbers.set(0, 0).set(VOID_INDEX, 0);
  for (const [i, { name, colour, index }] of table.entries())
    numbers.set(byColour ? colour : index, isNotLabelled(name) ? 0 : i + 1);
  return numbers;
}

/** The colour of a pixel where the file has colours, else its number. */
function valueAt({ channels, data, palette }: DecodedPng, pixel: number): number {
  const at = pixel * channels;
  if (channels < 3) {
    const index = data[at]!;
    return palette
      ? rgb(palette[3 * index] ?? 0, palette[3 * index + 1] ?? 0, palette[3 * index + 2] ?? 0)
      : index;
  }
  const shift = data instanceof Uint16Array ? 8 : 0;
  return rgb(data[at]! >> shift, data[at + 1]! >> shift, data[at + 2]! >> shift);
}

/** Numbers the objects of the second map in the order in which they are met; 0 without one. */
function numbering(objects: DecodedPng | null): (pixel: number) => number {
  if (!objects) return () => 0;
  const byColour = objects.channels >= 3 || objects.palette !== null;
  const numbers = new Map<number, number>([
    [0, 0],
    [byColour ? VOID_COLOUR : VOID_INDEX, 0],
  ]);
  const numberOf = cached((value: number) => {
    const number = numbers.get(value) ?? Math.min(numbers.size - 1, MAX_OBJECTS);
    numbers.set(value, number);
    return number;
  });
  return (pixel) => numberOf(valueAt(objects, pixel));
}

/** Neighbouring pixels are mostly alike: the last answer is kept. */
function cached<T>(answer: (value: number) => T): (value: number) => T {
  let last = NaN;
  let known: T;
  return (value) => {
    if (value !== last) [last, known] = [value, answer(value)];
    return known;
  };
}

function tellUnknown(
  unknown: ReadonlyMap<number, number>,
  png: DecodedPng,
  { place, report }: Context,
): void {
  if (unknown.size === 0) return;
  const pixels = [...unknown.values()].reduce((sum, n) => sum + n, 0);
  const [most] = [...unknown].reduce((a, b) => (b[1] > a[1] ? b : a));
  const what = png.channels >= 3 || png.palette ? hex(most) : `the number ${most}`;
  report.skip(
    place,
    unknown.size === 1
      ? `has ${pixels} px of ${what}, which the table of classes does not name`
      : `has ${pixels} px in ${unknown.size} colours or numbers that the table of classes does not name, most of them ${what}; smoothed masks and JPEG have such edges`,
  );
}
