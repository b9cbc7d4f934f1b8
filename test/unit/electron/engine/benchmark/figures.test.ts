// Figures of measured images, reckoned by hand: means, parts of the classes, what is taken for what.
import { describe, expect, it } from 'vitest';
import {
  figuresOf,
  imageIou,
  measureImage,
  type MeasuredImage,
} from '../../../../../electron/engine/benchmark/figures.ts';
import type { SetFacts } from '../../../../../electron/engine/benchmark/set.ts';

const VOID = 65_535;
const facts = {
  names: ['background', 'cat', 'dog', ''],
  countsBackground: { standard: true, reference: false },
  subsets: [
    { name: 'cats', labels: [1] },
    { name: 'none', labels: [3] },
  ],
} as unknown as SetFacts;
/** True label, predicted label, pixels. */
const image = (name: string, ...pairs: [number, number, number][]): MeasuredImage => ({
  name,
  pairs: pairs.flat(),
  bands: null,
});
const one = image('one', [0, 0, 50], [1, 1, 30], [1, 2, 10], [1, 0, 10]);
const two = image('two', [2, 2, 20], [2, 1, 20], [VOID, 1, 5]);

describe('figures', () => {
  it('are means over classes and over images', () => {
    const { classes, objects, perImage, subsets, meanIou } = figuresOf(
      [one, two],
      facts,
      'standard',
    );
    // Background 50 of 60, cat 30 of 70, dog 20 of 50.
    const [ground, cat, dog] = [50 / 60, 30 / 70, 20 / 50] as const;
    expect(classes.map(({ name }) => name)).toEqual(['background', 'cat', 'dog']);
    expect(classes.map(({ iou }) => iou)).toEqual(
      [ground, cat, dog].map((iou) => expect.closeTo(iou, 12)),
    );
    expect(meanIou).toBeCloseTo((ground + cat + dog) / 3, 12);
    expect(objects).toBeCloseTo((cat + dog) / 2, 12);
    expect(subsets).toEqual([
      { name: 'cats', meanIou: expect.closeTo(cat, 12) },
      { name: 'none', meanIou: null },
    ]);
    const single = [imageIou(one, facts, 'standard')!, imageIou(two, facts, 'standard')!];
    expect(single[0]).toBeCloseTo((50 / 60 + 30 / 50 + 0) / 3, 12);
    expect(single[1]).toBeCloseTo((20 / 40 + 0) / 2, 12);
    expect(perImage).toBeCloseTo((single[0]! + single[1]!) / 2, 12);
    expect(figuresOf([], facts, 'standard').perImage).toBeNull();
  });

  it('leave background out where the protocol does', () => {
    const { classes } = figuresOf([one, two], facts, 'reference');
    expect(classes.map(({ name }) => name)).toEqual(['cat', 'dog']);
    // Nothing of background counts, so that an image of it alone has no figure.
    expect(imageIou(image('ground', [0, 0, 9]), facts, 'reference')).toBeNull();
    expect(figuresOf([image('ground', [0, 0, 9])], facts, 'reference').perImage).toBeNull();
  });
});

describe('what is confused', () => {
  const confused = (...images: MeasuredImage[]) => figuresOf(images, facts, 'standard').confused;

  it('is told as shares of the true pixels, the largest first, void apart', () => {
    expect(confused(one, two)).toEqual([
      { truth: 'dog', readAs: 'cat', share: 0.5 },
      { truth: 'cat', readAs: 'dog', share: 0.2 },
      { truth: 'cat', readAs: 'background', share: 0.2 },
    ]);
    expect(confused(image('a', [1, 2, 10], [1, 1, 10]), image('b', [1, 2, 30]))).toEqual([
      { truth: 'cat', readAs: 'dog', share: 0.8 },
    ]);
  });

  it('is at least a hundredth of a class, and no label of another set', () => {
    const share = (pixels: number) => confused(image('a', [1, 1, 10_000 - pixels], [1, 2, pixels]));
    expect(share(100)).toHaveLength(1);
    expect(share(99)).toEqual([]);
    expect(confused(image('a', [1, 1, 10], [1, 4, 10]))).toEqual([]);
    expect(confused(image('a', [1, 1, 10], [1, 3, 10]))).toHaveLength(1);
  });

  it('is told eight times at most', () => {
    const names = ['background', ...Array.from({ length: 9 }, (_, at) => `class ${at}`)];
    const many = image(
      'many',
      ...names.slice(1).map((_, at): [number, number, number] => [at + 1, 0, 10]),
    );
    expect(figuresOf([many], { ...facts, names }, 'standard').confused).toHaveLength(8);
  });
});

describe('what is kept of an image', () => {
  const map = (labels: number[]) => ({ labels: Uint16Array.from(labels), width: 2, height: 2 });
  const measured = (truth: number[], boundary: boolean, counts = facts.countsBackground) =>
    measureImage(
      { facts: { ...facts, countsBackground: counts }, boundary },
      'a',
      map(truth),
      Uint16Array.from([1, 1, 0, 2]),
    );

  it('are pairs of labels with their pixels, and boundaries where they are wanted', () => {
    expect(measured([1, 0, 0, 2], false)).toEqual({
      name: 'a',
      pairs: [0, 0, 1, 0, 1, 1, 1, 1, 1, 2, 2, 1],
      bands: null,
    });
    const { bands } = measured([1, 0, 0, 2], true);
    // Label, shared and joined pixels: of background one of two, of cat one of two, of dog the one.
    expect(bands!.standard).toEqual([0, 1, 2, 1, 1, 2, 2, 1, 1]);
  });

  it('differs between protocols where background or void do', () => {
    const both = { standard: true, reference: true };
    const same = measured([1, 0, 0, 2], true, both).bands!;
    expect(same.reference).toBe(same.standard);
    const unlabelled = measured([1, VOID, 0, 2], true, both).bands!;
    expect(unlabelled.reference).not.toEqual(unlabelled.standard);
    const ground = measured([1, 0, 0, 2], true).bands!;
    expect(ground.reference).not.toEqual(ground.standard);
  });
});
