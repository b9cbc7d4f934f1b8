// An overlay's pixels, each against the rule: colour on a mask's edge, tint within, dark casing around.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { renderOverlay } from '../../../../../electron/hosts/cli/artifacts/overlay.ts';
import { maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';

const GREY = 100;
const BLUE = [20, 40, 200];

/** Rows of a mask, `#` inside, and the picture that it makes of a grey one: E edge, T tint, C casing, . untouched. */
const CASES: readonly (readonly [
  name: string,
  mask: readonly string[],
  seen: readonly string[],
])[] = [
  [
    'within the picture',
    ['.......', '..###..', '..###..', '..###..', '.......', '.......'],
    ['..CCC..', '.CEEEC.', '.CETEC.', '.CEEEC.', '..CCC..', '.......'],
  ],
  [
    'up to the border, which is an edge',
    ['###....', '###....', '###....', '.......', '.......', '......#'],
    ['EEEC...', 'ETEC...', 'EEEC...', 'CCC....', '......C', '.....CE'],
  ],
  ['empty', ['.......', '.......'], ['.......', '.......']],
];

const mixed = (share: number, color: readonly number[]) =>
  color.map((value) => Math.round(GREY * (1 - share) + value * share));
const COLORS: Readonly<Record<string, readonly number[]>> = {
  E: BLUE,
  T: mixed(0.42, BLUE),
  C: mixed(0.62, [0, 0, 0]),
  '.': [GREY, GREY, GREY],
};

test.each(CASES)('a mask %s', async (_name, rows, seen) => {
  const [width, height] = [rows[0]!.length, rows.length];
  const bitmap = Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 1 : 0));
  const item = {
    mask: maskFromBitmap(bitmap, width, height),
    color: '#1428c8',
    name: 'sea',
    score: null,
  };
  const rgb = new Uint8Array(width * height * 3).fill(GREY);
  const png = await renderOverlay(rgb, width, height, [item]);
  const pixels = await sharp(png)
    .extract({ left: 0, top: 0, width, height })
    .removeAlpha()
    .raw()
    .toBuffer();
  expect([...pixels]).toEqual([...seen.join('')].flatMap((letter) => COLORS[letter]));
});
