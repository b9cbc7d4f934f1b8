// Drawing a polygon by hand, in eighths of a turn, and along the outline of a neighbour.
import { describe, expect, it } from 'vitest';
import { polygonTool } from '../../../../../renderer/src/tools/polygon/polygon.ts';
import { REACH, type Drawing } from '../../../../../renderer/src/tools/polygon/state.ts';
import { objectOf, ToolBench } from '../../../../helpers/drivers/toolBench.ts';
import { rowsOf } from '../../../../helpers/fixtures/maskText.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

const drawing = (bench: { state: unknown }) => bench.state as Drawing;
const keys = (more: object) => ({ shift: false, alt: false, ctrl: false, ...more });

describe('a polygon that is drawn by hand', () => {
  it('follows a held button, loses what a straight line does not need, and goes on by clicks', () => {
    const bench = new ToolBench(polygonTool, 60, 40);
    bench.send('down', 5, 5);
    for (let x = 6; x <= 50; x += 1) bench.send('move', x, 5);
    for (let y = 6; y <= 30; y += 1) bench.send('move', 50, y);
    bench.send('up', 50, 30);
    // Two legs: the corner is kept within the distance between two points.
    expect(drawing(bench).points.length).toBeLessThanOrEqual(10);
    expect(drawing(bench).points.slice(0, 2)).toEqual([5, 5]);
    bench.click(5, 30).send('confirm', 0, 0);
    const { area } = bench.objects[0]!;
    expect(Math.abs(area - 45 * 25)).toBeLessThan(40);
  });

  it('a press that trembles sets one point', () => {
    const bench = new ToolBench(polygonTool, 60, 40);
    bench.send('down', 5, 5).send('move', 8, 7).send('up', 8, 7);
    expect(drawing(bench).points).toEqual([5, 5]);
  });

  it('holds its line down until the button is up: then it is one step', () => {
    const bench = new ToolBench(polygonTool, 60, 40);
    bench.click(5, 5).send('down', 20, 5);
    const before = bench.state;
    expect(polygonTool.pressed!(bench.state)).toBe(null);
    for (let y = 6; y <= 30; y += 1) bench.send('move', 20, y);
    expect(polygonTool.pressed!(bench.state)).toMatchObject({ x: 20, y: 30 });
    bench.send('up', 20, 30);
    expect(polygonTool.pressed!(bench.state)).toBe(null);
    const points = drawing(bench).points.length / 2;
    expect(points).toBeGreaterThan(2);
    expect(polygonTool.step!(before, bench.state)).toEqual({ kind: 'point', number: points });
  });
});

describe('Shift', () => {
  it('keeps the next side on an eighth of a turn', () => {
    const bench = new ToolBench(polygonTool, 60, 40);
    bench.click(10, 10);
    bench.send('hover', 20, 12, keys({ shift: true }));
    expect(drawing(bench).cursor.y).toBeCloseTo(10, 9);
    bench.send('down', 20, 19, keys({ shift: true })).send('up', 20, 19);
    const [x, y] = drawing(bench).points.slice(2) as [number, number];
    expect(x - 10).toBeCloseTo(y - 10, 9);
  });
});

