// Packs of ALBEF and mPLUG with random weights of the published sizes: built without a config, opened, and run;
// what vision costs against plain matrix products of the same machine, and text with its gradient against vision.
// `npm run bench -- bertFamilies`; `-- --models albef --sides 384` for a part of it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadItmModel, sourceOfPack } from '../../electron/inference/session/itmModel.ts';
import { buildPack } from '../../models/packs/building/build.ts';
import { loadPack } from '../../models/packs/load.ts';
import { tellShare } from '../helpers/drivers/visionShare.ts';
import { albefShapes, PUBLISHED_ALBEF } from '../helpers/fixtures/albefCheckpoint.ts';
import { blipVocabulary, writeWeights } from '../helpers/fixtures/blipCheckpoint.ts';
import { BASE_MPLUG, LARGE_MPLUG, mplugShapesOf } from '../helpers/fixtures/mplugCheckpoint.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    sides: { type: 'string', default: '384,768' },
    models: { type: 'string', default: 'albef,mplug-base,mplug-large' },
  },
});

const albefBlock = (layer: number) => `visual_encoder.blocks.${layer}.mlp`;
const mplugBlock = (layer: number) => `visual_encoder.visual.transformer.resblocks.${layer}.mlp`;

/** Keys and values of so many cross-attentions, of vectors as wide as the text. */
const keysAndValues = (layers: number, width: number) => layers * 2 * width ** 2;

const MODELS = {
  albef: {
    shapes: () => albefShapes(PUBLISHED_ALBEF),
    vocabulary: PUBLISHED_ALBEF.vocabulary,
    patch: PUBLISHED_ALBEF.patch,
    visionWidth: PUBLISHED_ALBEF.width,
    visionLayers: PUBLISHED_ALBEF.visionLayers,
    morePerToken: keysAndValues(6, PUBLISHED_ALBEF.width),
    mlpNames: (layer: number) =>
      [`${albefBlock(layer)}.fc2.weight`, `${albefBlock(layer)}.fc1.weight`] as const,
  },
  // Keys and values of the cross layers in front of the joint one; the others depend on the caption.
  'mplug-base': mplug(BASE_MPLUG, keysAndValues(3, BASE_MPLUG.width)),
  'mplug-large': mplug(
    LARGE_MPLUG,
    keysAndValues(6, LARGE_MPLUG.width) + LARGE_MPLUG.visionWidth * LARGE_MPLUG.width,
  ),
};

function mplug(sizes: typeof LARGE_MPLUG, morePerToken: number) {
  const { vocabulary, patch, visionWidth, visionLayers } = sizes;
  return {
    vocabulary,
    patch,
    visionWidth,
    visionLayers,
    morePerToken,
    shapes: () => mplugShapesOf(sizes),
    mlpNames: (layer: number) =>
      [`${mplugBlock(layer)}.c_proj.weight`, `${mplugBlock(layer)}.c_fc.weight`] as const,
  };
}

/** The nearest side that the patch divides. */
const sideFor = (side: number, patch: number) => Math.round(side / patch) * patch;

for (const name of options.models.split(',')) {
  const about = MODELS[name as keyof typeof MODELS];
  if (!about) throw new Error(`--models takes ${Object.keys(MODELS).join(', ')}, found ${name}`);
  const folder = await mkdtemp(join(tmpdir(), 'salience-families-'));
  try {
    const checkpoint = join(folder, 'checkpoint');
    await mkdir(checkpoint);
    await writeWeights(join(checkpoint, 'model.safetensors'), about.shapes());
    await writeFile(join(checkpoint, 'vocab.txt'), blipVocabulary(about.vocabulary));
    const pack = join(folder, 'pack');
    const { manifest } = await buildPack({ source: checkpoint, out: pack });
    const loaded = await loadPack(pack);
    const model = await loadItmModel(sourceOfPack(loaded), { threads: Number(options.threads) });
    const { family, parameters, defaults } = manifest;
    console.log(
      `${name}: family ${family}, ${Math.round(parameters / 1e6)} M numbers, layer ${defaults?.layers.join()} of ${model.info.layers}, native side ${model.info.nativeSide}`,
    );
    for (const side of options.sides.split(',').map(Number))
      await tellShare(
        { ...about, model, folder: pack, weights: loaded.weights, layer: 2 },
        sideFor(side, about.patch),
        Number(options.rounds),
      );
    await model.dispose();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
