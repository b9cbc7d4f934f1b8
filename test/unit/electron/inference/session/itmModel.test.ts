// The loaded model end to end on a tiny BLIP: storage, names, layers, resolutions, hostile calls.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadItmModel } from '../../../../../electron/inference/session/itmModel.ts';
import type { TokenBatch } from '../../../../../electron/inference/model.ts';
import { readSafetensorsIndex } from '../../../../../models/safetensors/reader.ts';
import {
  BLIP_CASE,
  blipConfig,
  blipTensors,
  rounded,
  storeCheckpoint,
  type Stored,
} from '../../../../helpers/fixtures/blipCase.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const config = blipConfig();
const captions: TokenBatch = {
  batch: 2,
  length: 5,
  inputIds: BigInt64Array.of(139n, 7n, 8n, 9n, 102n, 139n, 7n, 102n, 0n, 0n),
  attentionMask: BigInt64Array.of(1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 0n, 0n),
};
const image = (height: number, width: number) =>
  Float32Array.from({ length: 3 * height * width }, (_, i) => Math.sin(i * 0.37) + 0.3);

async function caseModel() {
  const weights = await readSafetensorsIndex(join(BLIP_CASE, 'model.safetensors'));
  return loadItmModel({ folder: BLIP_CASE, weights, config });
}

async function explained(
  folder: string,
  tensors: Awaited<ReturnType<typeof blipTensors>>,
  dtype: Stored,
) {
  const weights = await storeCheckpoint(folder, tensors, dtype);
  const model = await loadItmModel({ folder, weights, config });
  try {
    const features = await model.encodeImage(image(64, 64), 64, 64);
    return await model.explain(features, captions, [1]);
  } finally {
    await model.dispose();
  }
}

const largestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] ?? NaN))), 0);

describe('weights in half precision', () => {
  for (const dtype of ['F16', 'BF16', 'F64'] as const)
    test(`${dtype} weights give what the same numbers stored as F32 give`, async () => {
      await using half = await temporaryFolder();
      await using full = await temporaryFolder();
      const tensors = await blipTensors();
      const same = new Map(
        [...tensors].map(([name, { shape, data }]) => [
          name,
          { shape, data: rounded(data, dtype) },
        ]),
      );
      const got = await explained(half.path, tensors, dtype);
      const want = await explained(full.path, same, 'F32');
      expect(largestDifference(got.attention, want.attention)).toBeLessThan(1e-6);
      expect(largestDifference(got.gradient, want.gradient)).toBeLessThan(1e-5);
    });
});

test('a checkpoint with the original names gives what Hugging Face names give', async () => {
  await using original = await temporaryFolder();
  await using plain = await temporaryFolder();
  const tensors = await blipTensors();
  const renamed = new Map([...tensors].map(([name, tensor]) => [originalName(name), tensor]));
  renamed.set('model.temp', { shape: [1], data: Float32Array.of(0.07) });
  renamed.set('model.visual_encoder_m.cls_token', {
    shape: [1, 1, 2],
    data: Float32Array.of(1, 2),
  });
  const got = await explained(original.path, renamed, 'F32');
  const want = await explained(plain.path, tensors, 'F32');
  expect(got).toEqual(want);
});

function originalName(name: string): string {
  const translated = name
    .replace('vision_model.embeddings.class_embedding', 'visual_encoder.cls_token')
    .replace('vision_model.embeddings.position_embedding', 'visual_encoder.pos_embed')
    .replace('vision_model.embeddings.patch_embedding', 'visual_encoder.patch_embed.proj')
    .replace('vision_model.post_layernorm', 'visual_encoder.norm')
    .replace('vision_model.encoder.layers', 'visual_encoder.blocks')
    .replace('layer_norm', 'norm')
    .replace('self_attn.qkv', 'attn.qkv')
    .replace('self_attn.projection', 'attn.proj');
  return `model.${translated}`;
}

