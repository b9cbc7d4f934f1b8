// An evaluation as lines for the terminal.
import { expect, test } from 'vitest';
import type { Evaluation } from '../../../../../electron/engine/evaluate/evaluate.ts';
import { evaluationTable } from '../../../../../electron/engine/evaluate/table.ts';

const classOf = (label: number, iou: number | null, truthPx = 10, predictedPx = 10) => ({
  label,
  name: `class ${label}`,
  iou,
  recall: 0.5,
  precision: 0.25,
  boundaryIou: null,
  truthPx,
  predictedPx,
});
const evaluation = (more: object = {}) =>
  ({
    images: 3,
    protocol: 'reference',
    meanIou: 0.5,
    pixelAccuracy: 1,
    meanAccuracy: 0.25,
    frequencyWeightedIou: 0,
    meanBoundaryIou: null,
    instances: null,
    classes: [],
    missingImages: [],
    extraImages: [],
    unknownClasses: [],
    problems: [],
    ...more,
  }) as unknown as Evaluation;
const lines = (more: object = {}) => evaluationTable(evaluation(more)).split('\n');
const order = (text: readonly string[]) =>
  text.flatMap((line) => /^class (\d+)/.exec(line)?.slice(1) ?? []).map(Number);

test('means stand first, then classes from the worst on, in their order where they are alike', () => {
  const found = lines({
    classes: [classOf(1, 0.7), classOf(4, 0.3), classOf(2, 0.3), classOf(3, null), classOf(5, 0)],
  });
  expect(found[0]).toBe('3 images, reference protocol');
  expect(order(found)).toEqual([3, 5, 2, 4, 1]);
  expect(found.at(-1)).toBe('');
});

test('classes of neither side are counted, those of one are shown', () => {
  const found = lines({
    classes: [classOf(1, 0, 5, 0), classOf(2, 0, 0, 5), classOf(3, null, 0, 0)],
  });
  expect(order(found)).toEqual([1, 2]);
  expect(found).toContain('1 class occurs on neither side');
  expect(lines({ classes: [classOf(1, 1)] }).join()).not.toContain('neither side');
});

test('what could not be compared is named', () => {
  const text = lines({
    missingImages: ['a.jpg'],
    extraImages: ['b.jpg'],
    unknownClasses: ['cow'],
    problems: [{ path: 'c.png', message: 'is broken' }],
  }).join('\n');
  for (const name of ['a.jpg', 'b.jpg', 'cow', 'c.png is broken']) expect(text).toContain(name);
  expect(lines().join('\n')).not.toContain('could not be read');
});
