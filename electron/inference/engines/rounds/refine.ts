// From what moves an image's vector to a query's map (CLIP-ES): scaled, kept inside boxes around its
// strong parts, and spread over patches that listen to each other.

/** Keeps a map of zeros at zero when it is divided by its maximum. */
const TINY = 1e-15;
/** The limit of the boxes falls by this much while nothing is above it. */
const LIMIT_STEP = 0.1;

/** Cells of a grid; the ends stand behind the last one. */
export interface CellBox {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface RefinedMap {
  /** Scaled to 0-1, before boxes and spreading. */
  readonly cam: Float32Array;
  readonly boxes: readonly CellBox[];
  /** After both, scaled to 0-1: [rows * columns]. */
  readonly map: Float32Array;
}

interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

/** Less its minimum, divided by its maximum. */
export function scaled(map: Float32Array): Float32Array {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of map) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return map.map((value) => (value - lowest) / (TINY + highest - lowest));
}

/** `raw` [rows * columns] is not below 0; `spread` [N, N], rows take from columns. */
export function refineMap(
  raw: Float32Array,
  spread: Float32Array,
  grid: GridSize,
  threshold: number,
): RefinedMap {
  const cam = scaled(scaled(raw));
  const boxes = strongBoxes(cam, grid, threshold);
  const inside = boxedCells(boxes, grid);
  const source = cam.map((value, at) => (inside[at] === 1 ? value : 0));
  return { cam, boxes, map: scaled(spreadOver(source, spread)) };
}

/** Boxes around the 8-connected parts of what is above the share `threshold` of the highest level. */
export function strongBoxes(cam: Float32Array, grid: GridSize, threshold: number): CellBox[] {
  const levels = Uint8Array.from(cam, (value) => Math.floor(255 * value));
  const highest = levels.reduce((most, level) => Math.max(most, level), 0);
  if (highest === 0) return [];
  for (let share = threshold; ; share -= LIMIT_STEP) {
    const limit = Math.trunc(share * highest);
    const strong = levels.map((level) => (level > limit ? 1 : 0));
    if (strong.includes(1)) return partBoxes(strong, grid);
  }
}

// A part that touches the right or lower border loses its last column or row there, as published; one
// that lies only there has an empty box.
function partBoxes(strong: Uint8Array, { rows, columns }: GridSize): CellBox[] {
  const seen = new Uint8Array(strong.length);
  const boxes: CellBox[] = [];
  for (let start = 0; start < strong.length; start++) {
    if (strong[start] === 0 || seen[start] === 1) continue;
    const open = [start];
    seen[start] = 1;
    let [x1, y1, x2, y2] = [columns, rows, 0, 0];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % columns, Math.floor(at / columns)];
      [x1, y1, x2, y2] = [Math.min(x1, x), Math.min(y1, y), Math.max(x2, x), Math.max(y2, y)];
      for (let row = Math.max(0, y - 1); row <= Math.min(rows - 1, y + 1); row++)
        for (let column = Math.max(0, x - 1); column <= Math.min(columns - 1, x + 1); column++) {
          const next = row * columns + column;
          if (strong[next] === 0 || seen[next] === 1) continue;
          seen[next] = 1;
          open.push(next);
        }
    }
    boxes.push({ x1, y1, x2: Math.min(x2 + 1, columns - 1), y2: Math.min(y2 + 1, rows - 1) });
  }
  return boxes;
}

/** 1 in every cell that a box covers. */
export function boxedCells(boxes: readonly CellBox[], { rows, columns }: GridSize): Uint8Array {
  const cells = new Uint8Array(rows * columns);
  for (const { x1, y1, x2, y2 } of boxes)
    for (let y = y1; y < y2; y++) cells.fill(1, y * columns + x1, y * columns + x2);
  return cells;
}

/** What each patch gets of `source` [N] by the spread. */
export function spreadOver(source: Float32Array, spread: Float32Array): Float32Array {
  const patches = source.length;
  return source.map((_, to) => {
    let sum = 0;
    for (let from = 0; from < patches; from++)
      sum += (spread[to * patches + from] as number) * (source[from] as number);
    return sum;
  });
}
