// Golden family `car`: CLIP as RNN's trunk, maps, boxes, prompt pictures, judge, rounds and labels,
// each step from the step's stored input, and the whole loop, against the published program in float64.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharesOf } from '../../../electron/inference/engines/rounds/shares.ts';
import { mapImage } from '../../../electron/inference/engines/rounds/mapImage.ts';
import type { Trunk } from '../../../electron/inference/model.ts';
import {
  loadEmbeddingModel,
  type OrtEmbeddingModel,
} from '../../../electron/inference/session/embeddingModel.ts';
import { clipNumbers } from '../../../models/clip/config.ts';
import { shareGraph, trunkGraph } from '../../../models/clip/trunk.ts';
import type { WeightIndex } from '../../../models/family.ts';
import { POSITION_TABLE } from '../../../models/clip/names.ts';
import { interpolatePositionsLinearly } from '../../../models/layers/positions.ts';
import { tensorOf } from '../../../models/weights.ts';
import { runnable } from '../../helpers/drivers/runGraph.ts';
import { readSafetensorsIndex, readTensorFloats } from '../../../models/safetensors/reader.ts';
import { checklist } from '../checklist.ts';
import { checkCarLabels } from '../carLabels.ts';
import type { GoldenFamily } from '../goldenFamily.ts';
import { checkRun } from '../carRounds.ts';
import {
  ACTIVATIONS,
  bytes,
  embed,
  floats,
  PIXELS,
  type CarMeta,
  type CarModels,
  type CarRun,
} from '../carCase.ts';

export const family: GoldenFamily = {
  name: 'car',
  async run(folder, raw) {
    const meta = raw as CarMeta;
    const list = checklist();
    const [maps, judge] = [await open(folder, 'cam'), await open(folder, 'judge')];
    const one: CarModels = { folder, meta, list, maps: maps.model, judge: judge.model };
    try {
      const trunk = await checkTrunk(one, maps);
      for (const run of runsOf(meta)) await checkRun(one, run, trunk);
      await checkCarLabels(one, runsOf(meta));
    } finally {
      await Promise.all([maps.model.dispose(), judge.model.dispose()]);
    }
    return list.result();
  },
};

function runsOf({ settings }: CarMeta): CarRun[] {
  const { classes, stuff, prompts, stuff_prompts = [] } = settings;
  const background = 'background_ids';
  const things: CarRun = {
    name: 'things',
    prefix: '',
    first: 0,
    count: classes.length,
    marks: prompts,
    background,
  };
  if (!stuff) return [things];
  const others = { first: classes.length, count: stuff.length, marks: stuff_prompts };
  return [
    things,
    { name: 'stuff', prefix: 'stuff_', ...others, background: 'thing_background_ids' },
  ];
}

interface Opened {
  readonly model: OrtEmbeddingModel;
  readonly weights: WeightIndex;
  readonly config: unknown;
}

async function open(folder: string, name: string): Promise<Opened> {
  const weights = await readSafetensorsIndex(join(folder, `${name}.safetensors`));
  const config: unknown = JSON.parse(readFileSync(join(folder, `${name}.config.json`), 'utf8'));
  return { model: await loadEmbeddingModel({ folder, weights, config }), weights, config };
}

async function checkTrunk(one: CarModels, { weights, config }: Opened): Promise<Trunk> {
  const { folder, list, maps } = one;
  const image = bytes(folder, 'image');
  const [height, width] = image.shape as readonly number[] as [number, number];
  const input = mapImage({ width, height, rgb: image.data }, maps.info, 0);
  const recorded = floats(folder, 'cam_pixels');
  list.same('map input size', [input.height, input.width], recorded.shape.slice(2));
  list.close('cam_pixels', input.pixels, recorded.data, PIXELS);
  const trunk = await maps.trunk(recorded.data, input.height, input.width);
  const { vision } = clipNumbers(config, weights);
  list.close(
    'before_last',
    trunk.beforeLast,
    floats(folder, 'expected/before_last').data,
    ACTIVATIONS,
  );
  await checkInside(one, { weights, config }, trunk, vision.width);
  return trunk;
}

// What the engine does not take out of the model, and every query's gradient.
async function checkInside(
  { folder, meta, list, maps }: CarModels,
  { weights, config }: Pick<Opened, 'weights' | 'config'>,
  trunk: Trunk,
  width: number,
): Promise<void> {
  const numbers = clipNumbers(config, weights);
  const tokens = 1 + trunk.rows * trunk.columns;
  const grid = trunk.rows * trunk.columns;
  const byChannel = (rows: Float32Array) =>
    Float32Array.from(
      { length: width * grid },
      (_, at) => rows[(1 + (at % grid)) * width + Math.floor(at / grid)] as number,
    );
  const graph = await runnable(trunkGraph(numbers, weights), folder);
  const pixels = floats(folder, 'cam_pixels');
  const position = await positionsOf(numbers, weights, folder, trunk);
  const made = await graph.run({ pixel_values: pixels, position });
  await graph.dispose();
  list.close(
    'activations',
    byChannel(made['activations']?.data as Float32Array),
    floats(folder, 'expected/activations').data,
    ACTIVATIONS,
  );
  list.close(
    'attention',
    made['attention']?.data as Float32Array,
    floats(folder, 'expected/attention').data,
    ACTIVATIONS,
  );
  const [texts, background] = [
    await embed(maps, folder, 'class_ids'),
    await embed(maps, folder, 'background_ids'),
  ];
  const asked = texts.slice(0, meta.settings.classes.length);
  const shares = sharesOf(trunk.features, [...asked, ...background], asked.length, maps.info.scale);
  const share = await runnable(shareGraph(numbers, weights), folder);
  const recorded = floats(folder, 'expected/round_0/grad').data;
  for (const [query, { start }] of shares.entries()) {
    const feeds = {
      before_last: { data: trunk.beforeLast, shape: [tokens, width] },
      start: { data: start as Float32Array, shape: [1, (start as Float32Array).length] },
    };
    const ours = byChannel((await share.run(feeds))['gradient']?.data as Float32Array);
    const theirs = recorded.subarray(query * width * grid, (query + 1) * width * grid);
    list.close(`gradient of query ${query}`, ofLargest(ours), ofLargest(theirs), ACTIVATIONS);
  }
  await share.dispose();
}

/** Divided by the largest of its sizes: shares are tiny, and only the direction counts. */
function ofLargest(values: Float32Array): Float32Array {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return values.map((value) => value / largest);
}

async function positionsOf(
  numbers: ReturnType<typeof clipNumbers>,
  weights: WeightIndex,
  folder: string,
  { rows, columns }: Trunk,
) {
  const ref = tensorOf(weights, POSITION_TABLE, [1 + numbers.grid ** 2, numbers.vision.width]);
  const table = await readTensorFloats(ref, folder);
  const data = interpolatePositionsLinearly(table, numbers.grid, rows, columns);
  return { data, shape: [1 + rows * columns, numbers.vision.width] };
}
