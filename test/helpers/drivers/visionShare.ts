// What an image encoder costs against plain matrix products of the same machine, measured in one run.
import { input, output } from '../../../models/ir/builder.ts';
import { createGraph } from '../../../models/ir/graph.ts';
import { matmul } from '../../../models/ops/linalg.ts';
import { weightValue } from '../../../models/weights.ts';
import type { WeightIndex } from '../../../models/family.ts';
import type { ItmModel, TokenBatch } from '../../../electron/inference/model.ts';
import { f32, runnable } from './runGraph.ts';

export interface MeasuredModel {
  readonly model: ItmModel;
  readonly folder: string;
  readonly weights: WeightIndex;
  readonly patch: number;
  readonly visionWidth: number;
  readonly visionLayers: number;
  /** Weights of one MLP as they lie, [D, 4D] and then [4D, D]. */
  mlpNames(layer: number): readonly [string, string];
  /** Multiplications and additions per token besides the encoder's own: keys and values, projections. */
  readonly morePerToken: number;
  /** 0-based; whose gradient is measured. */
  readonly layer: number;
}

/** Layers whose MLP weights the plain products use. */
const PRODUCT_LAYERS = 6;
const TOKENS = 12;

export const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

/** CPU seconds (user and system) of `work`: on a shared machine steadier than the wall clock. */
export async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Prints the share at a side, and what text with its gradient costs against vision. */
export async function tellShare(measured: MeasuredModel, side: number, rounds: number) {
  const { model, layer } = measured;
  const captions: TokenBatch = {
    batch: 1,
    length: TOKENS,
    inputIds: BigInt64Array.from({ length: TOKENS }, (_, i) => BigInt(1000 + i)),
    attentionMask: new BigInt64Array(TOKENS).fill(1n),
  };
  const tokens = 1 + (side / measured.patch) ** 2;
  const pixels = Float32Array.from({ length: 3 * side * side }, (_, i) => Math.sin(i * 0.01));
  const product = await openProducts(tokens, measured);
  await product.run();
  let features = await model.encodeImage(pixels, side, side);
  // The first run of a graph lays out its memory.
  await model.explain(features, captions, [layer]);
  const vision: number[] = [];
  const text: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round++) {
    plain.push((await cpuSeconds(() => product.run())) / product.flop);
    const encode = async () => {
      features = await model.encodeImage(pixels, side, side);
    };
    vision.push(await cpuSeconds(encode));
    text.push(await cpuSeconds(() => model.explain(features, captions, [layer])));
  }
  await product.dispose();
  const visionRate = visionFlop(tokens, measured) / median(vision) / 1e9;
  const plainRate = 1 / median(plain) / 1e9;
  const percent = (ratio: number) => `${(100 * ratio).toFixed(1)} %`;
  console.log(
    `${side}: vision ${visionRate.toFixed(0)} GFLOP per CPU s, plain MatMul ${plainRate.toFixed(0)}: ` +
      `${percent(visionRate / plainRate)} of it (target 80 %)`,
  );
  console.log(
    `${side}: text forward and gradient of layer ${layer + 1}: ` +
      `${percent(median(text) / median(vision))} of vision (target under 10 %); peak ${peakMb()} MB`,
  );
}

/** Multiplications and additions of the image encoder, and of what it hands to the text. */
function visionFlop(
  tokens: number,
  { visionLayers, visionWidth, patch, morePerToken }: MeasuredModel,
): number {
  const perToken = visionLayers * 12 * visionWidth ** 2 + morePerToken;
  const attention = visionLayers * 2 * tokens ** 2 * visionWidth;
  const patches = (tokens - 1) * 3 * patch ** 2 * visionWidth;
  return 2 * (tokens * perToken + attention + patches);
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

/** Plain products with the vision MLPs' weights, one after another: what the machine can do. */
async function openProducts(tokens: number, measured: MeasuredModel) {
  const { weights, visionWidth, folder, mlpNames } = measured;
  const graph = createGraph('products');
  let x = input(graph, 'x', 'F32', [tokens, visionWidth]);
  let flop = 0;
  for (let layer = 0; layer < PRODUCT_LAYERS; layer++)
    // Read as they lie, they fit one behind the other.
    for (const name of mlpNames(layer)) {
      const shape = weights.get(name)?.shape ?? [];
      x = matmul(graph, x, weightValue({ graph, weights }, name, shape));
      flop += 2 * tokens * 4 * visionWidth ** 2;
    }
  output(graph, 'y', x);
  const run = await runnable(graph, folder);
  const zeros = f32(Array<number>(tokens * visionWidth).fill(0.01), [tokens, visionWidth]);
  return { flop, run: () => run.run({ x: zeros }), dispose: () => run.dispose() };
}