describe('Alt shares a border', () => {
  const cup = draw(
    '............',
    '............',
    '...####.....',
    '...####.....',
    '...######...',
    '...######...',
    '............',
    '............',
  );

  it('the outline between two snapped points is taken, without gap and without overlap', () => {
    const bench = new ToolBench(polygonTool, 12, 8, [objectOf('cup', 1, cup)]);
    bench.categoryId = 2;
    bench.options = { ...bench.options, protect: false };
    const alt = keys({ alt: true });
    // One screen pixel is a twentieth: within reach of the right side, not of anything else.
    bench.scale = 20;
    bench.send('down', 7.3, 2.1, alt).send('up', 7.3, 2.1);
    bench.send('down', 9.3, 5.8, alt).send('up', 9.3, 5.8);
    bench.click(11, 5.8).click(11, 2.1).send('confirm', 0, 0);
    const [, saucer] = bench.objects;
    const pixels = rowsOf(saucer!.mask);
    const own = rowsOf(cup);
    for (const [y, row] of own.entries())
      for (const [x, pixel] of [...row].entries())
        if (pixel === '#') expect(pixels[y]![x]).toBe('.');
    // Right beside the step of the cup there is no gap.
    expect([pixels[2]![7], pixels[3]![7], pixels[4]![9]]).toEqual(['#', '#', '#']);
  });

  it('shows before the press what the next side would share, and with whom', () => {
    const bench = new ToolBench(polygonTool, 12, 8, [objectOf('cup', 1, cup)]);
    bench.scale = 20;
    const alt = keys({ alt: true });
    bench.send('down', 7, 2.5, alt).send('up', 7, 2.5);
    bench.send('hover', 9, 5.5, alt);
    const shown = drawing(bench);
    expect(shown.shared).toMatchObject({ id: 'cup', between: [7, 4, 9, 4], px: 1.5 + 2 + 1.5 });
    expect(drawing(bench.send('hover', 9, 5.5)).shared).toBeUndefined();
    bench.send('hover', 9, 5.5, alt).send('down', 9, 5.5, alt);
    expect(drawing(bench).points).toEqual([7, 2.5, ...shown.shared!.between, 9, 5.5]);
    expect(drawing(bench).shared).toBeUndefined();
    // A place on the outline alone shares nothing yet, but is told from a free one.
    const one = new ToolBench(polygonTool, 12, 8, [objectOf('cup', 1, cup)]);
    one.scale = 20;
    one.click(11, 1).send('hover', 7, 2.5, alt);
    expect(drawing(one).shared).toEqual({ id: 'cup', between: [], px: 0 });
  });

  it('can be switched on; Alt then does the opposite', () => {
    const bench = new ToolBench(polygonTool, 12, 8, [objectOf('cup', 1, cup)]);
    bench.scale = 20;
    bench.options = { ...bench.options, polygonBorders: true };
    bench.send('down', 7.3, 2.5).send('up', 7.3, 2.5);
    bench.send('down', 9.3, 5.5, keys({ alt: true })).send('up', 9.3, 5.5);
    expect(drawing(bench).points).toEqual([7, 2.5, 9.3, 5.5]);
  });

  it('a point snaps within twelve screen pixels, at any zoom', () => {
    const first = (scale: number, x: number) => {
      const bench = new ToolBench(polygonTool, 12, 8, [objectOf('cup', 1, cup)]);
      bench.scale = scale;
      return drawing(bench.send('down', x, 3, keys({ alt: true }))).points[0];
    };
    expect([first(8, 1.5), first(8, 1.4)]).toEqual([3, 1.4]);
    expect([first(6, 1), first(6, 0.9)]).toEqual([3, 0.9]);
  });

  it('on the outline of a neighbour and along an edge: the neighbour is meant', () => {
    const data = new Uint8ClampedArray(4 * 12 * 8);
    for (let at = 0; at < 96; at += 1) data.fill(at % 12 < 9 ? 40 : 200, 4 * at, 4 * at + 3);
    const bench = new ToolBench(polygonTool, 12, 8, [objectOf('cup', 1, cup)]);
    bench.pixels = { width: 12, height: 8, data };
    bench.scale = 10;
    const both = keys({ alt: true, ctrl: true });
    bench.send('down', 7.5, 2.5, both).send('up', 7.5, 2.5);
    expect(drawing(bench).points).toEqual([7, 2.5]);
    bench.send('down', 7.4, 3.4, both).send('up', 7.4, 3.4);
    expect(drawing(bench).points.slice(-2)).toEqual([7, 3.4]);
  });

  it('Shift takes the longer way round', () => {
    const along = (shift: boolean) => {
      const bench = new ToolBench(polygonTool, 12, 8, [objectOf('cup', 1, cup)]);
      bench.scale = 20;
      bench.send('down', 7, 2.5, keys({ alt: true })).send('up', 7, 2.5);
      bench.send('down', 7, 3.5, keys({ alt: true, shift })).send('up', 7, 3.5);
      return drawing(bench).points.length / 2;
    };
    expect(along(false)).toBe(2);
    expect(along(true)).toBeGreaterThan(5);
  });
});

