// A convolution with its batch normalisation folded in, against both one after the other.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { input, output } from '../../../../models/ir/builder.ts';
import { createGraph } from '../../../../models/ir/graph.ts';
import { convBn } from '../../../../models/mobile-sam/convBn.ts';
import { readSafetensorsIndex } from '../../../../models/safetensors/reader.ts';
import { randomFrom } from '../../../helpers/fixtures/random.ts';
import { f32 as tensor, runnable } from '../../../helpers/drivers/runGraph.ts';
import { f32, safetensorsFile } from '../../../helpers/fixtures/safetensorsFile.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

test('a depthwise kernel with stride 2 and stored statistics', async () => {
  await using folder = await temporaryFolder();
  const next = randomFrom(3);
  const numbers = (count: number) => Array.from({ length: count }, () => 2 * next() - 1);
  const [channels, side] = [2, 5];
  const kernel = numbers(channels * 9);
  const [gain, bias, mean] = [0, 1, 2].map(() => numbers(channels)) as [
    number[],
    number[],
    number[],
  ];
  // Small enough that the epsilon counts.
  const variance = [1e-5, 0.5];
  const stored = (values: number[], shape: number[] = [channels]) => ({
    dtype: 'F32',
    shape,
    bytes: f32(...values),
  });
  const path = join(folder.path, 'model.safetensors');
  await writeFile(
    path,
    safetensorsFile({
      'part.c.weight': stored(kernel, [channels, 1, 3, 3]),
      'part.bn.weight': stored(gain),
      'part.bn.bias': stored(bias),
      'part.bn.running_mean': stored(mean),
      'part.bn.running_var': stored(variance),
    }),
  );
  const graph = createGraph('folded');
  const x = input(graph, 'x', 'F32', [1, channels, side, side]);
  const shape = { width: channels, side: 3, stride: 2, depthwise: true } as const;
  output(
    graph,
    'y',
    convBn({ graph, weights: await readSafetensorsIndex(path) }, 'part', x, shape),
  );
  const session = await runnable(graph, folder.path);
  const image = numbers(channels * side * side);
  const { y } = await session.run({ x: tensor(image, [1, channels, side, side]) });
  await session.dispose();
  expect(y?.shape).toEqual([1, channels, 3, 3]);
  for (let c = 0; c < channels; c++)
    for (let row = 0; row < 3; row++)
      for (let column = 0; column < 3; column++) {
        let sum = 0;
        for (let i = 0; i < 9; i++) {
          const [v, u] = [2 * row + Math.floor(i / 3) - 1, 2 * column + (i % 3) - 1];
          if (v < 0 || u < 0 || v >= side || u >= side) continue;
          sum += (kernel[c * 9 + i] ?? NaN) * (image[(c * side + v) * side + u] ?? NaN);
        }
        const scale = (gain[c] ?? NaN) / Math.sqrt((variance[c] ?? NaN) + 1e-5);
        const want = (sum - (mean[c] ?? NaN)) * scale + (bias[c] ?? NaN);
        const got = y?.data[(c * 3 + row) * 3 + column] as number;
        expect(Math.abs(got - want)).toBeLessThan(1e-6 * Math.max(1, Math.abs(scale)));
      }
});
