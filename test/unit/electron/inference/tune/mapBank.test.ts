// The bank of all layers and heads gives the maps that the pipeline makes for one of them.
import { expect, test } from 'vitest';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { classMaps } from '../../../../../electron/inference/pipeline/planes/classMaps.ts';
import { explainImage } from '../../../../../electron/inference/pipeline/explain/run.ts';
import { openTuneImage } from '../../../../../electron/inference/tune/tuneImage.ts';
import type { TuneSetting } from '../../../../../electron/api/tuning.ts';
import { fakeItmModel } from '../../../../helpers/standIns/fakeItmModel.ts';
import { wordPiece } from '../../../../helpers/fixtures/tokenizers.ts';

const image = {
  width: 24,
  height: 24,
  rgb: Uint8Array.from({ length: 24 * 24 * 3 }, (_, at) => (at * 31) % 256),
};
const prompts = [
  { id: 4, name: 'cat' },
  { id: 9, name: 'red star' },
];
const params = resolveParams('default', {}, { 'pnp.inputSide': 24, 'pnp.layers': [0] });

async function both(layers: readonly number[], heads: readonly number[], passes: number) {
  const pack = { model: fakeItmModel(), tokenizer: wordPiece() };
  const explain = { ...params.explain, layers, heads, passes };
  const run = await explainImage(pack, image, { prompts, params: explain });
  const tuned = await openTuneImage(pack, { image, prompts, params }, {});
  const setting: TuneSetting = { layers, heads, threshold: 0.2, blur: 0, passes, drop: null };
  return { pipeline: classMaps(run, params.masks), bank: await tuned.maps(setting), tuned };
}

test.each([
  ['one head', [1], [1], 1],
  ['the mean of all heads', [0], [], 1],
  ['two layers', [0, 1], [], 1],
  ['more passes', [1], [0], 3],
] as const)('%s: the same maps as a run of the pipeline', async (_, layers, heads, passes) => {
  const { pipeline, bank } = await both(layers, heads, passes);
  expect(bank.maps).toHaveLength(pipeline.maps.length);
  bank.maps.forEach((value, at) => expect(value).toBeCloseTo(pipeline.maps[at]!, 5));
});

test('all layers and heads come from one run of the image encoder', async () => {
  const model = fakeItmModel();
  const tuned = await openTuneImage(
    { model, tokenizer: wordPiece() },
    { image, prompts, params },
    {},
  );
  for (let layer = 0; layer < model.info.layers; layer++)
    for (let head = 0; head < model.info.heads; head++)
      await tuned.maps({
        layers: [layer],
        heads: [head],
        threshold: 0,
        blur: 0,
        passes: 1,
        drop: null,
      });
  expect(model.encoded).toHaveLength(1);
  expect(tuned.encodes()).toBe(1);
});

test('fewer passes are taken from a longer run', async () => {
  const model = fakeItmModel();
  const tuned = await openTuneImage(
    { model, tokenizer: wordPiece() },
    { image, prompts, params },
    {},
  );
  const setting = { layers: [0], heads: [1], threshold: 0, blur: 0, drop: null };
  await tuned.maps({ ...setting, passes: 3 });
  await tuned.maps({ ...setting, passes: 2 });
  expect(model.encoded).toHaveLength(3);
});
