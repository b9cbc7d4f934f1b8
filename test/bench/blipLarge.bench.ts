// A BLIP-large-shaped model with random weights: what vision costs against a plain matrix product on
// the same machine, what the text graph with its gradient costs against vision, and peak memory.
// Prints ratios of one run; run it alone with `npm run bench -- blipLarge`.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadItmModel } from '../../electron/inference/session/itmModel.ts';
import type { TokenBatch } from '../../electron/inference/model.ts';
import type { WeightIndex } from '../../models/family.ts';
import { input, output } from '../../models/ir/builder.ts';
import { createGraph } from '../../models/ir/graph.ts';
import { matmul } from '../../models/ops/linalg.ts';
import { weightValue } from '../../models/weights.ts';
import { buildPack } from '../../models/packs/building/build.ts';
import { loadPack } from '../../models/packs/load.ts';
import { LARGE_BLIP, writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';
import { f32, runnable } from '../helpers/drivers/runGraph.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    sides: { type: 'string', default: '336,768' },
  },
});
const rounds = Number(options.rounds);
const threads = Number(options.threads);
/** 1-based layer 8 of the paper. */
const LAYER = 7;
const TOKENS = 12;
/** Layers whose MLP weights the plain products use. */
const PRODUCT_LAYERS = 6;
const { visionLayers, visionWidth, textLayers, textWidth, patch } = LARGE_BLIP;

/** Multiplications and additions of the image encoder with the keys and values of all layers. */
function visionFlop(tokens: number): number {
  const perToken = visionLayers * 12 * visionWidth ** 2 + textLayers * 2 * visionWidth * textWidth;
  const attention = visionLayers * 2 * tokens ** 2 * visionWidth;
  const patches = (tokens - 1) * 3 * patch ** 2 * visionWidth;
  return 2 * (tokens * perToken + attention + patches);
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

/** CPU seconds (user and system) of `work`: on a shared machine steadier than the wall clock. */
async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const peakMb = () => Math.round(process.resourceUsage().maxRSS / 1024);

/** Plain products with the vision MLPs' weights, one after another: what the machine can do. */
async function openProducts(tokens: number, pack: string, weights: WeightIndex) {
  const graph = createGraph('products');
  let x = input(graph, 'x', 'F32', [tokens, visionWidth]);
  let flop = 0;
  for (let layer = 0; layer < PRODUCT_LAYERS; layer++)
    // Stored as [out, in] = [D, 4D] and [4D, D]: read as they lie, they fit one behind the other.
    for (const part of ['fc2', 'fc1']) {
      const name = `vision_model.encoder.layers.${layer}.mlp.${part}.weight`;
      const shape = weights.get(name)?.shape ?? [];
      x = matmul(graph, x, weightValue(graph, weights, name, shape));
      flop += 2 * tokens * 4 * visionWidth ** 2;
    }
  output(graph, 'y', x);
  const run = await runnable(graph, pack);
  const zeros = f32(Array<number>(tokens * visionWidth).fill(0.01), [tokens, visionWidth]);
  return { flop, run: () => run.run({ x: zeros }), dispose: () => run.dispose() };
}

const folder = await mkdtemp(join(tmpdir(), 'salience-bench-'));
try {
  const checkpoint = join(folder, 'checkpoint');
  await writeBlipFolder(checkpoint, LARGE_BLIP);
  const { size } = await stat(join(checkpoint, 'model.safetensors'));
  console.log(`checkpoint: ${(size / 2 ** 30).toFixed(2)} GiB of F32 weights`);

  const pack = join(folder, 'pack');
  const built = await cpuSeconds(() => buildPack({ source: checkpoint, out: pack }));
  const inode = async (path: string) => (await stat(join(path, 'model.safetensors'))).ino;
  const linked = (await inode(checkpoint)) === (await inode(pack));
  console.log(
    `pack build: ${built.toFixed(1)} CPU s with hashing; weights ${linked ? 'linked' : 'COPIED'}`,
  );

  const { config, weights, packHash } = await loadPack(pack);
  const source = { folder: pack, config, weights, packHash };
  let model: Awaited<ReturnType<typeof loadItmModel>> | undefined;
  const loading = await cpuSeconds(async () => {
    model = await loadItmModel(source, { threads });
  });
  if (!model) throw new Error('nothing was loaded');
  console.log(`load vision: ${loading.toFixed(1)} CPU s, peak ${peakMb()} MB`);
  const captions: TokenBatch = {
    batch: 1,
    length: TOKENS,
    inputIds: BigInt64Array.from({ length: TOKENS }, (_, i) => BigInt(1000 + i)),
    attentionMask: new BigInt64Array(TOKENS).fill(1n),
  };

  for (const side of options.sides.split(',').map(Number)) {
    const tokens = 1 + (side / patch) ** 2;
    const pixels = Float32Array.from({ length: 3 * side * side }, (_, i) => Math.sin(i * 0.01));
    const product = await openProducts(tokens, pack, weights);
    await product.run();
    let features = await model.encodeImage(pixels, side, side);
    // The first run of a graph lays out its memory.
    await model.explain(features, captions, [LAYER]);
    const vision: number[] = [];
    const text: number[] = [];
    const plain: number[] = [];
    for (let round = 0; round < rounds; round++) {
      plain.push((await cpuSeconds(() => product.run())) / product.flop);
      const encode = async () => {
        features = await (model as NonNullable<typeof model>).encodeImage(pixels, side, side);
      };
      vision.push(await cpuSeconds(encode));
      const explain = () =>
        (model as NonNullable<typeof model>).explain(features, captions, [LAYER]);
      text.push(await cpuSeconds(explain));
    }
    await product.dispose();
    const visionRate = visionFlop(tokens) / median(vision) / 1e9;
    const plainRate = 1 / median(plain) / 1e9;
    const percent = (ratio: number) => `${(100 * ratio).toFixed(1)} %`;
    console.log(
      `${side}: vision ${visionRate.toFixed(0)} GFLOP per CPU s, plain MatMul ${plainRate.toFixed(0)}: ` +
        `${percent(visionRate / plainRate)} of it (target 80 %)`,
    );
    console.log(
      `${side}: text forward and gradient of layer ${LAYER + 1}: ` +
        `${percent(median(text) / median(vision))} of vision (target under 10 %); peak ${peakMb()} MB`,
    );
  }
  await model.dispose();
} finally {
  await rm(folder, { recursive: true, force: true });
}
