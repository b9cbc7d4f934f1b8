// Synthetic images and class scores for CRF tests and benches; every one follows from its seed.
import type { RgbImage } from '../../electron/inference/crf/parameters.ts';
import { unaryFromScores } from '../../electron/inference/crf/unary.ts';

/** Numbers in [0, 1) from a small generator (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Shaded areas with edges between them; `noise` is the height of the grain in grey levels. */
export function sceneImage(width: number, height: number, noise: number, seed = 1): RgbImage {
  const random = seededRandom(seed);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) {
        const shade = 90 * Math.sin(x / 60 + c + seed) * Math.cos(y / 45);
        const edge = (((x >> 6) + (y >> 6)) & 1) * 30;
        const level = 128 + shade + edge + (random() - 0.5) * noise;
        data[(y * width + x) * 3 + c] = Math.max(0, Math.min(255, Math.round(level)));
      }
  return { width, height, data };
}

/** Scores [classes, height * width] of smooth hills, one per class, with a little grain. */
export function sceneScores(
  { width, height }: { readonly width: number; readonly height: number },
  classes: number,
  seed = 1,
): Float32Array {
  const random = seededRandom(seed + 1000);
  const scores = new Float32Array(classes * width * height);
  for (let c = 0; c < classes; c++) {
    const [cx, cy] = [random() * width, random() * height];
    const reach = 0.15 + 0.2 * random();
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const away = ((x - cx) / width) ** 2 + ((y - cy) / height) ** 2;
        scores[(c * height + y) * width + x] = Math.exp(-away / reach ** 2) + 0.2 * random();
      }
  }
  return scores;
}

/** The energies of these scores. */
export function sceneUnary(
  size: { readonly width: number; readonly height: number },
  classes: number,
  seed = 1,
): Float32Array {
  return unaryFromScores(sceneScores(size, classes, seed), classes);
}
