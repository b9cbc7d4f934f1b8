// How far colours are apart: the published pairs of Sharma, Wu and Dalal, and what follows for classes.
import { describe, expect, it } from 'vitest';
import {
  ciede2000,
  confusedWith,
  labDistance,
  nearestFree,
  PALETTE,
  toLab,
} from '../../../../renderer/src/canvas/palette.ts';

type Lab = [number, number, number];

/** Pairs 1 to 34 of "The CIEDE2000 color-difference formula", table 1. */
const PAIRS: readonly [Lab, Lab, number][] = [
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, 3.1571, -77.2803], [50, 0, -82.7485], 2.8615],
  [[50, 2.8361, -74.02], [50, 0, -82.7485], 3.4412],
  [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1],
  [[50, -1.1848, -84.8006], [50, 0, -82.7485], 1],
  [[50, -0.9009, -85.5211], [50, 0, -82.7485], 1],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, -1, 2], [50, 0, 0], 2.3669],
  [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  [[50, 2.49, -0.001], [50, -2.49, 0.001], 7.1792],
  [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
  [[50, 2.49, -0.001], [50, -2.49, 0.0012], 7.2195],
  [[50, -0.001, 2.49], [50, 0.0009, -2.49], 4.8045],
  [[50, -0.001, 2.49], [50, 0.001, -2.49], 4.8045],
  [[50, -0.001, 2.49], [50, 0.0011, -2.49], 4.7461],
  [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[50, 2.5, 0], [61, -5, 29], 22.8977],
  [[50, 2.5, 0], [56, -27, -3], 31.903],
  [[50, 2.5, 0], [58, 24, 15], 19.4535],
  [[50, 2.5, 0], [50, 3.1736, 0.5854], 1],
  [[50, 2.5, 0], [50, 3.2972, 0], 1],
  [[50, 2.5, 0], [50, 1.8634, 0.5757], 1],
  [[50, 2.5, 0], [50, 3.2592, 0.335], 1],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  [[63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.263],
  [[61.2901, 3.7196, -5.3901], [61.4292, 2.248, -4.962], 1.8731],
  [[35.0831, -44.1164, 3.7933], [35.0232, -40.0716, 1.5901], 1.8645],
  [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  [[36.4612, 47.858, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146],
  [[90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447], 1.4441],
  [[90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381],
  [[6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
];

describe('colour difference', () => {
  it.each(PAIRS)('of %j and %j is %d, either way', (first, second, expected) => {
    expect(labDistance(first, second)).toBeCloseTo(expected, 4);
    expect(labDistance(second, first)).toBeCloseTo(expected, 4);
  });

  // sRGB under D65 as published in many tables; the last is dark enough for the straight part of both curves.
  it.each<[string, Lab]>([
    ['#ffffff', [100, 0, 0]],
    ['#000000', [0, 0, 0]],
    ['#ff0000', [53.24, 80.09, 67.2]],
    ['#00ff00', [87.73, -86.18, 83.18]],
    ['#0000ff', [32.3, 79.19, -107.86]],
    ['#808080', [53.59, 0, 0]],
    ['#0a0a0a', [2.74, 0, 0]],
  ])('%s lies at %j', (hex, lab) => {
    toLab(hex).forEach((value, i) => expect(Math.abs(value - lab[i]!)).toBeLessThan(0.03));
  });

  it('of hexadecimal colours is that of their places', () => {
    expect(ciede2000('#d42515', '#b14f69')).toBe(labDistance(toLab('#d42515'), toLab('#b14f69')));
  });
});

describe('the palette', () => {
  it('holds 24 colours with names, of which no two are confused', () => {
    expect(new Set(PALETTE.map(({ name }) => name)).size).toBe(24);
    for (const [i, one] of PALETTE.entries())
      expect(confusedWith(one.color, PALETTE.slice(i + 1))).toBeNull();
  });

  it('tells the nearest of the colours that are too near', () => {
    const others = [{ color: '#d42515' }, { color: '#d42e1f' }, { color: '#0000ff' }];
    expect(confusedWith('#d42f20', others)).toBe(others[1]);
    expect(confusedWith('#00ff00', others)).toBeNull();
    // Of two that are equally near the first.
    expect(confusedWith('#d42515', [others[0]!, { color: '#d42515' }])).toBe(others[0]);
  });

  it('offers the free colour that is nearest, none when all are taken', () => {
    expect(nearestFree('#7ba3f6', [])!.name).toBe('sky');
    expect(nearestFree('#7ba3f6', ['#7ba3f6'])!.name).not.toBe('sky');
    expect(nearestFree('#d42515', ['#7ba3f6'])!.name).toBe('red');
    expect(
      nearestFree(
        '#7ba3f6',
        PALETTE.map(({ color }) => color),
      ),
    ).toBeNull();
  });
});
