// Masks to COCO `segmentation` values and back, in the forms that readers of COCO files accept.
import type { Json, RleMask } from '../../../api/types.ts';
import { traceKeyholes } from '../../../masks/outlines/keyhole.ts';
import { rasterizeRings } from '../../../masks/outlines/rasterize.ts';
import { area, checkSize, maskFromCounts } from '../../../masks/runs/rle.ts';
import { rleFromString, rleToString } from '../../../masks/runs/rleString.ts';
import { simplifyRing } from '../../../masks/outlines/simplify.ts';
import { findCracks, walkRing } from '../../../masks/outlines/trace.ts';
import type { Problems } from '../problems.ts';
import { describe } from '../shown.ts';
import { ringsOf } from './rings.ts';

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

interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The mask of an imported `segmentation` on an image of width x height px, or null with the reasons
 * added to `problems`. Unsound rings of a polygon list are left out, sound ones kept.
 */
export function readSegmentation(
  value: Json | undefined,
  size: ImageSize,
  path: string,
  problems: Problems,
): RleMask | null {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0))
    return problems.skip(path, { code: 'maskMissing', values: [] });
  try {
    checkSize(size.width, size.height);
    if (Array.isArray(value)) return readRings(value, size, path, problems);
    if (typeof value === 'object')
      return readRle(value as { readonly [key: string]: Json }, size, path, problems);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return problems.skip(path, error.message);
  }
  return problems.skip(path, { code: 'polygonsWanted', values: [describe(value)] });
}

function readRings(
  list: readonly Json[],
  size: ImageSize,
  path: string,
  problems: Problems,
): RleMask | null {
  const { rings, faults, repair } = ringsOf(list);
  if (rings.length === 0) {
    const [at, fault] = faults[0]!;
    return problems.skip(`${path}${at}`, fault);
  }
  if (repair !== null) problems.repair(path, repair);
  for (const [at, fault] of faults)
    problems.repair(`${path}${at}`, `${fault}; this part was left out`);
  return rasterizeRings(rings, size.width, size.height);
}

function readRle(
  rle: { readonly [key: string]: Json },
  { width, height }: ImageSize,
  path: string,
  problems: Problems,
): RleMask | null {
  const { size, counts } = rle;
  if (!Array.isArray(size) || size.length !== 2 || size.some((n) => typeof n !== 'number'))
    return problems.skip(`${path}.size`, { code: 'sizeMissing', values: [] });
  const [h, w] = size as number[];
  if (h !== height || w !== width)
    return problems.skip(
      `${path}.size`,
      h === width && w === height
        ? { code: 'sizeSwapped', values: [[w!, h!]] }
        : {
            code: 'sizeOther',
            values: [
              [w!, h!],
              [width, height],
            ],
          },
    );
  if (typeof counts === 'string') {
    // str() of Python's bytes, which json.dump cannot write.
    const bytes = /^b(['"])(.*)\1$/s.exec(counts)?.[2];
    if (bytes === undefined) return rleFromString(counts, width, height);
    problems.repair(`${path}.counts`, { code: 'pythonBytes', values: [] });
    return rleFromString(bytes.replaceAll('\\\\', '\\'), width, height);
  }
  if (Array.isArray(counts)) return maskFromCounts(counts as number[], width, height);
  return problems.skip(`${path}.counts`, { code: 'countsMissing', values: [] });
}
