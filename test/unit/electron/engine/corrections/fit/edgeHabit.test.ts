// A habit of drawing inside or outside of the edges that masks have: when there is one, and when not.
import { describe, expect, it } from 'vitest';
import {
  edgeHabit,
  GROWTHS,
  type Grown,
} from '../../../../../../electron/engine/corrections/fit/edgeHabit.ts';

/** A mask that would fit best grown by so many pixels, and a tenth worse with each pixel away from it. */
const fits = (best: number, by = 0.1) =>
  GROWTHS.map((pixels) => 0.9 - by * Math.abs(pixels - best));
const image = (...masks: readonly (readonly number[])[]): Grown => masks;
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe('a habit', () => {
  it('is the growth with which all masks fit best, told with how many do', () => {
    expect(edgeHabit(times(3, image(fits(2), fits(2))))).toEqual({ pixels: 2, up: 6, masks: 6 });
    expect(edgeHabit(times(3, image(fits(-3), fits(-3))))).toMatchObject({ pixels: -3 });
    // One of twenty-five fits better as it is.
    const mostly = [...times(12, image(fits(2), fits(2))), image(fits(0))];
    expect(edgeHabit(mostly.toReversed())).toMatchObject({ pixels: 2, up: 24, masks: 25 });
  });

  it('is looked for up to four pixels to both sides', () => {
    expect(GROWTHS).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
    for (const pixels of [-4, -1, 4])
      expect(edgeHabit(times(3, image(fits(pixels), fits(pixels))))).toMatchObject({ pixels });
  });

  it('does not count masks that fit as well without it', () => {
    const flat = GROWTHS.map(() => 0.8);
    const images = [...times(3, image(fits(1), fits(1))), image(fits(1), flat)];
    expect(edgeHabit(images)).toEqual({ pixels: 1, up: 7, masks: 8 });
  });

  /** Overlaps as they are and grown by one or two pixels; nothing fits with other growths. */
  const grown = (none: number, one: number, two = 0) =>
    GROWTHS.map((pixels) => (pixels === 0 ? none : pixels === 1 ? one : pixels === 2 ? two : 0));

  it('is a pixel more only where that pixel earns its price, which many masks share', () => {
    // With six masks a pixel costs 0.005.
    expect(edgeHabit(times(3, image(...times(2, grown(0.8, 0.85, 0.854)))))).toMatchObject({
      pixels: 1,
    });
    expect(edgeHabit(times(3, image(...times(2, grown(0.8, 0.85, 0.856)))))).toMatchObject({
      pixels: 2,
    });
  });

  it('must gain a point', () => {
    expect(edgeHabit(times(4, image(...times(2, grown(0, 0.01)))))).toMatchObject({ pixels: 1 });
    expect(edgeHabit(times(4, image(...times(2, grown(0, 0.0099)))))).toBeNull();
  });

  it('must help two images of three that it changes', () => {
    const helped = (gain: number) => image(grown(0.5, 0.5 + gain));
    const hurt = image(grown(0.5, 0.494));
    const same = image(grown(0.5, 0.5));
    const four = [hurt, hurt, ...times(4, helped(0.2))];
    expect(edgeHabit(four)).toEqual({ pixels: 1, up: 4, masks: 6 });
    const three = [hurt, hurt, hurt, ...times(3, helped(0.3))];
    expect(edgeHabit(three)).toBeNull();
    // Images that it leaves alike have no say.
    expect(edgeHabit([same, same, ...times(5, helped(0.2))])).toMatchObject({ up: 5 });
  });

  it('needs five masks in three images', () => {
    expect(edgeHabit([image(fits(1), fits(1)), image(fits(1), fits(1)), image(fits(1))])).toEqual({
      pixels: 1,
      up: 5,
      masks: 5,
    });
    expect(edgeHabit([image(fits(1), fits(1)), image(fits(1)), image(fits(1))])).toBeNull();
    expect(edgeHabit([image(...times(5, fits(1))), image(fits(1)), image()])).toBeNull();
  });

  it('is none where masks fit best as they are, or a pixel gains next to nothing', () => {
    expect(edgeHabit(times(4, image(fits(0), fits(0))))).toBeNull();
    expect(edgeHabit(times(4, image(fits(1, 0.009), fits(1, 0.009))))).toBeNull();
    expect(edgeHabit(times(4, image(fits(1, 0.011), fits(1, 0.011))))).toMatchObject({ pixels: 1 });
  });

  it('is none where images disagree', () => {
    const [out, inside] = [image(fits(2), fits(2)), image(fits(-2), fits(-2))];
    expect(edgeHabit([out, inside, out, inside, out, inside])).toBeNull();
  });

  it('is none where the last third goes another way', () => {
    const early = times(4, image(fits(2), fits(2)));
    expect(edgeHabit([...early, ...times(2, image(fits(0), fits(0)))])).toBeNull();
    expect(edgeHabit([...early, ...times(2, image(fits(1), fits(1)))])).not.toBeNull();
  });
});
