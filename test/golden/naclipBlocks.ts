// NACLIP cases inside the model: every way to read the last block, on the first window.
import { nearness } from '../../electron/inference/engines/patches/nearness.ts';
import { windowInput } from '../../electron/inference/engines/similarity/windowInput.ts';
import { windowsOf } from '../../electron/inference/engines/similarity/windows.ts';
import { clipNumbers } from '../../models/clip/config.ts';
import { denseGraph } from '../../models/clip/dense.ts';
import type { LastBlock, Strategy } from '../../models/family.ts';
import { interpolatePositionsByTenths } from '../../models/layers/positions.ts';
import { readTensorFloats } from '../../models/safetensors/reader.ts';
import { tensorOf } from '../../models/weights.ts';
import { POSITION_TABLE } from '../../models/clip/names.ts';
import { runnable } from '../helpers/drivers/runGraph.ts';
import { withInside } from './segmentCase.ts';
import { asShares, floats, type NaclipCase, type Resized } from './naclipCase.ts';

const VARIANTS: readonly (readonly [LastBlock['arch'], Strategy])[] = [
  ['reduced', 'naclip'],
  ['reduced', 'nonly'],
  ['reduced', 'kk'],
  ['reduced', 'vanilla'],
  ['vanilla', 'naclip'],
  ['vanilla', 'nonly'],
  ['vanilla', 'kk'],
  ['vanilla', 'csa'],
  ['vanilla', 'vanilla'],
];

export async function checkLastBlocks(one: NaclipCase, resized: Resized): Promise<void> {
  const { folder, meta, list, weights, config } = one;
  const numbers = clipNumbers(config, weights);
  const { crop, gaussian_std } = meta.settings;
  const [window] = windowsOf(resized, { crop, stride: meta.settings.stride });
  const info = {
    mean: asShares(meta.settings.mean),
    std: asShares(meta.settings.std),
    patch: numbers.patch,
  };
  const { pixels, width, height } = windowInput(
    resized,
    window ?? { y1: 0, x1: 0, y2: 0, x2: 0 },
    info,
  );
  const [rows, columns] = [height / numbers.patch, width / numbers.patch];
  const tokens = 1 + rows * columns;
  const table = await readTensorFloats(
    tensorOf(weights, POSITION_TABLE, [1 + numbers.grid ** 2, numbers.vision.width]),
    folder,
  );
  const omega = nearness(rows, columns, gaussian_std);
  list.close('omega', omega, floats(folder, 'expected/omega'), meta.tolerance.activations);
  const feeds = {
    pixel_values: { data: pixels, shape: [1, 3, height, width] },
    position: {
      data: interpolatePositionsByTenths(table, numbers.grid, rows, columns),
      shape: [tokens, numbers.vision.width],
    },
    omega: { data: omega, shape: [tokens, tokens] },
  };
  for (const [arch, strategy] of VARIANTS) {
    const name = `expected/last_${arch}_${strategy}`;
    const last = numbers.vision.layers - 1;
    const graph = denseGraph(numbers, weights, { arch, strategy });
    const inside = strategy === 'naclip' ? withInside(graph, [`layer.${last - 1}`]) : graph;
    const session = await runnable(inside, folder);
    try {
      const made = await session.run(feeds);
      list.close(
        name,
        made['tokens']?.data as Float32Array,
        floats(folder, name),
        meta.tolerance.activations,
      );
      if (strategy !== 'naclip' || arch !== 'reduced') continue;
      const recorded = floats(folder, 'expected/hidden_before_last');
      list.close(
        'hidden_before_last',
        made[`inside layer.${last - 1}`]?.data as Float32Array,
        recorded,
        meta.tolerance.activations,
      );
      const heads = floats(folder, 'expected/attn_naclip');
      const mean = Float32Array.from({ length: tokens ** 2 }, (_, at) =>
        meanOf(
          Array.from(
            { length: numbers.vision.heads },
            (_, head) => heads[head * tokens ** 2 + at] as number,
          ),
        ),
      );
      list.close(
        'attn_naclip',
        made['attention']?.data as Float32Array,
        mean,
        meta.tolerance.activations,
      );
    } finally {
      await session.dispose();
    }
  }
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
