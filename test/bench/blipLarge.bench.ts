// A BLIP-large-shaped model with random weights: what vision costs against a plain matrix product on
// the same machine, what the text graph with its gradient costs against vision, and peak memory; then a batch
// with it, in which everything else should hide behind the model.
// Prints ratios of one run; run it alone with `npm run bench -- blipLarge`.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadItmModel } from '../../electron/inference/session/itmModel.ts';
import { ensureWasm } from '../../build/wasm.ts';
import { buildPack } from '../../models/packs/building/build.ts';
import { loadPack } from '../../models/packs/load.ts';
import { LARGE_BLIP, writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';
import { openJobBench } from '../helpers/drivers/jobPace.ts';
import {
  cpuSeconds,
  peakMb,
  tellShare,
  type MeasuredModel,
} from '../helpers/drivers/visionShare.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    sides: { type: 'string', default: '336,768' },
    /** Images of the batch. */
    images: { type: 'string', default: '6' },
  },
});
const rounds = Number(options.rounds);
const threads = Number(options.threads);
/** 1-based layer 8 of the paper. */
const LAYER = 7;
/** Words that the made-up vocabulary has. */
const WORDS = ['cat', 'dog', 'word20', 'word30', 'word40'];
/** Of the wall clock of a batch, that in which the model is at work. */
const TARGET_SHARE = 0.97;
const { visionLayers, visionWidth, textLayers, textWidth, patch } = LARGE_BLIP;

await ensureWasm();
const folder = await mkdtemp(join(tmpdir(), 'salience-bench-'));
try {
  const checkpoint = join(folder, 'checkpoint');
  await writeBlipFolder(checkpoint, LARGE_BLIP);
  const { size } = await stat(join(checkpoint, 'model.safetensors'));
  console.log(`checkpoint: ${(size / 2 ** 30).toFixed(2)} GiB of F32 weights`);

  const packs = join(folder, 'packs');
  const pack = join(packs, 'large');
  const built = await cpuSeconds(() => buildPack({ source: checkpoint, out: pack }));
  const inode = async (path: string) => (await stat(join(path, 'model.safetensors'))).ino;
  const linked = (await inode(checkpoint)) === (await inode(pack));
  console.log(
    `pack build: ${built.toFixed(1)} CPU s with hashing; weights ${linked ? 'linked' : 'COPIED'}`,
  );

  const { config, weights, packHash, manifest } = await loadPack(pack);
  const source = { folder: pack, config, weights, packHash };
  let model: Awaited<ReturnType<typeof loadItmModel>> | undefined;
  const loading = await cpuSeconds(async () => {
    model = await loadItmModel(source, { threads });
  });
  if (!model) throw new Error('nothing was loaded');
  console.log(`load vision: ${loading.toFixed(1)} CPU s, peak ${peakMb()} MB`);
  const measured: MeasuredModel = {
    model,
    folder: pack,
    weights,
    patch,
    visionWidth,
    visionLayers,
    layer: LAYER,
    mlpNames: (layer) => {
      const mlp = `vision_model.encoder.layers.${layer}.mlp`;
      return [`${mlp}.fc2.weight`, `${mlp}.fc1.weight`];
    },
    // Keys and values of all text layers.
    morePerToken: textLayers * 2 * visionWidth * textWidth,
  };
  for (const side of options.sides.split(',').map(Number)) await tellShare(measured, side, rounds);
  await model.dispose();
  if (Number(options.images) > 0) await batch(packs, manifest.id, Number(options.images));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A job with the pack; the first image loads the model and is not counted. */
async function batch(packs: string, packId: string, count: number): Promise<void> {
  process.env['SALIENCE_PACKS'] = packs;
  await using bench = await openJobBench(count + 1, WORDS);
  await bench.job(bench.images.slice(0, 1), { packId });
  const { model, imagesPerSecond, cores } = await bench.job(bench.images.slice(1), { packId });
  const below = model < TARGET_SHARE ? ' BELOW TARGET' : '';
  console.log(
    `batch of ${count}: the model at work ${(100 * model).toFixed(1)} % of the wall clock (target ${100 * TARGET_SHARE} %)${below}; ${imagesPerSecond.toFixed(3)} images/s on ${cores.toFixed(2)} processors`,
  );
}
