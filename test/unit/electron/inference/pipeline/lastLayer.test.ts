// With a real (tiny) model: the last text layer gives words no gradient, the others do, and a whole
// run ends in masks (method.md section 15, test 2).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { masksFromRun } from '../../../../../electron/inference/pipeline/masks/masks.ts';
import type { ExplainParams } from '../../../../../electron/link/params.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { explainImage } from '../../../../../electron/inference/pipeline/explain/run.ts';
import {
  loadItmModel,
  type OrtItmModel,
} from '../../../../../electron/inference/session/itmModel.ts';
import { readSafetensorsIndex } from '../../../../../models/safetensors/reader.ts';
import { fakePhoto } from '../../../../helpers/standIns/fakeRun.ts';
import { wordPiece } from '../../../../helpers/fixtures/tokenizers.ts';

const folder = join(import.meta.dirname, '../../../../fixtures/goldens/blip/case_a');
const photo = fakePhoto(60, 40);
let model: OrtItmModel;

beforeAll(async () => {
  model = await loadItmModel({
    folder,
    weights: await readSafetensorsIndex(join(folder, 'model.safetensors')),
    config: JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')),
  });
});
afterAll(() => model.dispose());

function run(own: Partial<ExplainParams>) {
  const { explain } = resolveParams('default', { 'pnp.inputSide': 0, 'pnp.heads': [] });
  const prompts = [
    { id: 1, name: 'dog' },
    { id: 2, name: 'traffic light' },
  ];
  return explainImage({ model, tokenizer: wordPiece() }, photo, {
    prompts,
    params: { ...explain, passes: 1, ...own },
  });
}

describe('GradCAM of word tokens', () => {
  test('is zero in the last layer and not in the one before', async () => {
    for (const [layer, zero] of [
      [model.info.layers - 1, true],
      [model.info.layers - 2, false],
    ] as const) {
      const result = await run({ layers: [layer] });
      const patches = result.rows * result.columns;
      const map = result.passes[0]?.tokenMaps[0] ?? new Float32Array(0);
      const words = map.subarray(patches, map.length - patches);
      expect(words.every((value) => value === 0)).toBe(zero);
      // [ENC] is what the head reads: it has a gradient everywhere.
      expect(map.subarray(0, patches).some((value) => value > 0)).toBe(true);
    }
  });

  test('of the last layer paints nothing', async () => {
    const result = await run({ layers: [model.info.layers - 1] });
    const { masks } = resolveParams('default');
    const { labels, classes } = await masksFromRun(result, photo, { ...masks, crf: false });
    expect(labels.every((label) => label === 0)).toBe(true);
    expect(classes.every(({ absent }) => absent)).toBe(true);
  });
});

describe('one caption per class', () => {
  test('gives the same maps as captions that are run alone', async () => {
    const together = await run({ layers: [0], captions: 'perClass' });
    const alone = await explainImage({ model, tokenizer: wordPiece() }, photo, {
      prompts: [{ id: 2, name: 'traffic light' }],
      params: together.params,
    });
    const [mine, theirs] = [together.passes[0]?.tokenMaps[1], alone.passes[0]?.tokenMaps[0]];
    const largest = Math.max(...(theirs ?? []));
    expect(largest).toBeGreaterThan(0);
    mine?.forEach((value, at) =>
      expect(Math.abs(value - (theirs?.[at] as number))).toBeLessThan(largest * 1e-3),
    );
  });
});
