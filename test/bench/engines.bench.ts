// The three engines on one image with random models of the published sizes: processor seconds beside their
// multiply-adds. What repeats (windows, queries, passes) is measured once and counted; vectors of words are
// kept by the product and left out. Then the sliders of the two engines with CLIP from stored maps.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureWasm } from '../../build/wasm.ts';
import { car } from '../../electron/inference/engines/rounds/car.ts';
import type { RoundsRun } from '../../electron/inference/engines/rounds/roundsRun.ts';
import { naclip } from '../../electron/inference/engines/similarity/naclip.ts';
import type { SimilarityRun } from '../../electron/inference/engines/similarity/similarityRun.ts';
import type { ItmModel } from '../../electron/inference/model.ts';
import { draftOf } from '../../electron/inference/pipeline/masks/draft.ts';
import { masksFromMaps } from '../../electron/inference/pipeline/masks/masks.ts';
import { createMaskCache } from '../../electron/inference/pipeline/planes/maskCache.ts';
import { loadEmbeddingModel } from '../../electron/inference/session/embeddingModel.ts';
import { loadItmModel } from '../../electron/inference/session/itmModel.ts';
import { car as carSettings } from '../../electron/link/engines/car.ts';
import { naclip as naclipSettings } from '../../electron/link/engines/naclip.ts';
import { readSafetensorsIndex } from '../../models/safetensors/reader.ts';
import { LARGE_BLIP, writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';
import { BASE_CLIP, LARGE_CLIP, writeClipFolder } from '../helpers/fixtures/clipCheckpoint.ts';
import { sceneImage } from '../helpers/fixtures/crfScenes.ts';
import { randomFrom } from '../helpers/fixtures/random.ts';

/** Of the image: 336 x 448 gives six windows, 500 x 375 becomes 24 x 32 patches. */
const WINDOWS = 6;
const CLASSES = 5;
const ROUNDS = 2;
const PASSES = 4;
/** Words of the classes and of the background. */
const WORDS = CLASSES + 26;
const SLIDER_TARGET_MS = 50;
const THREADS = 1;

/** Processor seconds of `work`: steadier than the wall clock on a shared machine. The first run warms up. */
async function seconds(work: () => Promise<unknown>): Promise<number> {
  await work();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

interface Row {
  readonly label: string;
  readonly seconds: number;
  /** Thousands of millions of multiply-adds. */
  readonly giga: number;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'salience-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const noise = (length: number, seed: number) => {
  const random = randomFrom(seed);
  return Float32Array.from({ length }, () => random() - 0.5);
};

const clipIn = async (folder: string) =>
  loadEmbeddingModel(
    {
      folder,
      weights: await readSafetensorsIndex(join(folder, 'model.safetensors')),
      config: JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as unknown,
    },
    { threads: THREADS },
  );

const similarity = () =>
  inFolder(async (folder): Promise<Row> => {
    await writeClipFolder(folder, BASE_CLIP);
    const model = await clipIn(folder);
    const pixels = noise(3 * 224 * 224, 1);
    const block = { strategy: 'naclip', arch: 'reduced' } as const;
    const size = { width: 224, height: 224 };
    const one = await seconds(() => model.densePatches(pixels, size, block, 5));
    await model.dispose();
    return {
      label: `Similarity, ${WINDOWS} windows`,
      seconds: WINDOWS * one,
      giga: WINDOWS * 17.5,
    };
  });

async function rounds(): Promise<Row> {
  const questions = CLASSES * ROUNDS;
  const maps = await inFolder(async (folder) => {
    await writeClipFolder(folder, BASE_CLIP);
    const model = await clipIn(folder);
    const pixels = noise(3 * 384 * 512, 2);
    const once = await seconds(() => model.trunk(pixels, 384, 512));
    const trunk = await model.trunk(pixels, 384, 512);
    const start = noise(BASE_CLIP.embedding, 3);
    const each = await seconds(() => model.share(trunk, start));
    await model.dispose();
    return once + questions * each;
  });
  const judge = await inFolder(async (folder) => {
    await writeClipFolder(folder, LARGE_CLIP);
    const model = await clipIn(folder);
    const pixels = noise(3 * 224 * 224, 4);
    const each = await seconds(() => model.judgeImage(pixels, 224, 224));
    await model.dispose();
    return questions * each;
  });
  const giga = 76 + questions * (19 + 77);
  return { label: `Rounds, ${CLASSES} classes in ${ROUNDS} rounds`, seconds: maps + judge, giga };
}

const salience = () =>
  inFolder(async (folder): Promise<Row> => {
    await writeBlipFolder(folder, LARGE_BLIP);
    const model: ItmModel = await loadItmModel(
      {
        folder,
        weights: await readSafetensorsIndex(join(folder, 'model.safetensors')),
        config: JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as unknown,
      },
      { threads: THREADS },
    );
    const pixels = noise(3 * 336 * 336, 5);
    const tokens = {
      batch: 1,
      length: 12,
      inputIds: new BigInt64Array(12).fill(6n),
      attentionMask: new BigInt64Array(12).fill(1n),
    };
    const one = await seconds(async () => {
      const features = await model.encodeImage(pixels, 336, 336);
      await model.explain(features, tokens, [7]);
      features.dispose();
    });
    await model.dispose();
    return { label: `Salience, ${PASSES} passes`, seconds: PASSES * one, giga: 570 };
  });

const image = { width: 640, height: 480, rgb: sceneImage(640, 480, 3).data };
const classes = Array.from({ length: CLASSES }, (_, index) => ({
  id: index + 1,
  name: `class ${index}`,
  words: [`class ${index}`],
  match: 1,
  asked: true,
}));
const common = {
  format: 2,
  packHash: '',
  provider: 'cpu',
  warnings: [],
  milliseconds: {},
  classes,
  imageWidth: 640,
  imageHeight: 480,
  inputWidth: 448,
  inputHeight: 336,
} as const;

const similarityRun: SimilarityRun = {
  ...common,
  engine: 'naclip',
  rows: 42,
  columns: 56,
  params: naclipSettings.presets.default.own,
  queries: Array.from({ length: WORDS }, (_, at) => ({
    words: `word ${at}`,
    classIndex: at < CLASSES ? at : null,
  })),
  passes: [
    { x1: 0, x2: 224 },
    { x1: 112, x2: 336 },
    { x1: 224, x2: 448 },
  ].flatMap((across, column) =>
    [
      { y1: 0, y2: 224 },
      { y1: 112, y2: 336 },
    ].map((down, row) => ({
      window: { ...across, ...down },
      rows: 14,
      columns: 14,
      maps: noise(WORDS * 196, 10 + column * 2 + row).map((value) => value / 5),
    })),
  ),
};

const roundsRun: RoundsRun = {
  ...common,
  engine: 'car',
  rows: 24,
  columns: 32,
  params: carSettings.presets.default.own,
  background: [],
  judgeHash: '',
  judgeSide: 224,
  passes: [
    {
      queries: classes.map((_, index) => index),
      maps: classes.map((_, index) => {
        const map = noise(24 * 32, 30 + index).map((value) => value + 0.5);
        return { share: 0.2, cam: map, map };
      }),
      scores: classes.map(() => new Float64Array(CLASSES).fill(0.2)),
      kept: classes.map((_, index) => index),
      fallback: false,
    },
  ],
};

/** Median milliseconds of a draft while a slider moves, with what a run keeps kept. */
async function sliderMs(
  name: 'smallestShare' | 'contrast' | 'backgroundFactor',
  positions: readonly number[],
): Promise<number> {
  const cache = createMaskCache({ planes: true });
  const times: number[] = [];
  for (let round = 0; round < 30; round++) {
    const own = { [name]: positions[round % positions.length] };
    const before = process.cpuUsage();
    const made =
      name === 'backgroundFactor'
        ? {
            run: roundsRun,
            maps: car.classMaps(roundsRun, carMasks),
            masks: { ...carMasks, ...own },
          }
        : {
            run: similarityRun,
            maps: naclip.classMaps(similarityRun, naclipMasks),
            masks: { ...naclipMasks, ...own },
          };
    await masksFromMaps(made, image, draftOf(made.masks, true), {
      cache,
      channels: (request) =>
        name === 'backgroundFactor'
          ? car.channels!(roundsRun, request)
          : naclip.channels!(similarityRun, request),
    });
    const { user, system } = process.cpuUsage(before);
    if (round >= 10) times.push((user + system) / 1000);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}
const carMasks = carSettings.presets.default.masks;
const naclipMasks = naclipSettings.presets.default.masks;

await ensureWasm();
for (const [label, name, positions] of [
  ['Similarity, smallest share', 'smallestShare', [0, 0.1, 0.2, 0.3]],
  ['Similarity, contrast', 'contrast', [20, 40, 60, 80]],
  ['Rounds, background factor', 'backgroundFactor', [0.5, 1, 1.5, 2]],
] as const)
  console.log(
    `slider ${label.padEnd(28)} ${(await sliderMs(name, positions)).toFixed(1)} ms (${WORDS} words, 640x480, no edges; target under ${SLIDER_TARGET_MS} ms)`,
  );
const rows = [await similarity(), await rounds(), await salience()];
const [base] = rows as [Row];
for (const { label, seconds: taken, giga } of rows)
  console.log(
    `${label.padEnd(34)} ${taken.toFixed(1)} s on one thread, ${(taken / base.seconds).toFixed(1)}x; ${giga.toFixed(0)} G multiply-adds, ${(giga / base.giga).toFixed(1)}x`,
  );
