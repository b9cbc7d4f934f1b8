// Connected regions of a label map, and the two clean-ups that use them: small regions go to their
// neighbours, small holes inside one class are filled (method.md 14). Works on runs of equal
// labels along rows, of which a mask has a few thousand where it has a million pixels.
import type { Poll } from './cancel.ts';

/** Runs of equal label along the rows, grouped into 4-connected regions. */
export interface Regions {
  readonly count: number;
  /** Per run: first pixel (row-major) and the pixel after its last. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Region of each run. */
  readonly of: Int32Array;
  /** Pixels of each region. */
  readonly area: Int32Array;
  /** Label of each region. */
  readonly label: Uint16Array;
  /** First run of each row, and the number of runs at the end. */
  readonly rows: Int32Array;
}

/** Finds the 4-connected regions of equal label in [height, width], in the order of first pixels. */
export function regionsOf(labels: Uint16Array, width: number, poll?: Poll): Regions {
  const { start, end, rows } = runsOf(labels, width, poll);
  const parent = Int32Array.from(start, (_, run) => run);
  const find = (run: number): number => {
    let root = run;
    while (parent[root] !== root) root = parent[root] as number;
    // Path compression keeps later look-ups short.
    for (let at = run; at !== root;) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  eachVerticalTouch({ start, end, rows }, width, (above, below) => {
    if (labels[start[above] as number] !== labels[start[below] as number]) return;
    const a = find(above);
    const b = find(below);
    parent[Math.max(a, b)] = Math.min(a, b);
  });
  const of = new Int32Array(start.length);
  const area: number[] = [];
  const label: number[] = [];
  for (let run = 0; run < start.length; run++) {
    const root = find(run);
    if (root === run) {
      of[run] = area.length;
      area.push(0);
      label.push(labels[start[run] as number] as number);
    } else of[run] = of[root] as number;
    const region = of[run] as number;
    area[region] = (area[region] as number) + (end[run] as number) - (start[run] as number);
  }
  return {
    count: area.length,
    start,
    end,
    of,
    area: Int32Array.from(area),
    label: Uint16Array.from(label),
    rows,
  };
}

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

function runsOf(
  labels: Uint16Array,
  width: number,
  poll: Poll | undefined,
): { start: Int32Array; end: Int32Array; rows: Int32Array } {
  const start: number[] = [];
  const rows: number[] = [];
  for (let line = 0; line < labels.length; line += width) {
    if (rows.length % 64 === 0) poll?.();
    rows.push(start.length);
    let before = -1;
    for (let at = line; at < line + width; at++) {
      const label = labels[at] as number;
      if (label !== before) start.push(at);
      before = label;
    }
  }
  rows.push(start.length);
  // Runs follow each other without gaps: one ends where the next begins.
  const end = Int32Array.from(start, (_, run) => start[run + 1] ?? labels.length);
  return { start: Int32Array.from(start), end, rows: Int32Array.from(rows) };
}

/** Calls `touch` with every pair of runs that lie above each other and the columns they share. */
function eachVerticalTouch(
  { start, end, rows }: Pick<Regions, 'start' | 'end' | 'rows'>,
  width: number,
  touch: (above: number, below: number, pixels: number) => void,
): void {
  for (let row = 1; row < rows.length - 1; row++) {
    let above = rows[row - 1] as number;
    let below = rows[row] as number;
    while (above < (rows[row] as number) && below < (rows[row + 1] as number)) {
      const from = Math.max((start[above] as number) + width, start[below] as number);
      const aboveEnd = (end[above] as number) + width;
      const belowEnd = end[below] as number;
      const to = Math.min(aboveEnd, belowEnd);
      if (to > from) touch(above, below, to - from);
      if (aboveEnd <= belowEnd) above++;
      if (belowEnd <= aboveEnd) below++;
    }
  }
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
