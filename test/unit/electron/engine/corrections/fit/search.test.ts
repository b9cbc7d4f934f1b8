// The search for a setting: which moves it tries on top of one that gained, and what a move must earn.
import { describe, expect, it } from 'vitest';
import {
  gainOf,
  judgeHeldOut,
  partsOf,
  search,
  type Searched,
} from '../../../../../../electron/engine/corrections/fit/search.ts';
import {
  changesOf,
  keyOf,
  moves,
  octaves,
  settingOf,
  type Knob,
  type MaskSetting,
} from '../../../../../../electron/engine/corrections/fit/setting.ts';
import { resolveParams } from '../../../../../../electron/link/presets.ts';

const now = settingOf(resolveParams('default').masks);
const movedFrom = (from: MaskSetting, to: MaskSetting) =>
  (Object.keys(from) as Knob[]).filter((knob) => to[knob] !== from[knob]);

/** Knobs' values add their worth; `tried` are the settings of each step. */
function bench(worth: (setting: MaskSetting) => number, price = 0) {
  const tried: (readonly MaskSetting[])[] = [];
  const searched: Searched = {
    table: {
      images: 1,
      know: (settings) => Promise.resolve(void tried.push(settings)),
      value: (_image, setting) => 0.5 + worth(setting),
    },
    now,
    room: { stuff: true, passes: true },
    price,
  };
  return { searched, tried };
}

describe('the search', () => {
  /** One move of each of two knobs gains. */
  const [thing, blur] = [0.1, 0.07];
  const worth = (setting: MaskSetting) =>
    (setting.things === thing ? 0.05 : 0) + (setting.blur === blur ? 0.02 : 0);

  it('tries on top of a gain what gained by itself, and the way back, and nothing else', async () => {
    const { searched, tried } = bench(worth);
    const chosen = await search(searched, [0]);
    expect([chosen.things, chosen.blur]).toEqual([thing, blur]);
    const [, alone, onTop] = tried as [unknown, MaskSetting[], MaskSetting[]];
    expect(alone.length).toBeGreaterThan(10);
    const best = { ...now, things: thing };
    expect(onTop.map(keyOf).toSorted()).toEqual([now, { ...best, blur }].map(keyOf).toSorted());
    for (const move of onTop) expect(movedFrom(best, move)).toHaveLength(1);
  });

  it('stays where a move gains no more than its price, or next to nothing', async () => {
    const small = (gain: number, price = 0) =>
      search(bench((setting) => (setting.blur === blur ? gain : 0), price).searched, [0]);
    expect((await small(1e-4)).blur).toBe(now.blur);
    expect((await small(2e-4)).blur).toBe(blur);
    expect((await small(0.05, 10)).blur).toBe(now.blur);
    expect((await small(-0.05)).blur).toBe(now.blur);
  });

  it('shares the price of a move among the images', async () => {
    // About half an octave at 0.1.
    const { searched } = bench((setting) => (setting.blur === blur ? 0.02 : 0), 0.1);
    expect((await search(searched, [0])).blur).toBe(now.blur);
    expect((await search(searched, [0, 1])).blur).toBe(now.blur);
    expect((await search(searched, [0, 1, 2])).blur).toBe(blur);
  });

  it('takes the nearer of two moves that gain alike', async () => {
    const alike = (setting: MaskSetting) => ([0.05, 0.1].includes(setting.things) ? 0.05 : 0);
    expect(now.things).toBe(0.15);
    expect((await search(bench(alike).searched, [0])).things).toBe(0.1);
  });

  it('moves three times at most', async () => {
    const gains = { things: 0.1, blur: 0.07, colour: 5, temperature: 0.6 } as const;
    const { searched, tried } = bench((setting) =>
      (Object.keys(gains) as (keyof typeof gains)[]).reduce(
        (sum, knob) =>
          sum + (setting[knob] === gains[knob] && now[knob] !== gains[knob] ? 0.02 : 0),
        0,
      ),
    );
    expect(movedFrom(now, await search(searched, [0]))).toHaveLength(3);
    // What is in use is asked for first.
    expect(tried).toHaveLength(1 + 3);
  });

  it('counts no more than a tenth of an image, up or down', () => {
    const gain = (of: number) =>
      gainOf(bench((one) => (one === now ? 0 : of)).searched, 0, { ...now });
    expect([0.3, 0.05, -0.05, -0.3].map(gain)).toEqual([
      0.1,
      expect.closeTo(0.05, 12),
      expect.closeTo(-0.05, 12),
      -0.1,
    ]);
  });
});

