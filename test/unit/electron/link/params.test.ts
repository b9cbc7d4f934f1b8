// The parameter table: ranges, overrides by dotted name, presets and what a pack may say.
import { describe, expect, test } from 'vitest';
import { checkParams, PARAM_RANGES, withOverrides } from '../../../../electron/link/paramRanges.ts';
import type { EngineDescription } from '../../../../electron/link/engines/description.ts';
import { infoOf } from '../../../../electron/link/engines/description.ts';
import { pnp } from '../../../../electron/link/engines/pnp.ts';
import { ENGINES } from '../../../../electron/link/engines/engines.ts';
import { complaint } from '../../../../electron/link/engines/ranges.ts';
import { resolveParams } from '../../../../electron/link/presets.ts';

const PRESETS = ['reference', 'paper', 'default', 'pack'] as const;

describe('presets', () => {
  test.each(PRESETS)('%s has every parameter of the table, inside its range', (preset) => {
    const names = ENGINES.flatMap((engine) => {
      const params = resolveParams(preset, {}, {}, engine);
      expect(() => checkParams(params)).not.toThrow();
      return [
        ...Object.keys(params.explain).map((name) => `${engine.id}.${name}`),
        ...Object.keys(params.masks).map((name) => `masks.${name}`),
      ];
    });
    expect([...new Set(names)].sort()).toEqual([...PARAM_RANGES.keys()].sort());
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

describe('names', () => {
  test('of programs with one engine mean the same: explain.layers is pnp.layers', () => {
    const old = { 'explain.layers': [2], 'explain.inputSide': 0, 'masks.threshold': 0.3 };
    const now = { 'pnp.layers': [2], 'pnp.inputSide': 0, 'masks.threshold': 0.3 };
    expect(resolveParams('default', old, { 'explain.passes': 1 })).toEqual(
      resolveParams('default', now, { 'pnp.passes': 1 }),
    );
  });

  test('of today win over the old ones, whichever comes first', () => {
    const both = { 'pnp.passes': 2, 'explain.passes': 5 };
    const turned = { 'explain.passes': 5, 'pnp.passes': 2 };
    for (const overrides of [both, turned])
      expect(resolveParams('default', {}, overrides).explain.passes).toBe(2);
  });

  test('a mistake names the parameter as it is today', () => {
    expect(() => resolveParams('default', {}, { 'explain.passes': 9 })).toThrow(
      /whole number from 1 to 8 for pnp.passes, found 9/,
    );
  });
});

describe('another engine', () => {
  interface Windows {
    readonly stride: number;
    readonly background: readonly string[];
  }
  const own: Windows = { stride: 112, background: ['sky'] };
  const windows: EngineDescription<Windows> = {
    id: 'windows',
    name: 'Windows',
    purpose: 'For this test.',
    needs: [],
    evidence: ['windows'],
    presence: null,
    table: {
      stride: { label: 'Stride', range: { kind: 'number', min: 1, max: 512 } },
      background: { label: 'Background', range: { kind: 'words', most: 3, maxLength: 10 } },
    },
    presets: {
      reference: { own, masks: { ...pnp.presets.reference.masks, crf: false } },
      paper: { own, masks: pnp.presets.paper.masks },
      default: { own: { ...own, stride: 56 }, masks: pnp.presets.default.masks },
    },
    modelOwned: [],
  };

  test('has its own values and its own defaults of the common stages', () => {
    const { engine, explain, masks } = resolveParams('reference', {}, {}, windows);
    expect({ engine, explain, crf: masks.crf }).toEqual({
      engine: 'windows',
      explain: own,
      crf: false,
    });
  });

  test('leaves what a project says of PnP-OVSS alone, but not its mistakes', () => {
    const { explain } = resolveParams('default', {}, { 'pnp.passes': 2 }, windows);
    expect(explain).toEqual({ ...own, stride: 56 });
    expect(() => resolveParams('default', {}, { 'pnp.passes': 0 }, windows)).toThrow(/pnp.passes/);
  });

  test('is told to screens with labels, ranges and defaults by dotted name', () => {
    expect(infoOf(windows)).toMatchObject({
      evidence: ['windows'],
      params: { 'windows.stride': { label: 'Stride', default: 56 } },
    });
    expect(Object.keys(infoOf(pnp).params)).toContain('pnp.layers');
  });

  test.each([
    [['sky', 'sky'], 'a list of at most 3 different names of at most 10 characters'],
    [['a', 'b', 'c', 'd'], 'a list of at most 3 different names of at most 10 characters'],
    [[' '], 'a list of at most 3 different names of at most 10 characters'],
    [['sky', 'grass'], null],
  ])('checks background words: %j', (words, expected) => {
    expect(complaint(windows.table.background.range, words)).toBe(expected);
  });
});
