// Drawing a polygon: when a click closes it, what counts as the same place, and what a step is called.
import { describe, expect, it } from 'vitest';
import type { AnnotationId } from '../../../../../electron/api/types.ts';
import { polygonTool } from '../../../../../renderer/src/tools/polygon/polygon.ts';
import type { PolygonState } from '../../../../../renderer/src/tools/polygon/state.ts';
import { ToolBench } from '../../../../helpers/drivers/toolBench.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

const bench = () => {
  const made = new ToolBench(polygonTool, 40, 40);
  // Reach 1.2 image pixels; clicks closer than 0.2 are one.
  made.scale = 10;
  return made;
};
const pointsOf = (state: PolygonState) => (state.kind === 'drawing' ? state.points.length / 2 : 0);

describe('drawing', () => {
  it('closes on its first point from the third point on', () => {
    const made = bench();
    made.click(5, 5).click(20, 5).click(5.5, 5);
    expect([made.busy, pointsOf(made.state)]).toEqual([true, 3]);
    made.send('back', 0, 0).click(20, 20).click(5.5, 5);
    expect([made.busy, made.objects.length]).toEqual([false, 1]);
  });

  it('a click beyond the reach of the first point is a point of its own', () => {
    const made = bench();
    made.click(5, 5).click(20, 5).click(20, 20).click(5, 6.3);
    expect([made.busy, pointsOf(made.state)]).toEqual([true, 4]);
  });

  it('two clicks in one place are one point', () => {
    const made = bench();
    made.click(5, 5).click(5.1, 5.1);
    expect(pointsOf(made.state)).toBe(1);
    made.click(5.3, 5);
    expect(pointsOf(made.state)).toBe(2);
  });

  it('with fewer than three points it says so and keeps them', () => {
    const made = bench();
    made.click(5, 5).click(20, 5).send('confirm', 0, 0);
    expect([made.busy, made.notes]).toEqual([true, [{ kind: 'fewPoints' }]]);
    made.click(20, 20).send('confirm', 0, 0);
    expect([made.busy, made.objects.length]).toEqual([false, 1]);
  });
});

describe('a step', () => {
  const drawn = (points: number): PolygonState => ({
    kind: 'drawing',
    points: Array.from({ length: 2 * points }, (_, i) => i),
    cursor: { x: 0, y: 0 },
  });

  it('of drawing is a point with its number; none when no point came', () => {
    const step = polygonTool.step!;
    expect(step({ kind: 'idle' }, drawn(1))).toEqual({ kind: 'point', number: 1 });
    expect(step(drawn(2), drawn(3))).toEqual({ kind: 'point', number: 3 });
    expect(step(drawn(3), drawn(3))).toBe(null);
    expect(step(drawn(3), drawn(2))).toBe(null);
  });

  it('of editing is named by what became of the points; another object is no step', () => {
    const step = polygonTool.step!;
    const edited = (id: string, ...rings: number[][]): PolygonState => ({
      kind: 'editing',
      id: id as AnnotationId,
      mask: draw('##'),
      rings,
      before: rings,
      detail: 0,
      error: 0,
      hover: null,
      chosen: [],
      drag: null,
    });
    const triangle = [0, 0, 4, 0, 4, 4];
    const square = [...triangle, 0, 4];
    const before = edited('a', triangle, triangle);
    expect(step(before, edited('a', triangle, square))).toEqual({ kind: 'addPoint' });
    expect(step(edited('a', square), edited('a', triangle))).toEqual({ kind: 'deletePoint' });
    expect(step(before, edited('a', triangle, [0, 1, 4, 0, 4, 4]))).toEqual({ kind: 'movePoint' });
    expect(step(before, edited('b', triangle, square))).toBe(null);
    // The same rings: only what the pointer is over has changed.
    expect(step(before, { ...before, hover: { ring: 0, index: 1 } } as PolygonState)).toBe(null);
    expect(step({ kind: 'idle' }, before)).toBe(null);
    expect(step(before, { kind: 'idle' })).toBe(null);
  });
});
