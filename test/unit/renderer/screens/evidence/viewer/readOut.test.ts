// Values beside the cursor: the sum, each pass, and passes that never saw the patch.
import { describe, expect, test } from 'vitest';
import {
  difference,
  differenceColor,
  pieceShares,
  valueAt,
} from '../../../../../../renderer/src/screens/evidence/maps/mapMath.ts';
import {
  promptParts,
  startsWord,
} from '../../../../../../renderer/src/screens/evidence/classes/prompt.ts';
import {
  differenceLine,
  patchAt,
  readOut,
} from '../../../../../../renderer/src/screens/evidence/viewer/readOut.ts';
import type { ScoreMap } from '../../../../../../electron/api/run.ts';

const map = (rows: number, columns: number, values: number[], maximum = 1): ScoreMap => ({
  rows,
  columns,
  values: Uint8Array.from(values),
  maximum,
});

describe('the read-out', () => {
  const one = map(1, 2, [255, 51]);

  test('names the sum and each pass, and joins passes that hide the patch', () => {
    const lines = readOut(0, one, [
      { map: one, dropped: [] },
      { map: one, dropped: [0, 1] },
      { map: one, dropped: [0] },
      { map: one, dropped: [] },
    ]);
    expect(lines.map((line) => `${line.name}: ${line.value}`)).toEqual([
      'Sum: 1.00',
      'Pass 1: 1.00',
      'Passes 2 to 3: hidden',
      'Pass 4: 1.00',
    ]);
  });

  test('says hidden for a single pass by its own name', () => {
    const lines = readOut(1, null, [
      { map: one, dropped: [] },
      { map: one, dropped: [1] },
    ]);
    expect(lines).toEqual([
      { name: 'Pass 1', value: '0.20' },
      { name: 'Pass 2', value: 'hidden' },
    ]);
  });

  test('knows the patch under a place and nothing outside the image', () => {
    expect(patchAt(0.99, 0.01, 20, 21)).toEqual({ row: 0, column: 20 });
    expect(patchAt(1, 0.5, 20, 21)).toBeNull();
    expect(patchAt(0.5, -0.001, 20, 21)).toBeNull();
    expect(patchAt(-0.001, 0.5, 20, 21)).toBeNull();
    expect(patchAt(0.5, 1, 20, 21)).toBeNull();
    expect(patchAt(0, 0, 20, 21)).toEqual({ row: 0, column: 0 });
  });

  test('of a difference has its sign, and is nothing where both are alike', () => {
    const d = { rows: 2, columns: 2, values: Float32Array.of(0.5, -0.25, 0, 1) };
    const at = (x: number, y: number) => differenceLine(d as never, { x, y }).value;
    expect([at(0, 0), at(0.5, 0.49), at(0.49, 0.5), at(0.99, 0.99)]).toEqual([
      ...['0.50', '−0.25', '0.00', '1.00'],
    ]);
  });
});

describe('values of maps', () => {
  test('are read by place; an empty map has none', () => {
    expect(valueAt(map(2, 2, [0, 255, 51, 102]), 0.75, 0.25)).toBe(1);
    expect(valueAt(map(2, 2, [0, 255, 51, 102]), 0.25, 0.75)).toBeCloseTo(0.2, 6);
    expect(valueAt(map(1, 1, [0]), 0.5, 0.5)).toBeNull();
    expect(valueAt(null, 0.5, 0.5)).toBeNull();
  });

  test('shares of word pieces add up to one and know the scale of each map', () => {
    const shares = pieceShares([map(1, 2, [255, 0], 3), map(1, 2, [255, 0], 1)]);
    expect(shares).toEqual([0.75, 0.25]);
    expect(pieceShares([map(1, 2, [0, 0]), undefined])).toEqual([0, 0]);
  });

  test('differences stand on the finer grid, with the sign of the first', () => {
    const d = difference(map(1, 2, [255, 0]), map(2, 2, [255, 255, 0, 0]))!;
    expect([d.rows, d.columns, ...d.values]).toEqual([2, 2, 0, -1, 1, 0]);
    expect(difference(map(1, 2, [1, 2]), null)).toBeNull();
  });

  test('zero difference is neutral grey, the ends are the two colours of the design', () => {
    expect(differenceColor(0)).toEqual([0x2b, 0x2b, 0x2e]);
    expect(differenceColor(1)).toEqual([0xf2, 0x99, 0x4a]);
    expect(differenceColor(-1)).toEqual([0x4f, 0x8d, 0xf5]);
  });
});

describe('the class in the sentence', () => {
  test('is found as a whole word, whatever its case, joined where the settings join words', () => {
    expect(promptParts('A picture of cupboard cup dog', 'Cup')).toEqual({
      before: 'A picture of cupboard ',
      after: ' dog',
    });
    expect(promptParts('A picture of trafficlight', 'traffic light')?.after).toBe('');
    expect(promptParts('A picture of cup', 'saucer')).toBeNull();
  });

  test('has a gap where a piece begins a word, whatever the vocabulary', () => {
    const gaps = (...tokens: string[]) => tokens.map((_, i) => startsWord(tokens, i));
    expect(gaps('sauce', '##r')).toEqual([false, false]);
    expect(gaps('palm', 'tree', '##s')).toEqual([false, true, false]);
    expect(gaps('sauc', 'er</w>', 'cup</w>')).toEqual([false, false, true]);
    expect(gaps('Ġsauc', 'er', 'Ġcup')).toEqual([false, false, true]);
  });
});
