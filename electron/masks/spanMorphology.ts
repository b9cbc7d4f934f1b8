// Grow, shrink and smooth by a round neighbourhood, through exact squared distances
// (Felzenszwalb and Huttenlocher), so that any radius costs the same.
import type { RleMask } from '../api/types.ts';
import { cropOf, packCrop, type Crop } from './window.ts';

/** Every pixel within `radius` of the mask. */
export function grow(mask: RleMask, radius: number): RleMask {
  const crop = cropOf(mask, Math.ceil(radius));
  const distance = squaredDistance(crop.bits, crop.width, crop.height, 1);
  return packCrop(
    where(crop, distance, (d) => d <= radius * radius),
    mask.width,
    mask.height,
  );
}

/** Only pixels farther than `radius` from everything outside; the image's edge is not outside. */
export function shrink(mask: RleMask, radius: number): RleMask {
  const crop = cropOf(mask, 1);
  const distance = squaredDistance(crop.bits, crop.width, crop.height, 0);
  return packCrop(
    where(crop, distance, (d) => d > radius * radius),
    mask.width,
    mask.height,
  );
}

/** Opening and closing by `radius`: small spikes and notches go, area stays about the same. */
export function smooth(mask: RleMask, radius: number): RleMask {
  // Closing first keeps thin bridges that opening alone would cut.
  const closed = shrink(grow(mask, radius), radius);
  return grow(shrink(closed, radius), radius);
}

function where(crop: Crop, distance: Float64Array, keep: (squared: number) => boolean): Crop {
  const bits = new Uint8Array(crop.bits.length);
  for (let i = 0; i < bits.length; i += 1) bits[i] = keep(distance[i]!) ? 1 : 0;
  return { ...crop, bits };
}

/** Squared distance of every pixel to the nearest pixel whose bit is `target`; Infinity without one. */
export function squaredDistance(
  bits: Uint8Array,
  width: number,
  height: number,
  target: 0 | 1,
): Float64Array {
  const far = width * width + height * height + 1;
  const out = new Float64Array(bits.length);
  for (let i = 0; i < bits.length; i += 1) out[i] = bits[i] === target ? 0 : far;
  const longest = Math.max(width, height);
  const line = new Float64Array(longest);
  const scratch = { at: new Int32Array(longest), cut: new Float64Array(longest + 1) };
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) line[y] = out[y * width + x]!;
    lowerEnvelope(line, height, scratch, (y, value) => (out[y * width + x] = value));
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) line[x] = out[y * width + x]!;
    lowerEnvelope(line, width, scratch, (x, value) => (out[y * width + x] = value));
  }
  for (let i = 0; i < out.length; i += 1) if (out[i]! >= far) out[i] = Infinity;
  return out;
}

function lowerEnvelope(
  f: Float64Array,
  n: number,
  { at, cut }: { at: Int32Array; cut: Float64Array },
  write: (i: number, value: number) => void,
): void {
  let k = 0;
  at[0] = 0;
  cut[0] = -Infinity;
  cut[1] = Infinity;
  for (let q = 1; q < n; q += 1) {
    let s = meet(f, at[k]!, q);
    while (s <= cut[k]!) s = meet(f, at[--k]!, q);
    at[++k] = q;
    cut[k] = s;
    cut[k + 1] = Infinity;
  }
  k = 0;
  for (let q = 0; q < n; q += 1) {
    while (cut[k + 1]! < q) k += 1;
    const p = at[k]!;
    write(q, (q - p) * (q - p) + f[p]!);
  }
}

function meet(f: Float64Array, p: number, q: number): number {
  return (f[q]! + q * q - (f[p]! + p * p)) / (2 * (q - p));
}
