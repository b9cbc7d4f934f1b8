// Golden family `naclip`: class vectors, every way to read the last block, windows, shares, quick edges
// and labels, against the published program in float64; and PAMR alone, as graph and as plain code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureWasm } from '../../../build/wasm.ts';
import { cosines } from '../../../electron/inference/engines/texts/vectors.ts';
import { windowInput } from '../../../electron/inference/engines/similarity/windowInput.ts';
import {
  windowsOf,
  type WindowMaps,
} from '../../../electron/inference/engines/similarity/windows.ts';
import {
  applyOperators,
  bilinearOperator,
} from '../../../electron/inference/pipeline/planes/axisOperator.ts';
import { affinitiesOf } from '../../../electron/inference/pamr/pamr.ts';
import { loadEmbeddingModel } from '../../../electron/inference/session/embeddingModel.ts';
import { readSafetensorsIndex } from '../../../models/safetensors/reader.ts';
import { readNpyAs } from '../../helpers/fixtures/npy.ts';
import { checklist, type Checklist } from '../checklist.ts';
import type { GoldenFamily } from '../goldenFamily.ts';
import { checkLastBlocks } from '../naclipBlocks.ts';
import { asShares, floats, NACLIP, type NaclipCase, type NaclipMeta } from '../naclipCase.ts';
import { checkPixels, checkQueries } from '../naclipInput.ts';
import { checkLabels } from '../naclipLabels.ts';

interface PamrMeta {
  readonly iterations: number;
  readonly dilations: readonly number[];
  readonly tolerance: { readonly refined: number };
}

export const family: GoldenFamily = {
  name: 'naclip',
  async run(folder, meta) {
    await ensureWasm();
    const list = checklist();
    if (
      (meta as { readonly family?: string; readonly iterations?: number }).iterations !== undefined
    )
      await checkPamr(folder, meta as PamrMeta, list);
    else {
      const weights = await readSafetensorsIndex(join(folder, 'model.safetensors'));
      const config: unknown = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
      await checkCase({ folder, meta: meta as NaclipMeta, list, weights, config });
    }
    return list.result();
  },
};

async function checkPamr(folder: string, meta: PamrMeta, list: Checklist): Promise<void> {
  const image = readNpyAs(join(folder, 'pixel_values.npy'), 'f4');
  const mask = readNpyAs(join(folder, 'mask.npy'), 'f4');
  const [, , height, width] = image.shape as readonly number[] as [number, number, number, number];
  const [, channels, rows, columns] = mask.shape as readonly number[] as [
    number,
    number,
    number,
    number,
  ];
  const cells = rows * columns;
  const maps = Array.from({ length: channels }, (_, channel) =>
    alignedCorners(
      mask.data.subarray(channel * cells, (channel + 1) * cells),
      [rows, columns],
      [height, width],
    ),
  );
  const affinities = affinitiesOf({ planes: image.data, width, height }, meta.dilations, {
    precision: 'exact',
  });
  const after = (map: Float32Array, steps: number) => {
    const made = map.slice();
    affinities.refine(made, steps);
    return made;
  };
  const plain = maps.map((map) => after(map, meta.iterations));
  const want = floats(folder, 'expected/refined');
  const joined = (planes: readonly Float32Array[]) =>
    Float32Array.from(planes.flatMap((one) => [...one]));
  list.close('refined', joined(plain), want, meta.tolerance.refined);
  const once = maps.map((map) => after(map, 1));
  list.close(
    'after one step',
    joined(once),
    floats(folder, 'expected/after_one'),
    meta.tolerance.refined,
  );
}

function alignedCorners(
  grid: Float32Array,
  [rows, columns]: readonly [number, number],
  [height, width]: readonly [number, number],
): Float32Array {
  return applyOperators(grid, bilinearOperator(height, rows), bilinearOperator(width, columns));
}

async function checkCase(one: NaclipCase): Promise<void> {
  const { folder, meta, list, weights, config } = one;
  const { settings } = meta;
  const resized = checkPixels(one);
  const model = await loadEmbeddingModel({
    folder,
    weights,
    config,
    mean: asShares(settings.mean),
    std: asShares(settings.std),
  });
  try {
    const queries = await checkQueries(one, model);
    await checkLastBlocks(one, resized);
    const parts: WindowMaps[] = [];
    const windows = windowsOf(resized, { crop: settings.crop, stride: settings.stride });
    list.same(
      'windows',
      windows.map(({ y1, x1, y2, x2 }) => [y1, x1, y2, x2].join()),
      (meta.windows ?? [[0, 0, resized.height, resized.width]]).map((window) => window.join()),
    );
    for (const window of windows) {
      const { pixels, width, height } = windowInput(resized, window, model.info);
      const made = await model.densePatches(
        pixels,
        { height, width },
        NACLIP,
        settings.gaussian_std,
      );
      const maps = cosines(queries, made.patches, model.info.embeddingWidth);
      parts.push({ window, rows: made.rows, columns: made.columns, maps });
    }
    list.close(
      'patch_logits',
      parts[0]?.maps ?? [],
      floats(folder, 'expected/patch_logits'),
      meta.tolerance.logits,
    );
    checkLabels(one, resized, parts, queries.length);
  } finally {
    await model.dispose();
  }
}