describe('explanations', () => {
  test('of several layers are those of each layer alone, in the order asked for', async () => {
    const model = await caseModel();
    const features = await model.encodeImage(image(64, 64), 64, 64);
    const both = await model.explain(features, captions, [2, 0]);
    const size = both.attention.length / 2;
    for (const [at, layer] of [2, 0].entries()) {
      const alone = await model.explain(features, captions, [layer]);
      const part = (all: Float32Array) => all.subarray(at * size, (at + 1) * size);
      expect(largestDifference(part(both.attention), alone.attention)).toBeLessThan(1e-6);
      expect(largestDifference(part(both.gradient), alone.gradient)).toBeLessThan(1e-5);
    }
    expect(both.shape).toEqual([2, 2, 4, 5, 17]);
    await model.dispose();
  });

  test('of the last layer have no gradient at any word, only at the first token', async () => {
    const model = await caseModel();
    const features = await model.encodeImage(image(64, 64), 64, 64);
    const { gradient, shape } = await model.explain(features, captions, [model.info.layers - 1]);
    const [, , , tokens, keys] = shape;
    let first = 0;
    let words = 0;
    gradient.forEach((value, i) => {
      const size = Math.abs(value);
      if (Math.floor(i / keys) % tokens === 0) first = Math.max(first, size);
      else words = Math.max(words, size);
    });
    expect(words).toBe(0);
    expect(first).toBeGreaterThan(0.01);
    await model.dispose();
  });

  test('do not depend on the other captions of the batch nor on padding', async () => {
    const model = await caseModel();
    const features = await model.encodeImage(image(64, 64), 64, 64);
    const together = await model.explain(features, captions, [1]);
    const short = {
      batch: 1,
      length: 3,
      inputIds: captions.inputIds.slice(5, 8),
      attentionMask: captions.attentionMask.slice(5, 8),
    };
    const alone = await model.explain(features, short, [1]);
    const [, , heads, tokens, keys] = together.shape;
    for (let head = 0; head < heads; head++)
      for (let token = 0; token < 3; token++) {
        const inBatch = ((heads + head) * tokens + token) * keys;
        const byItself = (head * 3 + token) * keys;
        expect(
          largestDifference(
            together.gradient.subarray(inBatch, inBatch + keys),
            alone.gradient.subarray(byItself, byItself + keys),
          ),
        ).toBeLessThan(1e-5);
      }
    await model.dispose();
  });

  test('of an oblong image have a key for each of its patches and one for the class token', async () => {
    const model = await caseModel();
    const features = await model.encodeImage(image(32, 96), 32, 96);
    expect([features.rows, features.columns]).toEqual([2, 6]);
    const { shape, attention } = await model.explain(features, captions, [0]);
    expect(shape).toEqual([1, 2, 4, 5, 13]);
    const sum = attention.subarray(0, 13).reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(1, 5);
    await model.dispose();
  });

  test('and match logits are the same numbers', async () => {
    const model = await caseModel();
    const features = await model.encodeImage(image(64, 64), 64, 64);
    const { itmLogits } = await model.explain(features, captions, [0]);
    // Two graphs: how their sums are ordered, and with it the last bits, depends on the processor.
    expect(largestDifference(await model.match(features, captions), itmLogits)).toBeLessThan(1e-5);
    await model.dispose();
  });
});

describe('calls that cannot work', () => {
  test('are refused by name before anything runs', async () => {
    const model = await caseModel();
    const features = await model.encodeImage(image(64, 64), 64, 64);
    await expect(model.encodeImage(image(60, 64), 60, 64)).rejects.toThrow(
      /60x64 is no multiple of the patch 16/,
    );
    await expect(model.encodeImage(image(64, 64), 64, 128)).rejects.toThrow(/no image of 3x64x128/);
    await expect(model.explain(features, captions, [4])).rejects.toThrow(
      /layers \[4\]: expected different ones of 0 to 3/,
    );
    await expect(model.explain(features, captions, [])).rejects.toThrow(/layers/);
    const ids = (id: bigint) => ({ ...captions, inputIds: captions.inputIds.with(3, id) });
    await expect(model.match(features, ids(140n))).rejects.toThrow(
      /token 140 is outside the vocabulary of 140/,
    );
    const long = {
      batch: 1,
      length: 41,
      inputIds: new BigInt64Array(41),
      attentionMask: new BigInt64Array(41),
    };
    await expect(model.match(features, long)).rejects.toThrow(/takes 1 to 40 tokens/);
    features.dispose();
    await expect(model.match(features, captions)).rejects.toThrow(/disposed of/);
    await model.dispose();
    await expect(model.encodeImage(image(64, 64), 64, 64)).rejects.toThrow(/disposed of/);
  });

  test('a weight file that was cut short after it was indexed is an error that names it', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'model.safetensors');
    copyFileSync(join(BLIP_CASE, 'model.safetensors'), path);
    const weights = await readSafetensorsIndex(path);
    writeFileSync(path, readFileSync(path).subarray(0, 40_000));
    await expect(loadItmModel({ folder: folder.path, weights, config })).rejects.toThrow(
      /model\.safetensors/,
    );
  });

  test('a load that is aborted ends with the reason given', async () => {
    const weights = await readSafetensorsIndex(join(BLIP_CASE, 'model.safetensors'));
    const reason = new Error('changed my mind');
    const signal = AbortSignal.abort(reason);
    await expect(loadItmModel({ folder: BLIP_CASE, weights, config }, { signal })).rejects.toBe(
      reason,
    );
  });
});

describe('execution providers', () => {
  test('that do not work are passed over, and why is reported', async () => {
    const weights = await readSafetensorsIndex(join(BLIP_CASE, 'model.safetensors'));
    const model = await loadItmModel(
      { folder: BLIP_CASE, weights, config },
      { providers: ['nonesuch', 'cpu'] },
    );
    expect(model.info.provider).toBe('cpu');
    expect(model.failures).toHaveLength(1);
    expect(model.failures[0]).toMatchObject({ provider: 'nonesuch' });
    expect(model.failures[0]?.reason).not.toBe('');
    await model.dispose();
  });
});
