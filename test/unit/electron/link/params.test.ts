// The parameter table: ranges, overrides by dotted name, presets and what a pack may say.
import { describe, expect, test } from 'vitest';
import { checkParams, PARAM_RANGES, withOverrides } from '../../../../electron/link/params.ts';
import { resolveParams } from '../../../../electron/link/presets.ts';

const PRESETS = ['reference', 'paper', 'default', 'pack'] as const;

describe('presets', () => {
  test.each(PRESETS)('%s has every parameter of the table, inside its range', (preset) => {
    const params = resolveParams(preset);
    expect(() => checkParams(params)).not.toThrow();
    const names = [
      ...Object.keys(params.explain).map((name) => `explain.${name}`),
      ...Object.keys(params.masks).map((name) => `masks.${name}`),
    ];
    expect(names.sort()).toEqual([...PARAM_RANGES.keys()].sort());
  });

  test('differ where the paper and its code differ', () => {
    const of = (preset: (typeof PRESETS)[number]) => {
      const { explain, masks } = resolveParams(preset);
      return [explain.dropRule, explain.passes, masks.firstPassWeight, masks.lastClass];
    };
    expect([of('reference'), of('paper')]).toEqual([
      ['count', 4, 2, 'sum'],
      ['half', 4, 1, 'mean'],
    ]);
  });
});

test('the published settings round the CRF alike on every machine, the tool runs it fast', () => {
  const precisions = PRESETS.map((preset) => resolveParams(preset).masks.crfPrecision);
  expect(precisions).toEqual(['exact', 'exact', 'fast', 'fast']);
});

describe('a pack', () => {
  const pack = { 'explain.layers': [0, 1], 'explain.heads': [], 'masks.threshold': 0.3 };

  test("says in every preset what is the model's own, and the rest only when asked", () => {
    for (const preset of PRESETS)
      expect(resolveParams(preset, pack).explain.layers).toEqual([0, 1]);
    expect(resolveParams('default', pack).masks.threshold).toBe(0.15);
    expect(resolveParams('pack', pack).masks.threshold).toBe(0.3);
  });

  test('gives way to the user', () => {
    const params = resolveParams('pack', pack, { 'masks.threshold': 0.4, 'explain.layers': [2] });
    expect([params.masks.threshold, params.explain.layers]).toEqual([0.4, [2]]);
  });
});

describe('overrides', () => {
  test.each([
    ['masks.threshold', 0.7, /number from 0 to 0.6 for masks.threshold, found 0.7/],
    ['masks.threshold', NaN, /found null/],
    ['masks.crfIterations', 2.5, /whole number from 1 to 30/],
    ['masks.crf', 'yes', /true or false for masks.crf, found "yes"/],
    ['explain.mapKind', 'magic', /one of gradcam, attention, gradient/],
    ['explain.layers', [], /not empty/],
    ['explain.layers', [1, 1], /different whole numbers/],
    ['explain.layers', [-1], /from 0/],
    ['masks.passWeights', [1, 5], /at most 8 numbers from 0 to 4/],
    ['masks.passWeights', new Array(9).fill(1), /at most 8/],
    ['masks.passWeights', [1, '2'], /numbers from 0 to 4/],
    ['explain.prefix', 'x'.repeat(201), /at most 200 characters/],
    ['explain.nothing', 1, /parameter name such as masks.threshold, found "explain.nothing"/],
    ['__proto__', 1, /parameter name/],
    ['masks.toString', 1, /parameter name/],
  ])('%s = %j is refused by name', (name, value, message) => {
    const overrides = JSON.parse(`{${JSON.stringify(name)}: null}`) as Record<string, unknown>;
    Object.defineProperty(overrides, name, { value, enumerable: true });
    expect(() => withOverrides(resolveParams('default'), overrides)).toThrow(
      expect.objectContaining({ code: 'PARAM_INVALID', message: expect.stringMatching(message) }),
    );
  });

  test('leave the preset itself as it was', () => {
    const before = structuredClone(resolveParams('default'));
    withOverrides(resolveParams('default'), { 'masks.threshold': 0.5 });
    expect(resolveParams('default')).toEqual(before);
  });
});
