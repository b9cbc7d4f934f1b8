// The label lines of YOLO data sets: a class number and an outline in shares of the sides.
import type { RleMask } from '../../../../api/types.ts';
import { rasterizeRing } from '../../../../masks/outlines/rasterize.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;
/** A little outside is rounding; far outside means pixels instead of shares. */
const MOST_SHARE = 1.5;

/** One object of a label file on an image of width x height px, or what is wrong with the line. */
export function parseYoloLine(
  line: string,
  width: number,
  height: number,
): { readonly classNumber: number; readonly mask: RleMask } | { readonly fault: string } {
  if (line.length > MAX_LINE_CHARACTERS) return { fault: 'is too long' };
  const words = line.trim().split(/\s+/);
  const bad = words.findIndex((word) => !NUMBER.test(word));
  if (bad >= 0) return { fault: `holds ${JSON.stringify(words[bad]!.slice(0, 40))}, no number` };
  const [classNumber, ...shares] = words.map(Number) as [number, ...number[]];
  if (!Number.isInteger(classNumber) || classNumber < 0)
    return { fault: `starts with ${classNumber}; expected a class number from 0` };
  if (shares.length === 4) return { fault: 'is a box, not an outline' };
  if (shares.length < 6 || shares.length % 2 === 1)
    return {
      fault: `has ${shares.length} coordinates; an outline has 6 or more, x and y by turns`,
    };
  const far = shares.find((share) => Math.abs(share) > MOST_SHARE);
  if (far !== undefined)
    return { fault: `holds ${far}; coordinates are shares of the image's sides, 0 to 1` };
  const ring = shares.map((share, i) => share * (i % 2 === 0 ? width : height));
  const mask = rasterizeRing(ring, width, height);
  return mask.counts.length < 2 ? { fault: 'covers no pixel' } : { classNumber, mask };
}

/** Whether the first line with anything in it could be one of labels: a readme or a list of images is not. */
export function looksLikeLabels(text: string): boolean {
  const line = text.split(/\r?\n/, 200).find((one) => one.trim() !== '');
  const words = line?.trim().split(/\s+/) ?? [];
  return words.length >= 5 && words.every((word) => NUMBER.test(word));
}
