// The magic wand and masks of labels, on images small enough to read.
import { describe, expect, it } from 'vitest';
import type { RleMask } from '../../../../../electron/api/types.ts';
import { maskOfLabel, masksOfParts } from '../../../../../electron/masks/regions/labelRuns.ts';
import { wandMask } from '../../../../../electron/inference/image/wand.ts';

/** Rows of characters; each character is one grey value. */
function picture(...rows: string[]) {
  const width = rows[0]!.length;
  const rgb = new Uint8Array(width * rows.length * 3);
  rows
    .join('')
    .split('')
    .forEach((character, at) => {
      rgb.fill(character === '#' ? 200 : character === '+' ? 190 : 10, at * 3, at * 3 + 3);
    });
  return { width, height: rows.length, rgb };
}

function shown({ width, height, counts }: RleMask): string[] {
  const rows = Array.from({ length: height }, () => Array<string>(width).fill('.'));
  let at = 0;
  counts.forEach((count, index) => {
    for (let i = 0; i < count; i += 1, at += 1)
      if (index % 2 === 1) rows[at % height]![Math.floor(at / height)] = 'x';
  });
  return rows.map((row) => row.join(''));
}

describe('wand', () => {
  const image = picture('##..#', '.#..#', '.##..', '.....', '####+');

  it('takes connected pixels of near colour, round corners and back up', () => {
    const mask = wandMask(image, { x: 0, y: 0, tolerance: 1, sample: 1 }, true);
    expect(shown(mask)).toEqual(['xx...', '.x...', '.xx..', '.....', '.....']);
  });

  it('takes the whole image when not contiguous, and more with more tolerance', () => {
    expect(shown(wandMask(image, { x: 0, y: 0, tolerance: 1, sample: 1 }, false))).toEqual([
      'xx..x',
      '.x..x',
      '.xx..',
      '.....',
      'xxxx.',
    ]);
    const wider = wandMask(image, { x: 0, y: 4, tolerance: 20, sample: 1 }, true);
    expect(shown(wider).at(-1)).toBe('xxxxx');
  });

  it('agrees with a plain flood fill on noise', () => {
    let state = 7;
    const noise = Array.from({ length: 20 }, () =>
      Array.from({ length: 17 }, () => {
        state = (state * 1103515245 + 12345) % 2147483648;
        return state % 5 < 3 ? '#' : '.';
      }).join(''),
    );
    const field = picture(...noise);
    const expected = noise.map((row) => row.replace(/./g, '.').split(''));
    const stack = [[8, 8]];
    const value = noise[8]![8];
    while (stack.length > 0) {
      const [x, y] = stack.pop() as [number, number];
      if (noise[y]?.[x] !== value || expected[y]![x] === 'x') continue;
      expected[y]![x] = 'x';
      stack.push([x + 1, y], [x - 1, y], [x, y + 1], [x, y - 1]);
    }
    expect(shown(wandMask(field, { x: 8, y: 8, tolerance: 1, sample: 1 }, true))).toEqual(
      expected.map((row) => row.join('')),
    );
  });

  it('measures by the largest channel, as the window does', () => {
    const rgb = Uint8Array.from([10, 10, 10, 20, 20, 20, 21, 10, 10]);
    const mask = wandMask(
      { width: 3, height: 1, rgb },
      { x: 0, y: 0, tolerance: 10, sample: 1 },
      false,
    );
    expect(shown(mask)).toEqual(['xx.']);
  });

  it('compares with the colour of the square that was asked for', () => {
    const grain = picture('###', '#.#', '##.');
    const at = (sample: 1 | 3) =>
      shown(wandMask(grain, { x: 1, y: 1, tolerance: 1, sample }, false));
    expect(at(1)).toEqual(['...', '.x.', '..x']);
    expect(at(3)).toEqual(['xxx', 'x.x', 'xx.']);
  });

  it('ends as soon as it is told to', () => {
    const stop = () => {
      throw new Error('stopped');
    };
    for (const contiguous of [true, false])
      expect(() =>
        wandMask(image, { x: 0, y: 0, tolerance: 1, sample: 1 }, contiguous, stop),
      ).toThrow('stopped');
  });

  it('refuses a point outside the image', () => {
    expect(() => wandMask(image, { x: 5, y: 0, tolerance: 1, sample: 1 }, true)).toThrow(/outside/);
  });
});

describe('masks of labels', () => {
  const labels = Uint16Array.from([1, 1, 0, 2, 0, 0, 0, 2, 1, 0, 0, 2]);

  it('cover exactly the pixels of the label', () => {
    expect(shown(maskOfLabel(labels, 4, 3, 1))).toEqual(['xx..', '....', 'x...']);
    expect(shown(maskOfLabel(labels, 4, 3, 9))).toEqual(['....', '....', '....']);
  });

  it('of parts are one per connected part, largest first', () => {
    expect(masksOfParts(labels, 4, 3, 1).map(shown)).toEqual([
      ['xx..', '....', '....'],
      ['....', '....', 'x...'],
    ]);
    expect(masksOfParts(labels, 4, 3, 2).map(shown)).toEqual([['...x', '...x', '...x']]);
  });
});
