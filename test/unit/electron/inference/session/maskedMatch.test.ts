// A match that reads only some image tokens, on tiny models of all families with random weights.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenBatch } from '../../../../../electron/inference/model.ts';
import {
  loadItmModel,
  type OrtItmModel,
} from '../../../../../electron/inference/session/itmModel.ts';
import { readSafetensorsIndex } from '../../../../../models/safetensors/reader.ts';
import { albefConfig, albefShapes } from '../../../../helpers/albefCheckpoint.ts';
import { writeRandomSafetensors } from '../../../../helpers/bertShapes.ts';
import { BLIP_CASE, blipConfig } from '../../../../helpers/blipCase.ts';
import { bridgeTowerConfig, writeBridgeTower } from '../../../../helpers/bridgeTowerCheckpoint.ts';
import { mplugConfig, mplugShapes } from '../../../../helpers/mplugCheckpoint.ts';

const captions: TokenBatch = {
  batch: 2,
  length: 4,
  inputIds: BigInt64Array.from([4, 5, 6, 7, 4, 5, 6, 7].map(BigInt)),
  attentionMask: new BigInt64Array(8).fill(1n),
};

describe.each(['blip-itm', 'bridgetower', 'albef', 'mplug'])('%s', (family) => {
  let folder: string;
  let model: OrtItmModel;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'masked-'));
    if (family === 'bridgetower') {
      const weights = await writeBridgeTower(folder);
      model = await loadItmModel({ folder, weights, config: bridgeTowerConfig() });
    } else if (family !== 'blip-itm') {
      const file = join(folder, 'model.safetensors');
      writeRandomSafetensors(file, family === 'albef' ? albefShapes() : mplugShapes('base'));
      const weights = await readSafetensorsIndex(file);
      const config = family === 'albef' ? albefConfig() : mplugConfig('base');
      model = await loadItmModel({ folder, weights, config });
    } else {
      const weights = await readSafetensorsIndex(join(BLIP_CASE, 'model.safetensors'));
      model = await loadItmModel({ folder: BLIP_CASE, weights, config: blipConfig() });
    }
  });
  afterAll(async () => {
    await model.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const encoded = () => {
    const side = model.info.nativeSide;
    const pixels = Float32Array.from({ length: 3 * side * side }, (_, at) => Math.sin(at));
    return model.encodeImage(pixels, side, side);
  };

  test('with every token marked it is the plain match', async () => {
    const features = await encoded();
    const tokens = 1 + features.rows * features.columns;
    const plain = await model.match(features, captions);
    const marked = await model.match(features, captions, new BigInt64Array(2 * tokens).fill(1n));
    plain.forEach((value, at) => expect(marked[at]).toBeCloseTo(value, 5));
  });

  test('each caption of a batch has its own choice of tokens', async () => {
    const features = await encoded();
    const tokens = 1 + features.rows * features.columns;
    const seen = new BigInt64Array(2 * tokens).fill(1n);
    // The second caption sees the class token and one patch.
    seen.fill(0n, tokens + 2);
    const plain = await model.match(features, captions);
    const marked = await model.match(features, captions, seen);
    const moved = (row: number) => Math.abs(marked[2 * row + 1]! - plain[2 * row + 1]!);
    expect(moved(0)).toBeLessThan(1e-5);
    // Small random weights move the logit little; rounding moves it less.
    expect(moved(1)).toBeGreaterThan(10 * moved(0));
    expect(moved(1)).toBeGreaterThan(1e-6);
  });

  test('marks of another number are refused', async () => {
    const features = await encoded();
    await expect(model.match(features, captions, new BigInt64Array(3))).rejects.toThrow(
      /3 marks for 2 captions/,
    );
  });
});
