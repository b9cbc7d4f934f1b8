// What leaves the range of wide samples, and from where on: far values, "no data", tails, what cannot be seen.
import { describe, expect, it } from 'vitest';
import { spread, type Samples } from '../../../../../electron/inference/image/formats/spread.ts';

const told = (values: readonly number[], patch: Partial<Samples> = {}) =>
  spread({
    values: Float32Array.from(values),
    channels: 1,
    hasAlpha: false,
    opaque: 1,
    noData: null,
    ...patch,
  });
const greys = (rgb: Uint8Array) => [...rgb].filter((_, i) => i % 3 === 0);

describe('far values', () => {
  it('leave when what remains is more than ten times smaller', () => {
    expect(told([0, 2, 21]).range).toEqual([0, 2]);
    expect(told([0, 2, 20]).range).toEqual([0, 20]);
    expect(told([-19, 0, 2]).range).toEqual([0, 2]);
    expect(told([-18, 0, 2]).range).toEqual([-18, 2]);
  });

  it('are at most two at either end, and said by number and value', () => {
    const { range, notes } = told([-9999, -9998, 0, 1, 2, 8000, 8000, 9000]);
    expect(range).toEqual([0, 2]);
    expect(notes).toEqual([
      'Samples from 0 to 2 are shown as 0 to 255.',
      'Left out of the range: 1 samples of -9999, far from all others.',
      'Left out of the range: 1 samples of -9998, far from all others.',
      'Left out of the range: 1 samples of 9000, far from all others.',
      'Left out of the range: 2 samples of 8000, far from all others.',
    ]);
    expect(told([0, 1, 2, 7000, 8000, 9000]).range).toEqual([0, 9000]);
  });

  it('are cut off, not lost: what lies outside is black or white', () => {
    expect(greys(told([-9999, 0, 1, 2, 9999]).rgb)).toEqual([0, 0, 128, 255, 255]);
  });
});

describe('samples without data', () => {
  it('are black and stay out of the range, as what is not finite does', () => {
    const { rgb, range, notes } = told([-5, 10, 20, Infinity, NaN, -5], { noData: -5 });
    expect(range).toEqual([10, 20]);
    expect(greys(rgb)).toEqual([0, 0, 255, 0, 0, 0]);
    expect(notes[1]).toBe('Left out of the range: 2 samples of -5, the file\'s "no data" value.');
  });

  it('of one value are black, of none as well', () => {
    expect(greys(told([7, 7]).rgb)).toEqual([0, 0]);
    expect(told([NaN]).range).toEqual([0, 0]);
  });
});

describe('tails', () => {
  /** 0 to 99 over and over, with `many` samples spread evenly up to `far`. */
  const heavy = (count: number, many: number, far: number) =>
    Array.from({ length: count }, (_, i) => (i < many ? 200 + (far * i) / many : i % 100));

  it('of half a percent leave when the rest is more than ten times smaller', () => {
    const { range, notes } = told(heavy(2000, 8, 50_000));
    expect(range).toEqual([0, 99]);
    expect(notes.at(-1)).toMatch(
      /^Left out of the range: 1 % of the samples, which reach from 0 to/,
    );
  });

  it('stay where too few samples tell nothing', () => {
    expect(told(heavy(999, 4, 50_000)).range[1]).toBeGreaterThan(30_000);
    expect(told(heavy(1000, 4, 50_000)).range).toEqual([0, 99]);
  });
});

describe('opacity', () => {
  it('shows white behind, and what nobody can see decides nothing', () => {
    const values = [0, 0, 0, 2, 10, 10, 10, 2, 500, 500, 500, 0, 5, 5, 5, 1];
    const { rgb, range } = told(values, { channels: 4, hasAlpha: true, opaque: 2 });
    expect(range).toEqual([0, 10]);
    expect(greys(rgb)).toEqual([0, 255, 255, 192]);
  });

  it('beside one colour makes greys', () => {
    const { rgb } = told([0, 1, 10, 1, 4, 1], { channels: 2, hasAlpha: true });
    expect([...rgb]).toEqual([0, 0, 0, 255, 255, 255, 102, 102, 102]);
  });

  it('a fourth channel that is no opacity is no colour', () => {
    const { rgb, range } = told([0, 5, 10, 99, 10, 5, 0, 99], { channels: 4 });
    expect(range).toEqual([0, 10]);
    expect([...rgb]).toEqual([0, 128, 255, 255, 128, 0]);
  });
});
