// The rectangle: from any corner to any other, square with Shift, and what is too thin to be meant. The turned box:
// side by side.
import { describe, expect, it } from 'vitest';
import { measureMask } from '../../../../electron/masks/runs/measure.ts';
import { boxTool } from '../../../../renderer/src/tools/box/box.ts';
import { workOf } from '../../../../renderer/src/tools/armed/parking.ts';
import { figuresOf, ringOf, type BoxState } from '../../../../renderer/src/tools/box/rings.ts';
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

describe('a turned box', () => {
  const start = () => {
    const bench = new ToolBench(boxTool, 60, 60);
    bench.options = { ...bench.options, boxShape: 'turned' };
    return bench;
  };
  const sidesOf = (bench: ToolBench<BoxState>) => {
    const figures = figuresOf(bench.state)!;
    const rounded = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);
    return [figures.width, figures.height, figures.angle].map(rounded);
  };

  it('is three clicks, tells its sides and angle on the way, and takes its pixels', () => {
    const bench = start();
    bench.click(10, 30).send('hover', 40, 0);
    expect(sidesOf(bench)).toEqual([42.4, null, 45]);
    bench.click(40, 0).send('hover', 50, 10);
    expect([sidesOf(bench), bench.objects.length]).toEqual([[42.4, 14.1, 45], 0]);
    bench.click(50, 10);
    expect(bench.busy).toBe(false);
    const [box] = bench.objects;
    // 30 √2 by 10 √2 pixels.
    expect(Math.abs(box!.area - 600)).toBeLessThan(30);
    expect(box!.box.slice(0, 2)).toEqual([10, 0]);
    for (const side of box!.box.slice(2)) expect(Math.abs(side - 40)).toBeLessThanOrEqual(1);
  });

  it('is a drag and a click just as well, to either side', () => {
    const [right, left] = [start(), start()];
    for (const [bench, y] of [
      [right, 40],
      [left, 20],
    ] as const)
      bench
        .drag([
          [10, 30],
          [30, 30],
        ])
        .click(25, y);
    expect(right.objects[0]!.box).toEqual([10, 30, 20, 10]);
    expect(left.objects[0]!.box).toEqual([10, 20, 20, 10]);
  });

  it('with Shift turns by fifteen degrees, then is even', () => {
    const bench = start();
    bench.click(10, 30).send('hover', 40, 24, { shift: true });
    expect(sidesOf(bench)).toEqual([30.6, null, 15]);
    bench.click(40, 24, { shift: true }).send('hover', 30, 33, { shift: true });
    expect(sidesOf(bench)).toEqual([30.6, 30.6, 15]);
  });

  it('waits where a press is no place of its own, and Enter takes what is shown', () => {
    const bench = start();
    bench.click(10, 30).click(11, 31);
    expect(sidesOf(bench)[1]).toBeNull();
    bench.click(30, 30).send('confirm', 30, 30);
    expect([bench.busy, bench.objects.length]).toEqual([true, 0]);
    bench.send('hover', 20, 36).send('confirm', 20, 36);
    expect(bench.objects[0]!.area).toBe(120);
  });

  it('goes back point by point, and each point is a step', () => {
    const bench = start();
    const first = bench.click(10, 30).state;
    const second = bench.click(30, 30).state;
    expect(boxTool.step!(boxTool.initial, first)).toEqual({ kind: 'point', number: 1 });
    expect(boxTool.step!(first, second)).toEqual({ kind: 'point', number: 2 });
    bench.send('back', 0, 0);
    expect([bench.busy, sidesOf(bench)[1]]).toEqual([true, null]);
    expect(bench.send('back', 0, 0).busy).toBe(false);
  });

  it('left open it is kept as points of a polygon', () => {
    const bench = start();
    const { state } = bench.click(10, 30).click(30, 30);
    const { options } = bench;
    expect(workOf({ tool: 'box', state }, options)).toEqual({
      kind: 'polygon',
      use: 'new',
      points: [10, 30, 30, 30],
    });
    expect(workOf({ tool: 'box', state: boxTool.initial }, options)).toBeNull();
  });
});

describe('what is drawn between two corners', () => {
  const drag = (x0: number, y0: number, x1: number, y1: number): BoxState => ({
    kind: 'drag',
    from: { x: x0, y: y0 },
    to: { x: x1, y: y1 },
  });

  it.each([
    [3, 4, 10, 9],
    [10, 9, 3, 4],
    [10, 4, 3, 9],
    [3, 9, 10, 4],
  ])('from (%d, %d) to (%d, %d) has its sides and corners in order', (x0, y0, x1, y1) => {
    const state = drag(x0, y0, x1, y1);
    expect(figuresOf(state)).toEqual({ width: 7, height: 5, angle: null });
    expect(ringOf(state, 'rectangle')).toEqual([3, 4, 10, 4, 10, 9, 3, 9]);
  });

  it('an ellipse begins at its right end and goes down', () => {
    const ring = ringOf(drag(2, 4, 22, 10), 'ellipse');
    expect(ring.slice(0, 2)).toEqual([22, 7]);
    const quarter = ring.length / 8;
    if (Number.isInteger(quarter)) expect(ring[2 * quarter + 1]).toBeCloseTo(10, 9);
    expect(ring[3]).toBeGreaterThan(7);
    expect(ring[2]).toBeLessThan(22);
  });

  it('a line is no box, and says nothing', () => {
    for (const to of [
      [9, 4],
      [4, 9],
      [4, 4],
    ] as const) {
      const bench = new ToolBench(boxTool, 20, 20);
      bench.drag([[4, 4], to]);
      expect([bench.objects, bench.notes, bench.busy]).toEqual([[], [], false]);
    }
  });

  it('has a word for a corner more of a turned box, and none for as many', () => {
    const turned = (...points: number[]) =>
      ({ kind: 'turned', points, cursor: { x: 0, y: 0 }, held: false, setAt: null }) as BoxState;
    expect(boxTool.step!({ kind: 'idle' }, turned(1, 2))).toEqual({ kind: 'point', number: 1 });
    expect(boxTool.step!(turned(1, 2), turned(1, 2, 3, 4))).toEqual({ kind: 'point', number: 2 });
    expect(boxTool.step!(turned(1, 2), turned(1, 2))).toBeNull();
    expect(boxTool.step!(drag(0, 0, 1, 1), drag(0, 0, 2, 2))).toBeNull();
    const held = { ...turned(1, 2), held: true } as BoxState;
    expect(boxTool.pressed!(held)).toEqual({ x: 0, y: 0 });
    expect(boxTool.pressed!(turned(1, 2))).toBeNull();
  });
});
