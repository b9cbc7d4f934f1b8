// Boundary IoU (Cheng et al. 2021): only pixels within a distance of the outline count, so that large
// objects with ragged edges do not score like clean ones. The image border counts as outline.
import type { LabelMap } from '../../masks/runs/bitmap.ts';
import type { BoundarySums } from './scores.ts';

/** The paper's distance: 2 % of the image diagonal, at least one pixel. */
export function boundaryWidth(width: number, height: number): number {
  return Math.max(1, Math.round(0.02 * Math.hypot(width, height)));
}

interface MapSize {
  readonly width: number;
  readonly height: number;
}

export function emptyBoundary(classes: number): BoundarySums {
  return { shared: new Float64Array(classes), joined: new Float64Array(classes) };
}

/**
 * Adds one image: for every label the boundary bands of truth and prediction, row-major maps of
 * width x height. Pixels whose true label is void (`classes` and more) are left out.
 */
export function addBoundaryInPlace(
  sums: BoundarySums,
  truth: LabelMap,
  pred: LabelMap,
  size: MapSize,
): void {
  const classes = sums.shared.length;
  const reach = boundaryWidth(size.width, size.height);
  const labels = new Set<number>();
  for (const map of [truth, pred]) for (const label of map) if (label < classes) labels.add(label);
  for (const label of labels) {
    const a = boundaryBand(truth, label, size, reach);
    const b = boundaryBand(pred, label, size, reach);
    for (let i = 0; i < a.length; i++) {
      if (truth[i]! >= classes) continue;
      if (a[i]! & b[i]!) sums.shared[label]!++;
      if (a[i]! | b[i]!) sums.joined[label]!++;
    }
  }
}

/** 1 where a pixel has the label and one within `reach` rows and columns has not (outside has not). */
export function boundaryBand(
  map: LabelMap,
  label: number,
  { width, height }: MapSize,
  reach: number,
): Uint8Array {
  // A pixel is inside the band unless its whole (2 reach + 1)^2 neighbourhood has the label: the
  // distance to the last pixel without it is followed along rows, then along columns.
  const inner = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let run = 0;
    for (let x = 0; x < width; x++) {
      run = map[row + x] === label ? run + 1 : 0;
      if (run > 2 * reach) inner[row + x - reach] = 1;
    }
  }
  const band = new Uint8Array(width * height);
  for (let i = 0; i < band.length; i++) band[i] = map[i] === label ? 1 : 0;
  const runs = new Int32Array(width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const run = inner[y * width + x] ? runs[x]! + 1 : 0;
      runs[x] = run;
      if (run > 2 * reach) band[(y - reach) * width + x] = 0;
    }
  return band;
}
