// Connected regions of a label map, and the two clean-ups that use them: small regions go to their
// neighbours, small holes inside one class are filled (method.md 14). Works on runs of equal
// labels along rows, of which a mask has a few thousand where it has a million pixels.
import { eachVerticalTouch, regionsOf, type Regions } from '../../../masks/regions/labelRegions.ts';
import type { Poll } from '../../cancel.ts';

/**
 * Gives every class region of fewer than `minArea` pixels the label it shares the longest border
 * with (the smallest label wins a tie). Regions of label 0 stay. Returns a new map.
 */
export function withoutSmallRegions(
  labels: Uint16Array,
  width: number,
  minArea: number,
  poll?: Poll,
): Uint16Array {
  return relabelled({ labels, width, poll }, ({ label, area }, region) =>
    label[region] !== 0 && (area[region] as number) < minArea
      ? (borders) => longest(borders)
      : null,
  );
}

/**
 * Fills regions of label 0 of at most `maxArea` pixels that touch neither the image's edge nor
 * more than one class. Returns a new map.
 */
export function withFilledHoles(
  labels: Uint16Array,
  width: number,
  maxArea: number,
  poll?: Poll,
): Uint16Array {
  return relabelled({ labels, width, poll }, ({ label, area }, region) =>
    label[region] === 0 && (area[region] as number) <= maxArea
      ? (borders, touchesEdge) => (touchesEdge || borders.size !== 1 ? null : longest(borders))
      : null,
  );
}

/** New label of a region from its borders (pixels per neighbouring label), or null to keep it. */
type Decide = (borders: ReadonlyMap<number, number>, touchesEdge: boolean) => number | null;

interface LabelMap {
  readonly labels: Uint16Array;
  readonly width: number;
  readonly poll: Poll | undefined;
}

function relabelled(
  { labels, width, poll }: LabelMap,
  candidate: (regions: Regions, region: number) => Decide | null,
): Uint16Array {
  const regions = regionsOf(labels, width, poll);
  const { count, start, end, of, label, rows } = regions;
  const decisions = new Map<number, { decide: Decide; borders: Map<number, number> }>();
  for (let region = 0; region < count; region++) {
    const decide = candidate(regions, region);
    if (decide) decisions.set(region, { decide, borders: new Map() });
  }
  poll?.();
  const next = labels.slice();
  if (decisions.size === 0) return next;
  const meet = (a: number, b: number, pixels: number): void => {
    const from = of[a] as number;
    const to = of[b] as number;
    if (from === to) return;
    add(decisions.get(from)?.borders, label[to] as number, pixels);
    add(decisions.get(to)?.borders, label[from] as number, pixels);
  };
  eachVerticalTouch(regions, width, meet);
  const edge = new Uint8Array(count);
  const last = rows.length - 2;
  for (let row = 0; row <= last; row++)
    for (let run = rows[row] as number; run < (rows[row + 1] as number); run++) {
      if (run + 1 < (rows[row + 1] as number)) meet(run, run + 1, 1);
      const first = (start[run] as number) === row * width;
      const final = (end[run] as number) === (row + 1) * width;
      if (row === 0 || row === last || first || final) edge[of[run] as number] = 1;
    }
  const answers = new Map<number, number>();
  for (const [region, { decide, borders }] of decisions) {
    const answer = decide(borders, edge[region] === 1);
    if (answer !== null) answers.set(region, answer);
  }
  for (let run = 0; run < start.length; run++) {
    const answer = answers.get(of[run] as number);
    if (answer !== undefined) next.fill(answer, start[run], end[run]);
  }
  return next;
}

function add(counts: Map<number, number> | undefined, label: number, pixels: number): void {
  counts?.set(label, (counts.get(label) ?? 0) + pixels);
}

/** Label with the longest shared border; the smallest label wins a tie; null without neighbour. */
function longest(borders: ReadonlyMap<number, number>): number | null {
  let best: number | null = null;
  let length = 0;
  for (const [label, pixels] of [...borders].sort(([a], [b]) => a - b))
    if (pixels > length) {
      best = label;
      length = pixels;
    }
  return best;
}
