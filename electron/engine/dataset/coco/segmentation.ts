// Masks to COCO `segmentation` values and back, in the forms that readers of COCO files accept.
import type { Json, RleMask } from '../../../api/types.ts';
import { traceKeyholes } from '../../../masks/keyhole.ts';
import { rasterizeRings } from '../../../masks/rasterize.ts';
import { area, checkSize, maskFromCounts } from '../../../masks/rle.ts';
import { rleFromString, rleToString } from '../../../masks/rleString.ts';
import { simplifyRing } from '../../../masks/simplify.ts';
import { findCracks, walkRing } from '../../../masks/trace.ts';
import type { Problems } from '../problems.ts';

/** What was put into the file, as JSON text, and the mask that pycocotools reads from it. */
export interface WrittenSegmentation {
  readonly json: string;
  readonly mask: RleMask;
  /** Largest distance given up by simplification, in pixels; 0 when exact. */
  readonly errorPx: number;
}

/**
 * Exact: one part without holes is a polygon on pixel edges, everything else is compressed RLE
 * (several polygons in one list lose holes, and some readers weld them into one).
 */
export function exactSegmentation(mask: RleMask): WrittenSegmentation {
  const cracks = findCracks(mask);
  const isSimple = cracks.outers.length === 1 && cracks.holes.length === 0;
  const json = isSimple
    ? `[[${walkRing(cracks, cracks.outers[0]!).join(',')}]]`
    : rleSegmentation(mask);
  return { json, mask, errorPx: 0 };
}

/** Compressed RLE for everything, as stuff and panoptic readers want it. */
export function rleSegmentation(mask: RleMask): string {
  return `{"size":[${mask.height},${mask.width}],"counts":${JSON.stringify(rleToString(mask))}}`;
}

/**
 * Polygons for everything: one ring per part, holes by bridges of no width. With a tolerance the
 * rings get fewer corners, and the mask is the one those rings give.
 */
export function polygonSegmentation(mask: RleMask, tolerancePx: number): WrittenSegmentation {
  let errorPx = 0;
  const rings = traceKeyholes(mask).map((ring) => {
    const simple = simplifyRing(ring, tolerancePx);
    errorPx = Math.max(errorPx, simple.errorPx);
    return simple.ring;
  });
  const json = `[${rings.map((ring) => `[${ring.join(',')}]`).join(',')}]`;
  if (tolerancePx === 0) return { json, mask, errorPx };
  const simplified = rasterizeRings(rings, mask.width, mask.height);
  // A sliver can lose all its pixels; then it keeps its exact outline rather than vanish.
  if (area(simplified) === 0) return polygonSegmentation(mask, 0);
  return { json, mask: simplified, errorPx };
}

/**
 * The mask of an imported `segmentation` on an image of width x height px, or null with the reasons
 * added to `problems`. Unsound rings of a polygon list are left out, sound ones kept.
 */
export function readSegmentation(
  value: Json | undefined,
  width: number,
  height: number,
  path: string,
  problems: Problems,
): RleMask | null {
  if (value === undefined || value === null)
    return problems.skip(path, 'is missing; an annotation with a box only has no mask');
  try {
    checkSize(width, height);
    if (Array.isArray(value)) return readRings(value, width, height, path, problems);
    if (typeof value === 'object')
      return readRle(value as { readonly [key: string]: Json }, width, height, path, problems);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return problems.skip(path, error.message);
  }
  return problems.skip(path, `is ${JSON.stringify(value).slice(0, 40)}; expected polygons or RLE`);
}

function readRings(
  list: readonly Json[],
  width: number,
  height: number,
  path: string,
  problems: Problems,
): RleMask | null {
  if (list.length === 0) return problems.skip(path, 'is an empty list');
  if (list.every((item) => typeof item === 'number'))
    return problems.skip(
      path,
      'is a flat list of numbers; expected a list of polygons [[x, y, ...]]',
    );
  const rings: number[][] = [];
  const faults: [string, string][] = [];
  list.forEach((ring, i) => {
    const fault = ringFault(ring);
    if (fault) faults.push([`${path}[${i}]`, fault]);
    else rings.push(ring as number[]);
  });
  if (rings.length === 0) {
    const [at, fault] = faults[0]!;
    return problems.skip(at, fault);
  }
  for (const [at, fault] of faults) problems.repair(at, `${fault}; this part was left out`);
  return rasterizeRings(rings, width, height);
}

function ringFault(ring: Json): string | null {
  if (!Array.isArray(ring)) return 'is no list of numbers';
  if (ring.length < 6) return `has ${ring.length} numbers; a polygon needs 6 or more`;
  if (ring.length % 2 === 1) return `has an odd count of ${ring.length} numbers`;
  const bad = ring.findIndex((n) => typeof n !== 'number' || !Number.isFinite(n));
  return bad < 0 ? null : `number ${bad} is ${JSON.stringify(ring[bad])}; expected a coordinate`;
}

function readRle(
  rle: { readonly [key: string]: Json },
  width: number,
  height: number,
  path: string,
  problems: Problems,
): RleMask | null {
  const { size, counts } = rle;
  if (!Array.isArray(size) || size.length !== 2 || size.some((n) => typeof n !== 'number'))
    return problems.skip(`${path}.size`, 'is missing or not [height, width]');
  const [h, w] = size as number[];
  if (h !== height || w !== width)
    return problems.skip(
      `${path}.size`,
      h === width && w === height
        ? `is [${String(h)}, ${String(w)}], which is [width, height] of the image; COCO has [height, width]`
        : `is [${String(h)}, ${String(w)}]; the image is ${width} x ${height} px, so [${height}, ${width}] was expected`,
    );
  if (typeof counts === 'string') return rleFromString(counts, width, height);
  if (Array.isArray(counts)) return maskFromCounts(counts as number[], width, height);
  return problems.skip(`${path}.counts`, 'is missing; expected a string or a list of runs');
}
