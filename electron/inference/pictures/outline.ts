// The outline of a bitmap along pixel edges as an SVG path, for pictures that show a mask.

/** Vertices are counted row by row, `width + 1` of them in each. */
interface Edges {
  readonly next: Map<number, number[]>;
}

/**
 * Closed rings of the set pixels of `bitmap` [height, width] as path data, coordinates times `scale`.
 * Holes run the other way round and are left open by the even-odd rule.
 */
export function outlinePath(
  bitmap: Uint8Array,
  width: number,
  height: number,
  scale: number,
): string {
  const edges = edgesOf(bitmap, width, height);
  const parts: string[] = [];
  for (const [start, ends] of edges.next)
    while (ends.length > 0) parts.push(ringPath(edges, start, width + 1, scale));
  return parts.join('');
}

/** Directed edges between a set and an unset pixel, the set one on the right. */
function edgesOf(bitmap: Uint8Array, width: number, height: number): Edges {
  const next = new Map<number, number[]>();
  const set = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && bitmap[y * width + x] === 1;
  const add = (x0: number, y0: number, x1: number, y1: number) => {
    const from = y0 * (width + 1) + x0;
    const ends = next.get(from);
    const to = y1 * (width + 1) + x1;
    if (ends) ends.push(to);
    else next.set(from, [to]);
  };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (!set(x, y)) continue;
      if (!set(x, y - 1)) add(x, y, x + 1, y);
      if (!set(x + 1, y)) add(x + 1, y, x + 1, y + 1);
      if (!set(x, y + 1)) add(x + 1, y + 1, x, y + 1);
      if (!set(x - 1, y)) add(x, y + 1, x, y);
    }
  return { next };
}

/** Follows edges from `start` until it is reached again; only corners are written. */
function ringPath({ next }: Edges, start: number, stride: number, scale: number): string {
  const place = (vertex: number) =>
    `${round((vertex % stride) * scale)} ${round(Math.floor(vertex / stride) * scale)}`;
  let path = `M${place(start)}`;
  let at = next.get(start)!.pop()!;
  let step = at - start;
  while (at !== start) {
    const ends = next.get(at)!;
    // Where two pixels touch by a corner either way closes; the last one keeps rings short.
    const to = ends.pop()!;
    if (to - at !== step) path += `L${place(at)}`;
    step = to - at;
    at = to;
  }
  return `${path}Z`;
}

const round = (value: number) => Math.round(value * 10) / 10;
