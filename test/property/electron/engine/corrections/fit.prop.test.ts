// The fit of settings, whatever the images say: their order does not matter, none has a say in its own judgement, a
// high price moves nothing, and no single image counts for more than its share.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitTable } from '../../../../../electron/engine/corrections/fit/fitTable.ts';
import {
  gainOf,
  judgeHeldOut,
  partsOf,
  PRICE,
  search,
  type Searched,
} from '../../../../../electron/engine/corrections/fit/search.ts';
import {
  changesOf,
  keyOf,
  moves,
  octaves,
  settingOf,
  withSetting,
  type MaskSetting,
} from '../../../../../electron/engine/corrections/fit/setting.ts';
import { rowValue } from '../../../../../electron/engine/corrections/fit/verdict.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';

const params = resolveParams('default').masks;
const now = settingOf(params);
const room = { stuff: true, passes: true };

/** What settings are worth on an image: each knob's value adds something of its own to where it starts. */
type Image = (setting: MaskSetting) => number;

const imageOf =
  (seed: number, shared: number): Image =>
  (setting) => {
    const parts = Object.entries(setting).filter(
      ([knob, value]) => now[knob as keyof MaskSetting] !== value,
    );
    const moved = parts.reduce(
      (sum, [knob, value]) =>
        sum + 0.06 * (noise(`${shared} ${knob} ${value}`) + noise(`${seed} ${knob} ${value}`)),
      0,
    );
    return Math.max(0, Math.min(1, 0.7 + 0.2 * noise(`${seed}`) + moved));
  };

/** -0.5 to 0.5, the same for the same text. */
function noise(text: string): number {
  let state = 2166136261;
  for (const letter of text) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  state = Math.imul(state ^ (state >>> 15), 2246822507);
  return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32 - 0.5;
}

const searchedOf = (images: readonly Image[], price = PRICE): Searched => ({
  table: {
    images: images.length,
    know: () => Promise.resolve(),
    value: (image, setting) => images[image]!(setting),
  },
  now,
  room,
  price,
});
const all = (images: readonly Image[]) => images.map((_, image) => image);
const scenes = fc
  .record({
    shared: fc.integer(),
    seeds: fc.uniqueArray(fc.integer(), { minLength: 8, maxLength: 14 }),
  })
  .map(({ shared, seeds }) => seeds.map((seed) => imageOf(seed, shared)));
const runs = { numRuns: 25 };

test('the order of images changes neither the choice nor the figures', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async (images) => {
      const turned = [...images].reverse();
      const hashes = (count: number) => Array.from({ length: count }, (_, at) => `${at}`);
      const fit = (list: readonly Image[]) =>
        fitTable(searchedOf(list), hashes(list.length), () => [now]);
      const [one, other] = [await fit(images), await fit(turned)];
      expect(keyOf(other.chosen)).toBe(keyOf(one.chosen));
      expect(other.held.up).toBe(one.held.up);
      expect(other.held.mean).toBeCloseTo(one.held.mean, 9);
      expect(other.verdict).toBe(one.verdict);
    }),
    runs,
  );
});

test('the order of classes does not change what an image is worth', () => {
  const overlap = fc.record({
    overlap: fc.double({ min: 0, max: 1, noNaN: true }),
    corrected: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(overlap, { minLength: 1, maxLength: 8 }), (classes) => {
      expect(rowValue([...classes].reverse())).toBeCloseTo(rowValue(classes), 12);
      const untouched = classes.map((one) => ({ ...one, corrected: false }));
      expect(rowValue(untouched)).toBeLessThanOrEqual(0.9 + 1e-12);
      expect(rowValue(untouched)).toBeLessThanOrEqual(rowValue(classes) + 1e-12);
    }),
  );
});

test('a gain is 0 for the settings in use, and never more than a tenth', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async (images) => {
      const searched = searchedOf(images.map((image) => (one) => (one === now ? 0.5 : image(one))));
      const chosen = await search(searched, all(images));
      for (const image of all(images)) {
        expect(gainOf(searched, image, now)).toBe(0);
        expect(Math.abs(gainOf(searched, image, chosen))).toBeLessThanOrEqual(0.1);
      }
    }),
    runs,
  );
});

test('at ten times the price nothing moves', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async (images) => {
      expect(
        await search(searchedOf(images.slice(0, 8), 10 * PRICE), all(images.slice(0, 8))),
      ).toBe(now);
    }),
    runs,
  );
});

test('a choice on twice the evidence is worth as much to it, though the price is half', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async (images) => {
      const twice = [...images, ...images];
      const [once, again] = [
        await search(searchedOf(images), all(images)),
        await search(searchedOf(twice), all(twice)),
      ];
      const gain = (setting: MaskSetting) =>
        all(images).reduce((sum, image) => sum + gainOf(searchedOf(images), image, setting), 0);
      // Cheaper moves are taken as well: it stays, or goes farther and gains by it.
      if (keyOf(once) !== keyOf(again)) expect(gain(again)).toBeGreaterThan(gain(once) - 1e-9);
    }),
    runs,
  );
});

test('no image has a say in the choice by which it is judged', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, fc.nat(), async (images, number) => {
      const victim = number % images.length;
      const poisoned = images.map((image, at): Image =>
        at === victim ? (setting) => (setting === now ? 0.5 : noise(keyOf(setting)) + 0.5) : image,
      );
      const others = all(images).filter((image) => image !== victim);
      const choice = await search(searchedOf(images), others);
      expect(keyOf(await search(searchedOf(poisoned), others))).toBe(keyOf(choice));
      const { gains } = await judgeHeldOut(
        searchedOf(poisoned),
        partsOf(images.map((_, at) => `${at}`)),
        choice,
      );
      expect(gains[victim]).toBe(gainOf(searchedOf(poisoned), victim, choice));
    }),
    runs,
  );
});

test('from many images on, tenths are left out together, each image once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 4 }), { maxLength: 60 }), (hashes) => {
      const parts = partsOf(hashes);
      expect(parts.flat().sort((a, b) => a - b)).toEqual(hashes.map((_, image) => image));
      expect(parts.length).toBe(hashes.length > 25 ? 10 : hashes.length);
    }),
  );
});

test('every move changes one knob, costs something, and comes back as parameters that make it', () => {
  for (const move of moves(now, now, room)) {
    const changed = (Object.keys(now) as (keyof MaskSetting)[]).filter(
      (knob) => move[knob] !== now[knob],
    );
    expect(changed).toHaveLength(1);
    expect(octaves(move, now)).toBeGreaterThan(0);
    const made = settingOf(withSetting(params, move));
    // Which passes count is written as their weights.
    expect({ ...made, passes: move.passes }).toEqual(move);
    expect(Object.keys(changesOf(params, move)).length).toBeGreaterThan(0);
  }
  expect(changesOf(params, now)).toEqual({});
});
