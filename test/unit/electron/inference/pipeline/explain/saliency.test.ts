// Token maps from attention and gradients: kinds, heads, layers, and what is refused.
import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../../../../../electron/inference/model.ts';
import { tokenMaps } from '../../../../../../electron/inference/pipeline/explain/saliency.ts';
import type { Caption } from '../../../../../../electron/inference/pipeline/tokenize/caption.ts';

/** Two layers, one caption of three tokens whose middle one is a class, two heads, two patches. */
const caption: Caption = {
  text: 'x',
  ids: [9, 8, 7],
  pieces: ['', 'dog', ''],
  spans: [{ classIndex: 0, wordIndex: 0, start: 1, end: 2 }],
};

function explanation(layers = 1): Explanation {
  const shape = [layers, 1, 2, 3, 3] as const;
  const size = layers * 18;
  return {
    itmLogits: Float32Array.of(0, 1),
    attention: Float32Array.from({ length: size }, (_, at) => 1 + at),
    gradient: Float32Array.from({ length: size }, (_, at) => (at % 3 === 1 ? -1 : 2)),
    shape,
  };
}

const options = { kind: 'gradcam', heads: [], scaleMaps: false } as const;

describe('token maps', () => {
  test('are attention times the positive part of the gradient, image token 0 left out', () => {
    const [map] = tokenMaps(explanation(), [caption], { ...options, heads: [1] });
    // Head 1 of token 0 starts at 9: patches at 10 (gradient -1) and 11 (gradient 2, attention 12).
    expect([...(map ?? [])]).toEqual([0, 24, 0, 30, 0, 36]);
  });

  test('can be plain attention or plain gradient', () => {
    const maps = (kind: 'attention' | 'gradient') => [
      ...(tokenMaps(explanation(), [caption], { ...options, kind, heads: [0] })[0] ?? []),
    ];
    expect(maps('attention')).toEqual([2, 3, 5, 6, 8, 9]);
    expect(maps('gradient')).toEqual([0, 2, 0, 2, 0, 2]);
  });

  test('average the chosen heads, all of them when none is named', () => {
    const all = tokenMaps(explanation(), [caption], options)[0] ?? [];
    const both = tokenMaps(explanation(), [caption], { ...options, heads: [0, 1] })[0] ?? [];
    expect([...all]).toEqual([...both]);
    expect(all[1]).toBe((6 + 24) / 2);
  });

  test('of several layers are divided by their maximum before they are added', () => {
    const [map] = tokenMaps(explanation(2), [caption], options);
    // In each layer the class token's largest patch becomes 1, however large the layer is.
    expect(map?.[3]).toBeCloseTo(2, 6);
  });

  test('scale all pieces of a word by the maximum of their mean', () => {
    const word = { ...caption, spans: [{ classIndex: 0, wordIndex: 0, start: 0, end: 2 }] };
    const map = tokenMaps(explanation(), [word], { ...options, scaleMaps: true })[0] ?? [];
    expect(((map[1] as number) + (map[3] as number)) / 2).toBeCloseTo(1, 6);
    expect((map[3] as number) / (map[1] as number)).toBeCloseTo((12 + 30) / (6 + 24), 6);
  });

  test('scale each row by itself, from its first patch to its last', () => {
    const even = { ...explanation(), gradient: new Float32Array(18).fill(1) };
    const alone = { ...caption, spans: [{ classIndex: 0, wordIndex: 0, start: 0, end: 1 }] };
    const [map] = tokenMaps(even, [alone], { ...options, heads: [0], scaleMaps: true });
    const want = [2 / 3, 1, 5 / 6, 1, 8 / 9, 1];
    want.forEach((value, at) => expect(map![at]).toBeCloseTo(value, 6));
  });

  test('stay zero where a scaled map is zero everywhere', () => {
    const flat = { ...explanation(), gradient: new Float32Array(18) };
    expect([...(tokenMaps(flat, [caption], { ...options, scaleMaps: true })[0] ?? [])]).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
  });

  test('refuse NaN from the model', () => {
    const broken = explanation();
    broken.gradient[5] = NaN;
    expect(() => tokenMaps(broken, [caption], options)).toThrow(
      expect.objectContaining({ code: 'MODEL_OUTPUT_INVALID' }),
    );
  });

  test('refuse a head that the model has not, counted from 1', () => {
    expect(() => tokenMaps(explanation(), [caption], { ...options, heads: [2] })).toThrow(
      /heads from 1 to 2, found 3/,
    );
  });

  test('refuse an answer for another number of captions or tokens', () => {
    const two = [caption, caption];
    expect(() => tokenMaps(explanation(), two, options)).toThrow(/found shape \[1, 1, 2, 3, 3\]/);
    const long = { ...caption, ids: [1, 2, 3, 4] };
    expect(() => tokenMaps(explanation(), [long], options)).toThrow(/at least 4 tokens/);
  });

  test('scale the rows of words together and every other row by its own maximum', () => {
    const two = {
      ...caption,
      ids: [9, 8, 7],
      spans: [{ classIndex: 0, wordIndex: 0, start: 1, end: 3 }],
    };
    const map = tokenMaps(explanation(), [two], { ...options, scaleMaps: true })[0] ?? [];
    // Row 0 is no word: its own maximum becomes 1. Rows 1 and 2 are one word: their mean does.
    expect(map[1]).toBeCloseTo(1, 6);
    expect(((map[3] as number) + (map[5] as number)) / 2).toBeCloseTo(1, 6);
    expect(map[5]).not.toBeCloseTo(1, 2);
    const alone = { ...caption, spans: [{ classIndex: 0, wordIndex: 0, start: 0, end: 1 }] };
    const each = tokenMaps(explanation(), [alone], { ...options, scaleMaps: true })[0] ?? [];
    expect([each[1], each[3], each[5]]).toEqual([1, 1, 1]);
  });

  test('keep the rows of each caption when one is shorter than the batch', () => {
    const short = { ...caption, ids: [9, 8], pieces: ['', 'dog'] };
    const one = explanation();
    const batch: Explanation = {
      itmLogits: Float32Array.of(0, 1, 0, 1),
      attention: Float32Array.from([
        ...one.attention,
        ...one.attention.map((value) => value + 100),
      ]),
      gradient: Float32Array.from([...one.gradient, ...one.gradient]),
      shape: [1, 2, 2, 3, 3],
    };
    const [first, second] = tokenMaps(batch, [short, caption], { ...options, heads: [1] });
    expect([...(first ?? [])]).toEqual([0, 24, 0, 30]);
    expect([...(second ?? [])]).toEqual([0, 224, 0, 230, 0, 236]);
  });

  test('of a caption are the same in a batch as alone, with several layers and heads', () => {
    const [layers, batch, heads, tokens, keys] = [2, 3, 2, 3, 3] as const;
    const each = heads * tokens * keys;
    const value = (at: number) => 1 + ((at * 37) % 101);
    const together = Float32Array.from({ length: layers * batch * each }, (_, at) => value(at));
    const of = (attention: Float32Array, rows: number): Explanation => ({
      itmLogits: new Float32Array(2 * rows),
      attention,
      gradient: attention,
      shape: [layers, rows, heads, tokens, keys],
    });
    const all = tokenMaps(of(together, batch), [caption, caption, caption], options);
    for (let row = 0; row < batch; row++) {
      const layer = (at: number) =>
        together.subarray((at * batch + row) * each, (at * batch + row + 1) * each);
      const alone = Float32Array.from([...layer(0), ...layer(1)]);
      expect(all[row]).toEqual(tokenMaps(of(alone, 1), [caption], options)[0]);
    }
  });

  test('are refused when the longest caption has more tokens than the model told of', () => {
    const long = { ...caption, ids: [1, 2, 3, 4] };
    const batch: Explanation = { ...explanation(), shape: [1, 2, 1, 3, 3] };
    const logits = { ...batch, itmLogits: Float32Array.of(0, 1, 0, 1) };
    expect(() => tokenMaps(logits, [caption, long], options)).toThrow(/at least 4 tokens/);
    expect(() => tokenMaps(logits, [long, caption], options)).toThrow(/at least 4 tokens/);
    expect(tokenMaps(logits, [caption, caption], options)).toHaveLength(2);
  });
});
