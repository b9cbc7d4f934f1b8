// A Segment Anything model of random weights, run as a pack's graphs are: what must hold for any
// weights. What the numbers are is in the golden cases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGraph, type Array32 } from '../../../../electron/inference/session/ort.ts';
import { segmentFamilyOf } from '../../../../models/families.ts';
import type { GraphBytes } from '../../../../models/family.ts';
import { readSafetensorsIndex } from '../../../../models/safetensors/reader.ts';
import {
  imagePositions,
  promptTokens,
  readPromptValues,
  type PromptPoint,
  type SegmentPrompt,
} from '../../../../models/sam/prompts.ts';
import { randomFrom } from '../../../helpers/random.ts';
import { writeSam } from '../../../helpers/samCheckpoint.ts';
import { temporaryFolder } from '../../../helpers/temporaryFolder.ts';

type Run = (feeds: Readonly<Record<string, Array32>>) => Promise<Record<string, Array32>>;
let parts: Awaited<ReturnType<typeof opened>>;

async function opened() {
  const temporary = await temporaryFolder();
  const folder = temporary.path;
  const weights = await readSafetensorsIndex(await writeSam(folder));
  const family = segmentFamilyOf(weights);
  const facts = family.facts(null, weights);
  const values = await readPromptValues(facts.prompts, folder);
  const closing: (() => PromiseLike<void>)[] = [];
  const open = async (bytes: GraphBytes): Promise<Run> => {
    const session = await openGraph(bytes, folder, 'cpu', { threads: 1 });
    closing.push(() => session.dispose());
    return (feeds) => session.run(feeds, bytes.outputs);
  };
  const encode = await open(family.encode(null, weights));
  const maskPrompt = await open(family.maskPrompt(null, weights));
  const decode = await open(family.decode(null, weights));
  closing.push(() => temporary[Symbol.asyncDispose]());
  return { family, facts, values, encode, maskPrompt, decode, closing };
}

beforeAll(async () => {
  parts = await opened();
});
afterAll(async () => {
  for (const close of parts.closing) await close();
});

const random = (shape: readonly number[], seed: number): Array32 => {
  const next = randomFrom(seed);
  const count = shape.reduce((product, side) => product * side, 1);
  return { shape, data: Float32Array.from({ length: count }, () => 2 * next() - 1) };
};

async function decoded(prompts: readonly SegmentPrompt[], dense?: Array32) {
  const { facts, values, encode, decode } = parts;
  const { side, grid, width } = facts;
  const made = await encode({ pixel_values: random([1, 3, side, side], 5) });
  return decode({
    image_embeddings: made['image_embeddings'] as Array32,
    positions: { data: imagePositions(values.fourier, grid), shape: [1, width, grid, grid] },
    tokens:
      prompts.length === 0
        ? { data: new Float32Array(), shape: [1, 0, width] }
        : promptTokens(values, prompts, side),
    dense: dense ?? { data: values.noMask, shape: [1, width, 1, 1] },
  });
}

function off(ours: Array32 | undefined, theirs: ArrayLike<number>): number {
  const data = ours?.data as Float32Array;
  expect(data).toHaveLength(theirs.length);
  return data.reduce((most, value, at) => Math.max(most, Math.abs(value - (theirs[at] ?? NaN))), 0);
}

const point = (x: number, y: number, label: PromptPoint['label'] = 1): PromptPoint => ({
  x,
  y,
  label,
});
const clicks = (...points: PromptPoint[]): SegmentPrompt => ({ points, box: null });
/** Rounding of F32 on logits of some tens; prompts that differ give masks that differ by far more. */
const SMALL = 1e-4;

describe('a model of random weights', () => {
  test('tells its facts, without a config', () => {
    expect(parts.family.id).toBe('sam');
    expect(parts.facts).toMatchObject({ side: 16, grid: 4, width: 32, masks: 4 });
  });

  test('makes four masks at four times the grid, and a score of each', async () => {
    const made = await decoded([clicks(point(3, 9))]);
    expect(made['masks']?.shape).toEqual([1, 4, 16, 16]);
    expect(made['iou']?.shape).toEqual([1, 4]);
    const masks = made['masks']?.data as Float32Array;
    // Four different pictures, none of them flat.
    for (let mask = 0; mask < 4; mask++) {
      const one = masks.subarray(mask * 256, (mask + 1) * 256);
      expect(Math.max(...one) - Math.min(...one)).toBeGreaterThan(100 * SMALL);
    }
  });

  test('decodes several prompts as it decodes each of them', async () => {
    const prompts = [clicks(point(3, 9)), clicks(point(12.5, 2)), clicks(point(0, 15, 0))];
    const together = await decoded(prompts);
    expect(together['masks']?.shape).toEqual([3, 4, 16, 16]);
    for (const [at, prompt] of prompts.entries()) {
      const alone = await decoded([prompt]);
      const masks = (together['masks']?.data as Float32Array).subarray(at * 1024, (at + 1) * 1024);
      expect(off(alone['masks'], masks)).toBeLessThan(SMALL);
      const iou = (together['iou']?.data as Float32Array).subarray(at * 4, (at + 1) * 4);
      expect(off(alone['iou'], iou)).toBeLessThan(SMALL);
    }
  });

  test('does not mind the order of points, and minds where they are and what they say', async () => {
    const [a, b] = [point(3, 9), point(12, 4, 0)];
    const masks = (await decoded([clicks(a, b)]))['masks'] as Array32;
    const turned = (await decoded([clicks(b, a)]))['masks'] as Array32;
    expect(off(turned, masks.data as Float32Array)).toBeLessThan(SMALL);
    for (const other of [point(12, 5, 0), point(12, 4, 1)]) {
      const made = await decoded([clicks(a, other)]);
      expect(off(made['masks'], masks.data as Float32Array)).toBeGreaterThan(100 * SMALL);
    }
  });

  test('decodes a mask without any other prompt', async () => {
    const mask = random([1, 1, 16, 16], 8);
    const { dense } = await parts.maskPrompt({ mask });
    expect(dense?.shape).toEqual([1, 32, 4, 4]);
    const made = await decoded([], dense);
    expect(made['masks']?.shape).toEqual([1, 4, 16, 16]);
    const plain = await decoded([]);
    expect(off(made['masks'], plain['masks']?.data as Float32Array)).toBeGreaterThan(100 * SMALL);
  });

  test('gives each prompt its own mask prompt', async () => {
    const masks = random([2, 1, 16, 16], 9);
    const prompts = [clicks(point(3, 9)), clicks(point(12, 2))];
    const { dense } = await parts.maskPrompt({ mask: masks });
    const together = await decoded(prompts, dense);
    const data = masks.data as Float32Array;
    for (const [at, prompt] of prompts.entries()) {
      const mask = { data: data.slice(at * 256, (at + 1) * 256), shape: [1, 1, 16, 16] };
      const own = (await parts.maskPrompt({ mask }))['dense'] as Array32;
      const alone = await decoded([prompt], own);
      const part = (together['masks']?.data as Float32Array).subarray(at * 1024, (at + 1) * 1024);
      expect(off(alone['masks'], part)).toBeLessThan(SMALL);
    }
  });
});
