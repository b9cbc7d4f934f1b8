// Fewer points for the same line: Douglas-Peucker on a closed ring, with the error it makes.

export interface Simplified {
  /** x, y pairs. */
  readonly points: Float64Array;
  /** Largest distance of a left-out point to the new line, in image pixels. */
  readonly error: number;
}

/** Simplifies a closed ring of x, y pairs; keeps at least three points when there are three. */
export function simplifyRing(ring: ArrayLike<number>, tolerance: number): Simplified {
  const count = ring.length / 2;
  if (count <= 4 || tolerance <= 0) return { points: Float64Array.from(ring), error: 0 };
  // Two far points cut the ring into two lines.
  const start = 0;
  let far = 0;
  let farthest = -1;
  for (let i = 1; i < count; i += 1) {
    const distance = Math.hypot(ring[2 * i]! - ring[0]!, ring[2 * i + 1]! - ring[1]!);
    if (distance > farthest) {
      farthest = distance;
      far = i;
    }
  }
  const keep = new Uint8Array(count);
  keep[start] = 1;
  keep[far] = 1;
  let error = 0;
  const stack: [number, number][] = [
    [start, far],
    [far, count],
  ];
  while (stack.length > 0) {
    const [from, to] = stack.pop()!;
    const end = to % count;
    let worst = -1;
    let at = -1;
    for (let i = from + 1; i < to; i += 1) {
      const distance = distanceToSegment(ring, i, from, end);
      if (distance > worst) {
        worst = distance;
        at = i;
      }
    }
    if (worst > tolerance) {
      keep[at] = 1;
      stack.push([from, at], [at, to]);
    } else error = Math.max(error, worst);
  }
  const points: number[] = [];
  for (let i = 0; i < count; i += 1) if (keep[i]) points.push(ring[2 * i]!, ring[2 * i + 1]!);
  return points.length >= 6
    ? { points: Float64Array.from(points), error }
    : { points: Float64Array.from(ring), error: 0 };
}

function distanceToSegment(ring: ArrayLike<number>, i: number, a: number, b: number): number {
  const px = ring[2 * i]!;
  const py = ring[2 * i + 1]!;
  const ax = ring[2 * a]!;
  const ay = ring[2 * a + 1]!;
  const dx = ring[2 * b]! - ax;
  const dy = ring[2 * b + 1]! - ay;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / length));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}
