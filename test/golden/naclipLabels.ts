// NACLIP cases behind the model: windows joined, quick edges, shares and labels.
import { join } from 'node:path';
import { classShares } from '../../electron/inference/engines/similarity/shares.ts';
import {
  joinWindows,
  type WindowMaps,
} from '../../electron/inference/engines/similarity/windows.ts';
import { affinitiesOf } from '../../electron/inference/pamr/pamr.ts';
import { stretched } from '../../electron/inference/pipeline/planes/halfPixel.ts';
import { readNpyAs } from '../helpers/fixtures/npy.ts';
import { floats, type NaclipCase, type Resized } from './naclipCase.ts';

export function checkLabels(
  one: NaclipCase,
  size: Resized,
  parts: readonly WindowMaps[],
  queries: number,
): void {
  const { folder, meta, list } = one;
  const { settings, tolerance } = meta;
  const image = readNpyAs(join(folder, 'image.npy'), 'u1');
  const [height, width] = image.shape as readonly number[] as [number, number];
  const owners = readNpyAs(join(folder, 'query_idx.npy'), 'i4').data;
  const joined = Array.from({ length: queries }, (_, query) => joinWindows(parts, query, size));
  list.close('logits', flat(joined), floats(folder, 'expected/logits'), tolerance.logits);
  const final = joined.map((data) =>
    stretched({ data, rows: size.height, columns: size.width }, width, height),
  );
  list.close(
    'logits_final',
    flat(final),
    floats(folder, 'expected/logits_final'),
    tolerance.logits,
  );
  // The published network input, enlarged to the image, is what its quick edges look at.
  const input = floats(folder, 'pixel_values');
  const pixels = size.width * size.height;
  const planes = flat(
    [0, 1, 2].map((plane) =>
      stretched(
        {
          data: input.subarray(plane * pixels, (plane + 1) * pixels),
          rows: size.height,
          columns: size.width,
        },
        width,
        height,
      ),
    ),
  );
  const affinities = affinitiesOf({ planes, width, height }, settings.pamr_dilations, {
    precision: 'exact',
  });
  const after = (map: Float32Array, steps: number) => {
    const made = map.slice();
    affinities.refine(made, steps);
    return made;
  };
  const edges = final.map((map) => after(map, settings.pamr_steps));
  list.close(
    'logits_final_pamr',
    flat(edges),
    floats(folder, 'expected/logits_final_pamr'),
    tolerance.logits_final_pamr,
  );
  const classes = meta.class_lines.length;
  for (const [suffix, maps] of [
    ['', final],
    ['_pamr', edges],
  ] as const) {
    const shares = classShares(flat(maps), { owners, classes }, settings.logit_scale);
    const labels = labelsOf(shares, classes, settings.prob_thd);
    const ignored = readNpyAs(join(folder, `expected/unstable_pixels${suffix}.npy`), 'u1').data;
    list.same(
      `labels${suffix}`,
      labels,
      readNpyAs(join(folder, `expected/labels${suffix}.npy`), 'u1').data,
      { ignored },
    );
    list.close(
      `probs${suffix}`,
      shown(shares, classes),
      floats(folder, `expected/probs${suffix}`),
      tolerance.probs,
    );
  }
}

/** Shares divided by their sum over classes, as published probabilities are shown. */
function shown(shares: Float32Array, classes: number): Float32Array {
  const pixels = shares.length / classes;
  return shares.map((share, at) => {
    let sum = 0;
    for (let one = 0; one < classes; one++) sum += shares[one * pixels + (at % pixels)] as number;
    return share / sum;
  });
}

function flat(planes: readonly Float32Array[]): Float32Array {
  const size = planes[0]?.length ?? 0;
  const all = new Float32Array(size * planes.length);
  planes.forEach((plane, at) => all.set(plane, at * size));
  return all;
}

/** The class of the largest share per pixel; class 0 where that share is under `smallest`. */
function labelsOf(shares: Float32Array, classes: number, smallest: number): Uint8Array {
  const pixels = shares.length / classes;
  return Uint8Array.from({ length: pixels }, (_, pixel) => {
    let best = 0;
    for (let one = 1; one < classes; one++)
      if ((shares[one * pixels + pixel] as number) > (shares[best * pixels + pixel] as number))
        best = one;
    return (shares[best * pixels + pixel] as number) < smallest ? 0 : best;
  });
}
