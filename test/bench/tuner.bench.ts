// Cost of tuning per image: all 132 pairs of 11 useful layers and 12 heads of a BLIP-like model with
// random weights, against running the pipeline once for each pair. Prints CPU times and their ratio.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { TuneSetting } from '../../electron/api/tuning.ts';
import { createWasmCrf } from '../../electron/inference/crf/wasmCrf.ts';
import { localCrfSolver } from '../../electron/inference/pipeline/masks/crfSolver.ts';
import { masksFromRun } from '../../electron/inference/pipeline/masks/masks.ts';
import { resolveParams } from '../../electron/link/presets.ts';
import { explainImage } from '../../electron/inference/pipeline/explain/run.ts';
import { captionTokenizerFromFiles } from '../../electron/inference/pipeline/tokenize/fromFiles.ts';
import { judgeByPack } from '../../electron/inference/tune/judges/packJudge.ts';
import { scoreSettings } from '../../electron/inference/tune/scoreSettings.ts';
import { openTuneImage } from '../../electron/inference/tune/tuneImage.ts';
import { loadItmModel } from '../../electron/inference/session/itmModel.ts';
import { readSafetensorsIndex } from '../../models/safetensors/reader.ts';
import { ensureWasm } from '../../build/wasm.ts';
import { TINY_BLIP, writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';
import { sceneImage } from '../helpers/fixtures/crfScenes.ts';

const LAYERS = 12;
const HEADS = 12;
/** Pairs for which the pipeline is really run; the others cost the same. */
const PIPELINE_RUNS = 3;
const TARGET = 20;

const cpuMs = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

await ensureWasm();
const folder = await mkdtemp(join(tmpdir(), 'tuner-bench-'));
const crf = localCrfSolver(createWasmCrf);
try {
  // The shape of BLIP base at a third of its width: the ratio, not the time, is the result.
  await writeBlipFolder(folder, {
    ...TINY_BLIP,
    visionLayers: 12,
    visionWidth: 192,
    visionHeads: 12,
    textLayers: LAYERS,
    textWidth: 192,
    textHeads: HEADS,
    patch: 16,
    imageSide: 336,
  });
  const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as unknown;
  const weights = await readSafetensorsIndex(join(folder, 'model.safetensors'));
  const model = await loadItmModel({ folder, weights, config }, { threads: 1 });
  const tokenizer = captionTokenizerFromFiles({
    vocabText: readFileSync(join(folder, 'vocab.txt'), 'utf8'),
  });
  const pack = { model, tokenizer };
  const { data } = sceneImage(500, 375, 3);
  const image = { width: 500, height: 375, rgb: data };
  const names = readFileSync(join(folder, 'vocab.txt'), 'utf8').split('\n').slice(7, 9);
  const prompts = names.map((name, index) => ({ id: index + 1, name }));
  const params = resolveParams('default', {}, { 'pnp.inputSide': 0, 'pnp.layers': [0] });
  const settings = Array.from({ length: (LAYERS - 1) * HEADS }, (_, at): TuneSetting => ({
    layers: [Math.floor(at / HEADS)],
    heads: [at % HEADS],
    threshold: params.masks.threshold,
    blur: params.masks.blur,
    passes: 1,
    drop: null,
  }));
  const pipeline = async ({ layers, heads }: TuneSetting): Promise<void> => {
    const run = await explainImage(pack, image, {
      prompts,
      params: { ...params.explain, layers, heads },
    });
    await masksFromRun(run, image, params.masks, { crf });
  };
  const tune = async (): Promise<void> => {
    const tuned = await openTuneImage(pack, { image, prompts, params }, {});
    const judged = judgeByPack(pack, tuned.features, tuned.captions, tuned.frame);
    const scored = { image: tuned, size: image, judged, masks: params.masks };
    await scoreSettings(scored, settings, { keepGrids: false });
    tuned.letGo();
  };
  // Graphs are opened and code is warm before anything is measured.
  await pipeline(settings[0]!);
  await tune();
  const once =
    (await cpuMs(async () => {
      for (let at = 0; at < PIPELINE_RUNS; at++) await pipeline(settings[at * 40]!);
    })) / PIPELINE_RUNS;
  const all = await cpuMs(tune);
  const oneByOne = once * settings.length;
  console.log(
    `tuning ${settings.length} layer-head pairs on one image, ${params.explain.passes} passes and CRF in the pipeline (CPU time)`,
  );
  console.log(
    `  pipeline once a pair, without any judge   1.0x  (${(oneByOne / 1000).toFixed(1)} s)`,
  );
  console.log(
    `  tuner, all pairs made and judged          ${(oneByOne / all).toFixed(1)}x cheaper  (${(all / 1000).toFixed(2)} s; target ${TARGET}x)`,
  );
  await model.dispose();
} finally {
  crf.dispose();
  await rm(folder, { recursive: true, force: true });
}
