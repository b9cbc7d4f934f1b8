// Masks painted over each other: what is on top, what is hidden, and how that is told.
import { describe, expect, it } from 'vitest';
import {
  warningEnglish,
  type ExportWarning,
} from '../../../../../../../electron/api/said/exportWords.ts';
import {
  bytes,
  paintLabels,
  vocPalette,
  warnHidden,
} from '../../../../../../../electron/engine/dataset/formats/writing/paint.ts';
import type { DatasetImage } from '../../../../../../../electron/engine/dataset/types.ts';
import { annotation, image } from '../../../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../../../helpers/fixtures/masks.ts';

const LEFT = draw('##..', '##..');
const TOP = draw('####', '....');
const NONE = draw('....', '....');
const scene = (...masks: readonly ReturnType<typeof draw>[]): DatasetImage =>
  image(
    'a.png',
    masks.map((mask) => annotation(1, mask)),
  );
const told = (scene: DatasetImage, hidden: number, objects?: Uint8Array) => {
  const said: ExportWarning[] = [];
  warnHidden({ warn: (one: ExportWarning) => said.push(one) } as never, scene, hidden, objects);
  return said.map(warningEnglish);
};

describe('labels', () => {
  it('are those of the upper mask, and what it hides is counted', () => {
    const { labels, hiddenPx } = paintLabels(scene(LEFT, TOP), bytes, (i) => i + 5);
    expect([...labels]).toEqual([6, 6, 6, 6, 5, 5, 0, 0]);
    expect(hiddenPx).toBe(2);
    expect(paintLabels(scene(LEFT, NONE), bytes, () => 1).hiddenPx).toBe(0);
  });

  it('are written up to a number of pixels', () => {
    const make = (pixels: number) => ({ length: pixels }) as unknown as Uint8Array;
    const large = (width: number, height: number) => ({
      ...scene(LEFT),
      annotations: [],
      width,
      height,
    });
    expect(paintLabels(large(2 ** 14, 2 ** 14), make, () => 1).labels).toHaveLength(2 ** 28);
    expect(() => paintLabels(large(2 ** 14, 2 ** 14 + 1), make, () => 1)).toThrow(
      'a.png is 16384 x 16385 px; PNG masks are written up to 268435456 pixels',
    );
  });
});

describe('what is hidden', () => {
  it('is told in pixels, and nothing where nothing is', () => {
    expect(told(scene(LEFT, TOP), 0)).toEqual([]);
    expect(told(scene(LEFT, TOP), 2)).toEqual([
      'a.png: annotations overlap, 2 px show the upper one only',
    ]);
  });

  it('names how many are hidden altogether, of those that had pixels', () => {
    const all = scene(LEFT, NONE, LEFT);
    expect(told(all, 4, Uint8Array.of(3, 3, 0, 0, 3, 3, 0, 0))).toEqual([
      'a.png: annotations overlap, 4 px show the upper one only; hidden altogether: 1',
    ]);
    expect(told(all, 2, Uint8Array.of(1, 3, 0, 0, 3, 3, 0, 0))).toEqual([
      'a.png: annotations overlap, 2 px show the upper one only',
    ]);
  });
});

it('the palette of Pascal VOC spreads the bits of a number over the channels from the top', () => {
  const of = (index: number) => [...vocPalette().subarray(3 * index, 3 * index + 3)];
  expect([0, 1, 2, 4, 7, 8, 20, 255].map(of)).toEqual([
    [0, 0, 0],
    [128, 0, 0],
    [0, 128, 0],
    [0, 0, 128],
    [128, 128, 128],
    [64, 0, 0],
    [0, 64, 128],
    [224, 224, 192],
  ]);
});
