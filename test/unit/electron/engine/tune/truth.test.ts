// Masks of tries beside right ones: a small grid stretched over the image, class by class.
import { expect, test } from 'vitest';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { truthScores, type ImageTruth } from '../../../../../electron/engine/tune/truth.ts';

test('mIoU of a grid against masks: perfect is 1, half of an object is less', () => {
  const id = 7 as CategoryId;
  const truth = {
    width: 4,
    height: 2,
    // Column-major: the left half.
    masks: [{ categoryId: id, mask: { width: 4, height: 2, counts: Uint32Array.of(0, 4, 4) } }],
    rest: 'background' as const,
  };
  const scores = truthScores([id]);
  scores.add('right', truth, { labels: Uint8Array.of(1, 0), width: 2, height: 1 }, [id]);
  scores.add('half', truth, { labels: Uint8Array.of(1, 0, 0, 0), width: 4, height: 1 }, [id]);
  expect(scores.meanIou('right')).toBe(1);
  expect(scores.meanIou('half')).toBeCloseTo((0.5 + 4 / 6) / 2, 6);
  expect(scores.meanIou('never')).toBeNull();
});

const [SEVEN, OTHER] = [7, 9] as CategoryId[];
/** The upper left quarter of 4 x 4 pixels is of class 7. */
const quarter = (rest: ImageTruth['rest']): ImageTruth => ({
  width: 4,
  height: 4,
  rest,
  masks: [
    { categoryId: SEVEN!, mask: { width: 4, height: 4, counts: Uint32Array.of(0, 2, 2, 2, 10) } },
  ],
});
const grid = (...labels: number[]) => ({ labels: Uint8Array.from(labels), width: 2, height: 2 });

test.each([
  ['found where it is', [1, 0, 0, 0], 1],
  // Of background 8 pixels are shared, of 16; of the class none.
  ['found beside it', [0, 1, 0, 0], (8 / 16 + 0) / 2],
  ['found below it', [0, 0, 1, 0], (8 / 16 + 0) / 2],
  ['found in its column', [1, 0, 1, 0], (8 / 12 + 4 / 8) / 2],
])('a class that is %s', (_where, labels, meanIou) => {
  const scores = truthScores([SEVEN!]);
  scores.add('one', quarter('background'), grid(...labels), [SEVEN!]);
  expect(scores.meanIou('one')).toBeCloseTo(meanIou, 12);
});

test('pixels without a mask count as background, or not at all', () => {
  const meanIou = (rest: ImageTruth['rest']) => {
    const scores = truthScores([SEVEN!]);
    scores.add('all', quarter(rest), grid(1, 1, 1, 1), [SEVEN!]);
    return scores.meanIou('all');
  };
  expect(meanIou('background')).toBeCloseTo((0 + 4 / 16) / 2, 12);
  expect(meanIou('void')).toBe(1);
});

test('a class without right masks anywhere is a wrong answer, not background', () => {
  const scores = truthScores([SEVEN!]);
  scores.add('other', quarter('background'), grid(1, 2, 0, 0), [SEVEN!, OTHER!]);
  expect(scores.meanIou('other')).toBeCloseTo((8 / 12 + 1) / 2, 12);
});

test('masks of classes that the image was not asked for are background', () => {
  const scores = truthScores([SEVEN!, OTHER!]);
  scores.add('none', quarter('background'), grid(0, 0, 0, 0), [OTHER!]);
  expect(scores.meanIou('none')).toBe(1);
});

test('images of one setting are added up, those of another are not', () => {
  const scores = truthScores([SEVEN!]);
  scores.add('one', quarter('background'), grid(1, 0, 0, 0), [SEVEN!]);
  scores.add('one', quarter('background'), grid(0, 0, 0, 0), [SEVEN!]);
  scores.add('other', quarter('background'), grid(0, 0, 0, 0), [SEVEN!]);
  expect(scores.meanIou('one')).toBeCloseTo((24 / 28 + 4 / 8) / 2, 12);
  expect(scores.meanIou('other')).toBeCloseTo((12 / 16 + 0) / 2, 12);
});
