// Panes side by side or one over the other, and words that stay inside their pane.
import { describe, expect, it } from 'vitest';
import {
  besidePatch,
  liesLargerStacked,
} from '../../../../../../renderer/src/screens/evidence/viewer/panes.ts';

it.each([
  ['a wide picture in a square', [600, 600], [300, 200], true],
  ['a tall picture in a square', [600, 600], [200, 300], false],
  ['a square picture in a square: side by side', [600, 600], [200, 200], false],
  ['a wide stage', [1200, 600], [300, 200], false],
  ['a tall stage', [600, 1200], [200, 300], true],
  ['no picture', [600, 1200], [0, 0], false],
] as const)('%s', (_what, [width, height], [across, down], stacked) => {
  expect(liesLargerStacked({ width, height }, { width: across, height: down })).toBe(stacked);
});

describe('a read-out', () => {
  const pane = { width: 400, height: 300 };
  const beside = (x: number, y: number, lines = 2) => besidePatch({ x, y, width: 20 }, pane, lines);

  it('stands 8 pixels right of its patch, and 8 above its top', () => {
    expect(beside(100, 60)).toEqual({ x: 128, y: 52 });
  });

  it('flips to the left where its 156 pixels would leave the pane', () => {
    expect(beside(216, 60)).toEqual({ x: 244, y: 52 });
    expect(beside(217, 60)).toEqual({ x: 59, y: 52 });
  });

  it('stays 4 pixels inside, at the top, at the left, and with all of its lines at the bottom', () => {
    expect(beside(100, 11).y).toBe(4);
    expect(beside(100, 290).y).toBe(300 - 34 - 38);
    expect(beside(100, 290, 1).y).toBe(300 - 34 - 19);
    expect(besidePatch({ x: 10, y: 20, width: 380 }, pane, 2)).toEqual({ x: 4, y: 12 });
  });
});
