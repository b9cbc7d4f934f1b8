// Connected regions of a label map, and the two clean-ups that use them: small regions go to their
// neighbours, small holes inside one class are filled (method.md 14).

/** Regions of equal label, 4-connected. */
export interface Regions {
  readonly count: number;
  /** Region number per pixel. */
  readonly of: Int32Array;
  readonly area: Int32Array;
  /** Label of each region. */
  readonly label: Uint16Array;
}

/** Finds the 4-connected regions of equal label in [height, width]. */
export function regionsOf(labels: Uint16Array, width: number): Regions {
  const parent = new Int32Array(labels.length);
  const find = (start: number): number => {
    let root = start;
    while (parent[root] !== root) root = parent[root] as number;
    // Path compression keeps later look-ups short.
    for (let at = start; at !== root;) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  for (let at = 0; at < labels.length; at++) {
    parent[at] = at;
    const label = labels[at];
    const left = at % width > 0 && labels[at - 1] === label ? find(at - 1) : -1;
    const above = at >= width && labels[at - width] === label ? find(at - width) : -1;
    if (left >= 0) parent[at] = left;
    if (above >= 0) {
      // The smaller root wins, so that every root is the first pixel of its region.
      const other = left >= 0 ? left : at;
      parent[Math.max(other, above)] = Math.min(other, above);
      parent[at] = Math.min(other, above);
    }
  }
  const of = new Int32Array(labels.length);
  const area: number[] = [];
  const label: number[] = [];
  for (let at = 0; at < labels.length; at++) {
    const root = find(at);
    if (root === at) {
      of[at] = area.length;
      area.push(0);
      label.push(labels[at] as number);
    } else of[at] = of[root] as number;
    const region = of[at] as number;
    area[region] = (area[region] as number) + 1;
  }
  return {
    count: area.length,
    of,
    area: Int32Array.from(area),
    label: Uint16Array.from(label),
  };
}

/**
 * Gives every class region of fewer than `minArea` pixels the label it shares the longest border
 * with (0 wins a tie). Regions of label 0 stay. Returns a new map.
 */
export function withoutSmallRegions(
  labels: Uint16Array,
  width: number,
  minArea: number,
): Uint16Array {
  if (minArea <= 1) return labels.slice();
  return relabelled(labels, width, (regions, borders, region) => {
    if (regions.label[region] === 0 || (regions.area[region] as number) >= minArea) return null;
    return longest(borders);
  });
}

/**
 * Fills regions of label 0 of at most `maxArea` pixels that touch neither the image's edge nor
 * more than one class. Returns a new map.
 */
export function withFilledHoles(labels: Uint16Array, width: number, maxArea: number): Uint16Array {
  if (maxArea < 1) return labels.slice();
  return relabelled(labels, width, (regions, borders, region, touchesEdge) => {
    if (regions.label[region] !== 0 || touchesEdge) return null;
    if ((regions.area[region] as number) > maxArea || borders.size !== 1) return null;
    return longest(borders);
  });
}

type Decide = (
  regions: Regions,
  borders: ReadonlyMap<number, number>,
  region: number,
  touchesEdge: boolean,
) => number | null;

function relabelled(labels: Uint16Array, width: number, decide: Decide): Uint16Array {
  const regions = regionsOf(labels, width);
  const { count, of } = regions;
  const borders = Array.from({ length: count }, () => new Map<number, number>());
  const edge = new Uint8Array(count);
  const height = labels.length / width;
  const meet = (a: number, b: number): void => {
    const from = of[a] as number;
    const to = of[b] as number;
    if (from === to) return;
    add(borders[from] as Map<number, number>, labels[b] as number);
    add(borders[to] as Map<number, number>, labels[a] as number);
  };
  for (let at = 0; at < labels.length; at++) {
    const x = at % width;
    const y = (at - x) / width;
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) edge[of[at] as number] = 1;
    if (x + 1 < width) meet(at, at + 1);
    if (y + 1 < height) meet(at, at + width);
  }
  const next = Uint16Array.from({ length: count }, (_, region) => {
    const answer = decide(
      regions,
      borders[region] as Map<number, number>,
      region,
      edge[region] === 1,
    );
    return answer ?? (regions.label[region] as number);
  });
  return Uint16Array.from(of, (region) => next[region] as number);
}

const add = (counts: Map<number, number>, label: number): void => {
  counts.set(label, (counts.get(label) ?? 0) + 1);
};

/** Label with the longest shared border; the smallest label wins a tie; null for no neighbour. */
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
