// Drawing a polygon by hand, in eighths of a turn, and along the outline of a neighbour.
import { describe, expect, it } from 'vitest';
import { polygonTool } from '../../../../../renderer/src/tools/polygon/polygon.ts';
import type { Drawing } from '../../../../../renderer/src/tools/polygon/state.ts';
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
