// Other forms of a finished graph: half precision, 8-bit weights, attention in plain operators.
import fc from 'fast-check';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { loadItmModel } from '../../../../electron/inference/session/itmModel.ts';
import { largestDifference } from '../../../../electron/link/mapDifference.ts';
import { halfGraph, toHalf } from '../../../../models/precision/half.ts';
import { int8Form, quantiseRows } from '../../../../models/precision/int8.ts';
import { plainAttention } from '../../../../models/precision/plainAttention.ts';
import { blipItm } from '../../../../models/blip-itm/family.ts';
import { floats, input, output } from '../../../../models/ir/builder.ts';
import { createGraph, type Graph } from '../../../../models/ir/graph.ts';
import { add } from '../../../../models/ops/elementwise.ts';
import { buildPack } from '../../../../models/packs/building/build.ts';
import { loadPack, type LoadedPack } from '../../../../models/packs/load.ts';
import { fromHalf } from '../../../../models/safetensors/floats.ts';
import { TINY_BLIP, writeBlipFolder } from '../../../helpers/fixtures/blipCheckpoint.ts';
import { runnable } from '../../../helpers/drivers/runGraph.ts';

/** Wide enough that its matrices become whole numbers. */
const SIZES = { ...TINY_BLIP, visionWidth: 64, visionHeads: 4, imageSide: 32 };

describe('forms of an image encoder', () => {
  let folder: string;
  let pack: LoadedPack;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'salience-forms-'));
    await writeBlipFolder(join(folder, 'checkpoint'), SIZES);
    await buildPack({ source: join(folder, 'checkpoint'), out: join(folder, 'pack') });
    pack = await loadPack(join(folder, 'pack'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const pixels = Float32Array.from({ length: 3 * 32 * 32 }, (_, i) => Math.sin(i * 0.37));
  const positions = 1 + 16;
  const feeds = {
    pixel_values: { data: pixels, shape: [1, 3, 32, 32] },
    position: {
      data: Float32Array.from({ length: positions * 64 }, (_, i) => Math.cos(i) * 0.1),
      shape: [positions, 64],
    },
  };
  async function run(rewrite: (graph: Graph) => Graph) {
    let made: Graph | undefined;
    blipItm.vision(pack.config, pack.weights, (graph) => (made = rewrite(graph)));
    const session = await runnable(made!, pack.folder);
    const results = await session.run(feeds);
    await session.dispose();
    return { made: made!, values: results['image_embeds']!.data as Float32Array };
  }

  it('attention written out gives the same numbers and leaves no fused kernel', async () => {
    const fused = await run((graph) => graph);
    const plain = await run(plainAttention);
    expect(fused.made.nodes.some(({ op }) => op === 'MultiHeadAttention')).toBe(true);
    expect(plain.made.nodes.some(({ op }) => op === 'MultiHeadAttention')).toBe(false);
    expect(largestDifference(fused.values, plain.values)).toBeLessThan(1e-5);
  });

  it('half precision keeps inputs and outputs F32 and stays within its rounding', async () => {
    const full = await run((graph) => graph);
    const half = await run(halfGraph);
    expect(half.made.inputs.every(({ dtype }) => dtype === 'F32')).toBe(true);
    expect(half.made.outputs.every(({ dtype }) => dtype === 'F32')).toBe(true);
    const difference = largestDifference(full.values, half.values);
    expect(difference).toBeLessThan(0.01);
    // The same to the last bit would mean that nothing was calculated in half precision.
    expect(difference).toBeGreaterThan(1e-6);
  });

  const load = (precision: 'f32' | 'int8') =>
    loadItmModel(
      { folder: pack.folder, config: pack.config, weights: pack.weights, packHash: pack.packHash },
      { precision, formFolder: join(folder, 'forms'), threads: 1 },
    );
  const features = async (model: Awaited<ReturnType<typeof load>>) => {
    const encoded = (await model.encodeImage(pixels, 32, 32)) as unknown as {
      arrays: Record<string, { data: Float32Array }>;
    };
    return encoded.arrays['image_embeds']!.data.slice();
  };

  it('8-bit weights come close, are made once, and a damaged file is made again', async () => {
    const exact = await load('f32');
    const reference = await features(exact);
    await exact.dispose();
    const first = await load('int8');
    expect(first.precision).toBe('int8');
    const difference = largestDifference(reference, await features(first));
    await first.dispose();
    expect(difference).toBeGreaterThan(1e-6);
    expect(difference).toBeLessThan(0.1);
    const file = join(folder, 'forms', `${pack.packHash.slice(0, 40)}-int8.bin`);
    const { ino } = await stat(file);
    const bytes = await readFile(file);
    await (await load('int8')).dispose();
    expect((await stat(file)).ino).toBe(ino);
    const damaged = Buffer.from(bytes);
    damaged[100] = (damaged[100] ?? 0) ^ 0xff;
    await writeFile(file, damaged);
    const again = await load('int8');
    expect(largestDifference(reference, await features(again))).toBe(difference);
    await again.dispose();
    expect((await readFile(file)).equals(bytes)).toBe(true);
  });

  it('keys and values for the text side stay as they are', () => {
    let form: ReturnType<typeof int8Form> | undefined;
    blipItm.vision(pack.config, pack.weights, (graph) => {
      form = int8Form(graph, 'weights.bin');
      return form.graph;
    });
    const quantised = form!.graph.nodes.filter(({ op }) => op === 'DynamicQuantizeMatMul');
    // Queries, keys, values, projection and two of the MLP in each of two blocks.
    expect(quantised.length).toBe(12);
    expect(quantised.every(({ name }) => !name.startsWith('cross.'))).toBe(true);
    for (const { data } of form!.graph.constants)
      if (data.kind === 'external') expect(data.file).toBe('weights.bin');
  });
});

