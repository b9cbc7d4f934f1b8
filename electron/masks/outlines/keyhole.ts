// Rings for readers that know no holes: each hole is tied to its surroundings by a bridge of no
// width, walked there and back, so that one ring describes the part exactly.
import type { RleMask } from '../../api/types.ts';
import { bridgedSpans, walkPart } from './ringWalk.ts';
import { findCracks } from './trace.ts';
import type { Ring } from './trace.ts';

/** One ring per part of the mask (parts that touch by corners only are apart), holes by bridges. */
export function traceKeyholes(mask: RleMask): Ring[] {
  const cracks = findCracks(mask);
  const bridged = bridgedSpans(cracks);
  return cracks.outers.map((start) => {
    const ring: Ring = [];
    const line = (x: number, from: number, to: number) => {
      push(ring, x, from);
      push(ring, x, to);
    };
    walkPart(cracks, start, bridged, { edge: () => {}, side: line, bridge: line });
    return ring;
  });
}

function push(ring: Ring, x: number, y: number): void {
  if (ring.at(-2) !== x || ring.at(-1) !== y) ring.push(x, y);
}

/**
 * Several rings as one, tied by bridges of no width between near corners. Readers that fill by the
 * even-odd rule get the same pixels; for formats that allow a single ring per object.
 */
export function joinRings(rings: readonly Ring[]): Ring {
  let joined: Ring = [...(rings[0] ?? [])];
  for (const ring of rings.slice(1)) {
    const [at, from] = nearestCorners(joined, ring);
    const turned = [...ring.slice(2 * from), ...ring.slice(0, 2 * from)];
    joined = [
      ...joined.slice(0, 2 * at + 2),
      ...turned,
      ...turned.slice(0, 2),
      ...joined.slice(2 * at),
    ];
  }
  return joined;
}

/** Corner numbers of a short bridge; long rings are sampled, a bridge need not be the shortest. */
function nearestCorners(a: Ring, b: Ring): [number, number] {
  const samples = 128;
  const strideA = Math.max(1, Math.floor(a.length / 2 / samples));
  const strideB = Math.max(1, Math.floor(b.length / 2 / samples));
  let best: [number, number] = [0, 0];
  let bestDistance = Infinity;
  for (let i = 0; i < a.length / 2; i += strideA)
    for (let j = 0; j < b.length / 2; j += strideB) {
      const dx = a[2 * i]! - b[2 * j]!;
      const dy = a[2 * i + 1]! - b[2 * j + 1]!;
      if (dx * dx + dy * dy < bestDistance) {
        bestDistance = dx * dx + dy * dy;
        best = [i, j];
      }
    }
  return best;
}
