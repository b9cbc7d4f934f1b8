// Several images in one call of the image encoder, and several captions in one of the text with its gradient, against
// one after the other: on the processor, for the shapes of the built-in pack and of BLIP base. Prints CPU time of
// one process per image and per caption.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadItmModel } from '../../electron/inference/session/itmModel.ts';
import type { TokenBatch } from '../../electron/inference/model.ts';
import { input, output } from '../../models/ir/builder.ts';
import { createGraph } from '../../models/ir/graph.ts';
import { packedProjections, preNormBlock } from '../../models/layers/preNorm.ts';
import { gelu } from '../../models/ops/elementwise.ts';
import { readSafetensorsIndex } from '../../models/safetensors/reader.ts';
import { cpuSeconds } from '../helpers/drivers/visionShare.ts';
import {
  blipConfig,
  LARGE_BLIP,
  writeBlipFolder,
  type BlipSizes,
} from '../helpers/fixtures/blipCheckpoint.ts';
import { f32, runnable } from '../helpers/drivers/runGraph.ts';

const ROUNDS = 7;
/** Together is worth its memory from this on. */
const TARGET = 0.95;
/** Blocks of the encoder that are measured: all of them are alike. */
const BLOCKS = 3;
const TOKENS = 12;
const SHAPES: readonly (readonly [name: string, sizes: BlipSizes, layer: number])[] = [
  [
    'built-in pack',
    {
      visionLayers: 5,
      visionWidth: 192,
      visionHeads: 3,
      textLayers: 4,
      textWidth: 128,
      textHeads: 4,
      projection: 64,
      patch: 8,
      imageSide: 160,
      vocabSize: 175,
      maxTokens: 64,
    },
    2,
  ],
  [
    'BLIP base',
    { ...LARGE_BLIP, visionLayers: BLOCKS, visionWidth: 768, visionHeads: 12, imageSide: 336 },
    7,
  ],
];

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** Median CPU seconds of each, taken in turns; the first round lays out memory. */
async function inTurns(works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const seconds = works.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++)
    for (const [at, work] of works.entries()) {
      const spent = await cpuSeconds(work);
      if (round > 0) seconds[at]!.push(spent);
    }
  return seconds.map(median);
}

/** Blocks of the encoder over so many images at once. */
async function encoder(folder: string, sizes: BlipSizes, images: number) {
  const weights = await readSafetensorsIndex(join(folder, 'model.safetensors'));
  const tokens = 1 + (sizes.imageSide / sizes.patch) ** 2;
  const width = sizes.visionWidth;
  const graph = createGraph('encoder');
  const tower = {
    graph,
    weights,
    batch: images,
    tokens,
    width,
    heads: sizes.visionHeads,
    mlpWidth: 4 * width,
    epsilon: 1e-6,
    activation: gelu,
  };
  let x = input(graph, 'x', 'F32', [images * tokens, width]);
  for (let layer = 0; layer < BLOCKS; layer++) {
    const names = `vision_model.encoder.layers.${layer}`;
    x = preNormBlock(
      tower,
      {
        norm1: `${names}.layer_norm1`,
        norm2: `${names}.layer_norm2`,
        out: `${names}.self_attn.projection`,
        mlpIn: `${names}.mlp.fc1`,
        mlpOut: `${names}.mlp.fc2`,
      },
      x,
      (rows) =>
        packedProjections(
          tower,
          `${names}.self_attn.qkv.weight`,
          `${names}.self_attn.qkv.bias`,
          rows,
        ),
    );
  }
  output(graph, 'y', x);
  const run = await runnable(graph, folder);
  const rows = f32(
    Array.from({ length: images * tokens * width }, (_, at) => Math.sin(at)),
    [images * tokens, width],
  );
  return { run: () => run.run({ x: rows }), dispose: () => run.dispose() };
}

function captionsOf(batch: number): TokenBatch {
  const length = batch * TOKENS;
  return {
    batch,
    length: TOKENS,
    inputIds: BigInt64Array.from({ length }, (_, at) => BigInt(4 + (at % 40))),
    attentionMask: new BigInt64Array(length).fill(1n),
  };
}

function tell(what: string, count: number, ratio: number): void {
  console.log(
    `  ${what}, ${count} together: ${ratio.toFixed(2)} of the time one after the other (worth it below ${TARGET}${ratio < TARGET ? '' : ', NOT WORTH IT'})`,
  );
}

const root = await mkdtemp(join(tmpdir(), 'salience-bench-'));
for (const [name, sizes, layer] of SHAPES) {
  const folder = join(root, name.replace(' ', '-'));
  await writeBlipFolder(folder, sizes);
  console.log(name);
  const encoders = [];
  for (const images of [1, 2, 4]) encoders.push(await encoder(folder, sizes, images));
  const [alone, two, four] = (await inTurns(encoders.map(({ run }) => run))) as [
    number,
    number,
    number,
  ];
  tell('images', 2, two / (2 * alone));
  tell('images', 4, four / (4 * alone));
  for (const one of encoders) await one.dispose();

  const weights = await readSafetensorsIndex(join(folder, 'model.safetensors'));
  const model = await loadItmModel({ folder, config: blipConfig(sizes), weights }, { threads: 1 });
  const { imageSide } = sizes;
  const features = await model.encodeImage(
    new Float32Array(3 * imageSide * imageSide).fill(0.1),
    imageSide,
    imageSide,
  );
  const ask = (batch: number) => () => model.explain(features, captionsOf(batch), [layer]);
  const [single, five, twenty] = (await inTurns([ask(1), ask(5), ask(20)])) as [
    number,
    number,
    number,
  ];
  tell('captions', 5, five / (5 * single));
  tell('captions', 20, twenty / (20 * single));
  await model.dispose();
}
await rm(root, { recursive: true, force: true });
