// Bilinear stretching with half-pixel centres: a sample lies in the middle of its pixel, and the border
// is repeated outside. What engines use that resize maps as torch does without aligned corners.

export interface Grid {
  /** [rows * columns] */
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Where a grid lies in a plane; the ends stand behind the last pixel. */
export interface Area {
  readonly y1: number;
  readonly x1: number;
  readonly y2: number;
  readonly x2: number;
}

export interface Plane {
  readonly data: Float32Array;
  readonly width: number;
}

/** For each sample the two cells it lies between and the share of the second. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float64Array;
}

/** Adds `grid`, stretched over `area`, to `plane`. */
export function addStretched(grid: Grid, { y1, x1, y2, x2 }: Area, plane: Plane): void {
  const down = tapsOf(y2 - y1, grid.rows);
  const across = tapsOf(x2 - x1, grid.columns);
  const line = new Float64Array(grid.columns);
  for (let y = y1; y < y2; y++) {
    mixRows(grid, down, y - y1, line);
    let at = y * plane.width + x1;
    for (let x = 0; x < x2 - x1; x++, at++) {
      const left = line[across.first[x] as number] as number;
      const right = line[across.second[x] as number] as number;
      const value = left + (right - left) * (across.share[x] as number);
      plane.data[at] = (plane.data[at] as number) + value;
    }
  }
}

/** `grid` at another size: [height * width]. */
export function stretched(grid: Grid, width: number, height: number): Float32Array {
  if (grid.rows === height && grid.columns === width) return grid.data.slice();
  const data = new Float32Array(width * height);
  addStretched(grid, { y1: 0, x1: 0, y2: height, x2: width }, { data, width });
  return data;
}

function mixRows({ data, columns }: Grid, down: Taps, row: number, line: Float64Array): void {
  const upper = (down.first[row] as number) * columns;
  const lower = (down.second[row] as number) * columns;
  const share = down.share[row] as number;
  for (let column = 0; column < columns; column++) {
    const above = data[upper + column] as number;
    line[column] = above + ((data[lower + column] as number) - above) * share;
  }
}

function tapsOf(length: number, cells: number): Taps {
  const first = new Int32Array(length);
  const second = new Int32Array(length);
  const share = new Float64Array(length);
  for (let sample = 0; sample < length; sample++) {
    const source = Math.max(0, ((sample + 0.5) * cells) / length - 0.5);
    const cell = Math.min(cells - 1, Math.floor(source));
    first[sample] = cell;
    second[sample] = Math.min(cells - 1, cell + 1);
    share[sample] = source - cell;
  }
  return { first, second, share };
}
