// A BLIP-large-shaped model with random weights: what vision costs against a plain matrix product on
// the same machine, what the text graph with its gradient costs against vision, and peak memory.
// Prints ratios of one run; run it alone with `npm run bench -- blipLarge`.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadItmModel } from '../../electron/inference/session/itmModel.ts';
import { buildPack } from '../../models/packs/building/build.ts';
import { loadPack } from '../../models/packs/load.ts';
import { LARGE_BLIP, writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';
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
  },
});
const rounds = Number(options.rounds);
const threads = Number(options.threads);
/** 1-based layer 8 of the paper. */
const LAYER = 7;
const { visionLayers, visionWidth, textLayers, textWidth, patch } = LARGE_BLIP;

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
  const measured: MeasuredModel = {
    ...{ model, folder: pack, weights, patch, visionWidth, visionLayers, layer: LAYER },
    mlpNames: (layer) => {
      const mlp = `vision_model.encoder.layers.${layer}.mlp`;
      return [`${mlp}.fc2.weight`, `${mlp}.fc1.weight`];
    },
    // Keys and values of all text layers.
    morePerToken: textLayers * 2 * visionWidth * textWidth,
  };
  for (const side of options.sides.split(',').map(Number)) await tellShare(measured, side, rounds);
  await model.dispose();
} finally {
  await rm(folder, { recursive: true, force: true });
}
