// Connected regions of a label map, found on runs of equal labels along the rows: a mask has a few
// thousand runs where it has a million pixels.

/** Asked once in 64 rows; throws to stop the work. */
type Poll = () => void;

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
export function eachVerticalTouch(
  { start, end, rows }: Pick<Regions, 'start' | 'end' | 'rows'>,
  width: number,
  touch: (above: number, below: number, pixels: number) => void,
): void {
  for (let row = 1; row < rows.length - 1; row++) {
    let above = rows[row - 1] as number;
    let below = rows[row] as number;
    // Runs fill their rows, so that both rows end at once.
    while (below < (rows[row + 1] as number)) {
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