describe('an image left out', () => {
  const [blur, images] = [0.07, [0, 1, 2, 3]];
  /** Only the last image gains, and enough for all. */
  const searched: Searched = {
    table: {
      images: images.length,
      know: () => Promise.resolve(),
      value: (image, setting) => (image === 3 && setting.blur === blur ? 0.59 : 0.5),
    },
    now,
    room: { stuff: true, passes: true },
    price: 0,
  };

  it('is judged by what the others choose, and how many choose as all do is told', async () => {
    const chosen = await search(searched, images);
    expect(chosen.blur).toBe(blur);
    const parts = images.map((image) => [image]);
    const { gains, stable } = await judgeHeldOut(searched, parts, chosen);
    expect(gains).toEqual([0, 0, 0, 0]);
    expect(stable).toBe(3 / 4);
    expect((await judgeHeldOut(searched, [[0, 1, 2], [3]], chosen)).stable).toBe(1 / 2);
    expect(await judgeHeldOut(searched, [], chosen)).toEqual({ gains: [], stable: 0 });
  });

  it('stands alone up to 25 images, and shares its part with others above', () => {
    const hashes = (count: number) => Array.from({ length: count }, (_, at) => `${999 - at}`);
    expect(partsOf(hashes(25))).toEqual(hashes(25).map((_, image) => [image]));
    const parts = partsOf(hashes(26));
    expect(parts.map(({ length }) => length)).toEqual([3, 3, 3, 3, 3, 3, 2, 2, 2, 2]);
    // By the rank of the hashes, which fall here.
    expect(parts[0]).toEqual([25, 15, 5]);
    expect(parts[9]).toEqual([16, 6]);
  });
});

describe('moves from a setting', () => {
  const all = { stuff: true, passes: true };
  const values = (knob: Knob, from: MaskSetting, room = all) =>
    moves(from, from, room)
      .filter((one) => movedFrom(from, one).includes(knob))
      .map((one) => one[knob]);

  it('change one knob each, to a value within its limits', () => {
    for (const move of moves(now, now, all)) expect(movedFrom(now, move)).toHaveLength(1);
    // Half, three quarters and one and a half of 0.4 go, 0.6 being the most.
    const things = values('things', { ...now, things: 0.4 });
    expect(things).toEqual([0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.6]);
    expect(values('things', { ...now, things: 0.41 })).not.toContain(0.615);
    // 0.45 of it is below the least reach of 10 pixels, 0.5 is not.
    expect(values('reach', { ...now, reach: 20 })).toEqual([13.4, 30]);
    expect(values('reach', { ...now, reach: 160 })).toContain(240);
    expect(values('reach', { ...now, reach: 161 })).toEqual([48.3, 72.45, 107.87]);
  });

  it('leave alone what is switched off, stuff that is not judged, and passes that there are not', () => {
    expect(values('blur', { ...now, blur: 0 })).toEqual([]);
    expect(values('stuff', now, { ...all, stuff: false })).toEqual([]);
    expect(values('stuff', now).length).toBeGreaterThan(0);
    expect(values('passes', now)).toEqual(['all', 'first']);
    expect(values('passes', now, { ...all, passes: false })).toEqual([]);
    expect(values('rule', { ...now, rule: 'binary' })).toEqual([]);
    expect(values('rule', { ...now, rule: 'grey' })).toEqual(['constant']);
  });

  it('cost a doubling each, or one for a choice, and nothing where nothing moves', () => {
    expect(octaves(now, now)).toBe(0);
    expect(octaves({ ...now, things: now.things * 2 }, now)).toBeCloseTo(1, 12);
    expect(octaves({ ...now, blur: now.blur / 4 }, now)).toBeCloseTo(2, 12);
    expect(octaves({ ...now, temperature: now.temperature * 2 }, now)).toBeCloseTo(0.5, 12);
    expect(octaves({ ...now, passes: 'all' }, now)).toBe(1);
    expect(octaves({ ...now, passes: 'first', rule: 'grey' }, { ...now, rule: 'constant' })).toBe(
      2,
    );
  });

  it('are told by the names of the parameters, the threshold of stuff as a share', () => {
    const { masks } = resolveParams('default');
    expect(changesOf(masks, now)).toEqual({});
    expect(changesOf(masks, { ...now, blur: 0.07 })).toEqual({ blur: 0.07 });
    const things = { ...now, things: 0.4, stuff: 0.1 };
    expect(changesOf(masks, things)).toEqual({ threshold: 0.4, stuffShare: 0.25 });
    expect(changesOf(masks, { ...now, things: 0 })).toMatchObject({ stuffShare: 1 });
    expect(changesOf(masks, { ...now, passes: 'first' })).toEqual({
      firstPassWeight: 1,
      passWeights: [1, 0, 0, 0, 0, 0, 0, 0],
    });
    expect(changesOf(masks, { ...now, passes: 'all' })).toMatchObject({ passWeights: [] });
  });
});
