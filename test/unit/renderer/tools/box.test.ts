// The rectangle: from any corner to any other, square with Shift, and what is too thin to be meant.
import { describe, expect, it } from 'vitest';
import { measureMask } from '../../../../electron/masks/runs/measure.ts';
import { boxTool } from '../../../../renderer/src/tools/box.ts';
import { ToolBench } from '../../../helpers/drivers/toolBench.ts';

const boxAfter = (
  from: readonly [number, number],
  to: readonly [number, number],
  keys: { shift?: boolean } = {},
) => {
  const bench = new ToolBench(boxTool, 20, 20);
  bench.drag([from, to], keys);
  expect(bench.busy).toBe(false);
  const [object] = bench.objects;
  return object ? measureMask(object.mask).box : null;
};

describe('rectangle', () => {
  it.each([
    [
      [2, 3],
      [9, 7],
    ],
    [
      [9, 7],
      [2, 3],
    ],
    [
      [2, 7],
      [9, 3],
    ],
    [
      [9, 3],
      [2, 7],
    ],
  ] as const)('from %j to %j is the same', (from, to) => {
    expect(boxAfter(from, to)).toEqual([2, 3, 7, 4]);
  });

  it('goes by the nearest whole pixels', () => {
    expect(boxAfter([2.4, 3.6], [8.6, 7.4])).toEqual([2, 4, 7, 3]);
  });

  it('may be one pixel wide or high, never less', () => {
    expect(boxAfter([4, 4], [5, 9])).toEqual([4, 4, 1, 5]);
    expect(boxAfter([4, 4], [9, 5])).toEqual([4, 4, 5, 1]);
    expect(boxAfter([4, 4], [4.4, 9])).toBeNull();
    expect(boxAfter([4, 4], [9, 4.4])).toBeNull();
    expect(boxAfter([4, 4], [4, 4])).toBeNull();
  });

  it.each([
    [
      [8, 8],
      [10, 13],
      [8, 8, 5, 5],
    ],
    [
      [8, 8],
      [3, 10],
      [3, 8, 5, 5],
    ],
    [
      [8, 8],
      [10, 3],
      [8, 3, 5, 5],
    ],
    [
      [8, 8],
      [6, 3],
      [3, 3, 5, 5],
    ],
    [
      [8, 8],
      [8, 12],
      [8, 8, 4, 4],
    ],
    [
      [8, 8],
      [12, 8],
      [8, 8, 4, 4],
    ],
  ] as const)('with Shift from %j to %j it is the square %j', (from, to, box) => {
    expect(boxAfter(from, to, { shift: true })).toEqual(box);
  });

  it('tells where the pointer holds it, and forgets it with Escape', () => {
    const bench = new ToolBench(boxTool, 20, 20);
    bench.send('hover', 1, 1);
    expect([bench.busy, boxTool.pressed!(bench.state)]).toEqual([false, null]);
    bench.send('down', 2, 3).send('move', 6, 5);
    expect(bench.busy).toBe(true);
    expect(boxTool.pressed!(bench.state)).toMatchObject({ x: 6, y: 5 });
    bench.send('cancel', 6, 5).send('up', 6, 5);
    expect([bench.busy, bench.objects.length]).toEqual([false, 0]);
  });
});