test('half precision rounds to the nearest number and back again without loss', () => {
  for (let bits = 0; bits < 0x7c00; bits += 1) expect(toHalf(fromHalf(bits))).toBe(bits);
  fc.assert(
    fc.property(fc.double({ min: -65_000, max: 65_000, noNaN: true }), (value) => {
      const near = fromHalf(toHalf(value));
      const step = Math.max(2 ** -24, 2 ** (Math.floor(Math.log2(Math.abs(value) || 1)) - 10));
      expect(Math.abs(near - value)).toBeLessThanOrEqual(step / 2);
    }),
  );
});

test.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [NaN, 0x7e00],
  [Infinity, 0x7c00],
  // Half of the way to the next number goes to the even one.
  [1 + 2 ** -11, 0x3c00],
  [1 + 2 ** -11 + 2 ** -20, 0x3c01],
  [1 + 3 * 2 ** -11, 0x3c02],
  [2 - 2 ** -11, 0x4000],
  [65_519.9, 0x7bff],
  [65_520, 0x7c00],
  [-65_519.9, 0xfbff],
  [-65_520, 0xfc00],
  [2 ** -14, 0x0400],
  [2 ** -14 - 2 ** -25, 0x0400],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [1.5 * 2 ** -24, 0x0002],
  [-(2 ** -24), 0x8001],
])('%d in half precision is the bits %i', (value, bits) => {
  expect(toHalf(value)).toBe(bits);
});

test('constants inside of a graph are stored in half precision, whole numbers as they are', () => {
  const graph = createGraph('constants');
  const x = input(graph, 'x', 'F32', [3]);
  output(graph, 'y', add(graph, x, floats(graph, [1, -2.5, 0.1], [3])));
  const half = halfGraph(graph);
  const [stored] = half.constants;
  expect(stored!.value).toMatchObject({ dtype: 'F16', shape: [3] });
  const { data } = stored!;
  const bits = data.kind === 'inline' ? [...new Uint16Array(data.bytes.slice().buffer)] : null;
  expect(bits).toEqual([1, -2.5, 0.1].map(toHalf));
  expect(half.nodes.map(({ op }) => op)).toEqual(
    graph.nodes.flatMap(({ op }) => (op === 'Add' ? ['Cast', op] : [op])).concat('Cast'),
  );
});

test('whole numbers times their scale are never further from the weight than half a step', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 9 }),
      fc.infiniteStream(fc.float({ min: -10, max: 10, noNaN: true })),
      (rows, columns, numbers) => {
        const matrix = Float32Array.from([...numbers.take(rows * columns)]);
        const { values, scales } = quantiseRows(matrix, rows, columns);
        for (let row = 0; row < rows; row += 1)
          for (let column = 0; column < columns; column += 1) {
            const back = (values[column * rows + row] as number) * (scales[row] as number);
            const weight = matrix[row * columns + column] as number;
            expect(Math.abs(back - weight)).toBeLessThanOrEqual(
              (scales[row] as number) * 0.5001 + 1e-27,
            );
          }
      },
    ),
  );
});

test('each row has the scale of its own largest weight; one of rounding alone is nothing', () => {
  const tiny = 2 ** -100;
  const rows = [
    [1, -127],
    [254, 4],
    [127 * tiny, tiny],
    [126 * tiny, 0],
    [0, 0],
  ];
  const { values, scales } = quantiseRows(Float32Array.from(rows.flat()), 5, 2);
  expect([...scales]).toEqual([1, 2, tiny, 0, 0]);
  expect([...values]).toEqual([...[1, 127, 127, 0, 0], ...[-127, 2, 1, 0, 0]]);
});