describe('a click', () => {
  const points = (bench: ToolBench<never>) => drawing(bench).points;
  const begun = (scale = 1) => {
    const bench = new ToolBench(polygonTool as never, 200, 100) as ToolBench<never>;
    bench.scale = scale;
    return bench.click(50, 50);
  };

  it('within two screen pixels of the last point sets none', () => {
    expect(points(begun().click(51.9, 50))).toHaveLength(2);
    expect(points(begun().click(52, 50))).toHaveLength(4);
    expect(points(begun(4).click(50.5, 50))).toHaveLength(4);
    expect(points(begun(4).click(50, 50.4))).toHaveLength(2);
  });

  it('near the first point closes what three points hold, and goes on before that', () => {
    const two = begun().click(90, 50);
    expect(points(two.click(50, 50))).toHaveLength(6);
    const three = () => begun().click(90, 50).click(90, 90);
    // The reach itself is too far.
    expect(points(three().click(50 + REACH, 50))).toHaveLength(8);
    expect(points(three().click(50, 50 - REACH))).toHaveLength(8);
    const closed = three().click(50 + REACH - 0.1, 50);
    expect(closed.state).toEqual({ kind: 'idle' });
    expect(closed.objects).toHaveLength(1);
  });

  it('confirmed with two points says that they are too few', () => {
    const bench = begun().click(90, 50).send('confirm', 0, 0);
    expect(bench.notes.at(-1)).toEqual({ kind: 'fewPoints' });
    expect(points(bench)).toHaveLength(4);
    expect(begun().click(90, 50).click(90, 90).send('confirm', 0, 0).objects).toHaveLength(1);
  });

  it('taken back leaves the one before, the first one nothing', () => {
    const bench = begun().click(90, 50).send('back', 0, 0);
    expect(points(bench)).toEqual([50, 50]);
    expect(bench.send('back', 0, 0).state).toEqual({ kind: 'idle' });
  });
});

describe('a held button', () => {
  const held = (scale = 1) => {
    const bench = new ToolBench(polygonTool, 200, 100);
    bench.scale = scale;
    return bench.send('down', 50, 50);
  };
  const count = (bench: { state: unknown }) => drawing(bench).points.length / 2;

  it('draws from eight screen pixels on, then sets a point every six', () => {
    expect(count(held().send('move', 57.9, 50))).toBe(1);
    const begun = held().send('move', 58, 50);
    expect(count(begun)).toBe(2);
    expect(count(begun.send('move', 63.9, 50))).toBe(2);
    expect(count(begun.send('move', 64, 50))).toBe(3);
    expect(count(held(4).send('move', 50, 52))).toBe(2);
    expect(count(held(4).send('move', 50, 51.9))).toBe(1);
  });
});

describe('Shift in every direction', () => {
  it.each([
    [40, 4, 40, 0],
    [-40, 4, -40, 0],
    [3, -40, 0, -40],
    [30, 32, 31, 31],
    [-30, 32, -31, 31],
    [-30, -32, -31, -31],
  ])('(%d, %d) is (%d, %d)', (dx, dy, x, y) => {
    const bench = new ToolBench(polygonTool, 200, 200);
    bench.click(100, 100).send('hover', 100 + dx, 100 + dy, keys({ shift: true }));
    const { cursor } = drawing(bench);
    expect([cursor.x - 100, cursor.y - 100].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([
      ...[x, y],
    ]);
  });
});
