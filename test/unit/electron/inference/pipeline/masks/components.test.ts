// Regions of label maps and the clean-ups that use them.
import { describe, expect, test } from 'vitest';
import {
  withFilledHoles,
  withoutSmallRegions,
} from '../../../../../../electron/inference/pipeline/masks/components.ts';
import { regionsOf } from '../../../../../../electron/masks/regions/labelRegions.ts';

/** A label map from rows of digits. */
function map(...rows: string[]): { labels: Uint16Array; width: number } {
  return { labels: Uint16Array.from(rows.join('').split(''), Number), width: rows[0]?.length ?? 1 };
}

const text = (labels: Uint16Array, width: number): string[] =>
  Array.from({ length: labels.length / width }, (_, y) =>
    [...labels.subarray(y * width, (y + 1) * width)].join(''),
  );

describe('regions', () => {
  test('join pixels of one label that touch by a side, not by a corner', () => {
    const { labels, width } = map('1100', '0110', '0001', '2221');
    const { count, area, label } = regionsOf(labels, width);
    const found = Array.from({ length: count }, (_, region) => [label[region], area[region]]);
    expect(found).toEqual([
      [1, 4],
      [0, 3],
      [0, 4],
      [1, 2],
      [2, 3],
    ]);
  });

  test('join arms that meet only further down', () => {
    const { labels, width } = map('10101', '10101', '11111');
    expect([...regionsOf(labels, width).area]).toEqual([11, 2, 2]);
  });
});

describe('small regions', () => {
  test('take the label of their longest border', () => {
    const { labels, width } = map('11122', '11322', '11122');
    expect(text(withoutSmallRegions(labels, width, 2), width)).toEqual(['11122', '11122', '11122']);
  });

  test('become background where background surrounds them; the background itself stays', () => {
    const { labels, width } = map('0000', '0500', '0001', '0011');
    expect(text(withoutSmallRegions(labels, width, 3), width)).toEqual([
      '0000',
      '0000',
      '0001',
      '0011',
    ]);
    const specks = map('111', '101', '111');
    expect(withoutSmallRegions(specks.labels, 3, 5)).toEqual(specks.labels);
  });

  test('touch nothing over the end of a row', () => {
    // 5 ends the first row and 3 starts the second: beside each other in memory alone.
    const { labels, width } = map('95', '37');
    expect(text(withoutSmallRegions(labels, width, 2), width)).toEqual(['37', '73']);
  });

  test('at the end of a row take the label beside them', () => {
    const { labels, width } = map('112', '113');
    expect(text(withoutSmallRegions(labels, width, 2), width)).toEqual(['111', '111']);
  });

  test('stay when nothing else is there', () => {
    const { labels, width } = map('77');
    expect(withoutSmallRegions(labels, width, 10)).toEqual(labels);
  });
});

describe('holes', () => {
  test('inside one class are filled up to the given area', () => {
    const { labels, width } = map('11111', '10011', '11111');
    expect(text(withFilledHoles(labels, width, 2), width)).toEqual(['11111', '11111', '11111']);
    expect(withFilledHoles(labels, width, 1)).toEqual(labels);
  });

  test('at the edge of the image or between classes stay', () => {
    for (const { labels, width } of [
      map('1111', '0111', '1111'),
      map('1111', '1110', '1111'),
      map('1011', '1111', '1111'),
      map('1111', '1111', '1101'),
      map('1122', '1022', '1122'),
    ])
      expect(withFilledHoles(labels, width, 9)).toEqual(labels);
  });
});
