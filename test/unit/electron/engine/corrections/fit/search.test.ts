// The search for a setting: which moves it tries on top of one that gained, and what a move must earn.
import { describe, expect, it } from 'vitest';
import {
  gainOf,
  search,
  type Searched,
} from '../../../../../../electron/engine/corrections/fit/search.ts';
import {
  keyOf,
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
    ...{ now, room: { stuff: true, passes: true }, price },
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
