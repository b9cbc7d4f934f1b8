// Lines of a hatch: their angle, their distance on the screen, that they cover the area and stay where they are.
import { describe, expect, it } from 'vitest';
import { strokeHatch, type HatchArea } from '../../../../renderer/src/canvas/hatch.ts';

type Line = [number, number, number, number];

function linesOf(hatch: number, area: HatchArea, scale: number) {
  const lines: Line[] = [];
  const drawn = { lineWidth: 0, strokes: 0 };
  const context = {
    beginPath() {},
    stroke: () => (drawn.strokes += 1),
    moveTo: (x: number, y: number) => lines.push([x, y, 0, 0]),
    lineTo: (x: number, y: number) => lines.at(-1)!.splice(2, 2, x, y),
    set lineWidth(width: number) {
      drawn.lineWidth = width;
    },
  };
  strokeHatch(context as unknown as CanvasRenderingContext2D, hatch, area, scale);
  return { lines, ...drawn };
}

/** Unit directions of the four hatches: down to the right is positive. */
const DIRECTIONS = [
  [Math.SQRT1_2, -Math.SQRT1_2],
  [Math.SQRT1_2, Math.SQRT1_2],
  [1, 0],
  [0, 1],
] as const;
const AREA = { left: 13, top: 21, right: 47, bottom: 39 };

describe.each([1, 2, 3, 4, 5])('hatch %i', (hatch) => {
  const [dx, dy] = DIRECTIONS[(hatch - 1) % 4]!;

  it.each([0.5, 1, 3])('at scale %d: one direction, six screen pixels apart', (scale) => {
    const { lines, lineWidth, strokes } = linesOf(hatch, AREA, scale);
    expect([lineWidth, strokes]).toEqual([1.2 / scale, 1]);
    const places = lines.map(([x, y, toX, toY]) => {
      expect((toX - x) * dy - (toY - y) * dx).toBeCloseTo(0, 9);
      return x * dy - y * dx;
    });
    const step = 6 / scale;
    places.forEach((place) => expect(place / step - Math.round(place / step)).toBeCloseTo(0, 9));
    expect(new Set(places.map((place) => Math.round(place / step))).size).toBe(places.length);
  });

  it('reaches every line of the raster that crosses the area, over its whole length', () => {
    const scale = 2;
    const step = 6 / scale;
    const { lines } = linesOf(hatch, AREA, scale);
    const corners = [
      [13, 21],
      [47, 21],
      [13, 39],
      [47, 39],
    ] as const;
    const across = corners.map(([x, y]) => x * dy - y * dx);
    const along = corners.map(([x, y]) => x * dx + y * dy);
    const drawn = new Set(lines.map(([x, y]) => Math.round((x * dy - y * dx) / step)));
    for (let n = Math.ceil(Math.min(...across) / step); n * step < Math.max(...across); n += 1)
      expect(drawn.has(n)).toBe(true);
    for (const [x, y, toX, toY] of lines) {
      const ends = [x * dx + y * dy, toX * dx + toY * dy];
      // The lines are as long as the area's diagonal, about its middle.
      expect(Math.min(...ends)).toBeLessThanOrEqual(Math.min(...along) + 1e-9);
      expect(Math.max(...ends)).toBeGreaterThanOrEqual(Math.max(...along) - 1e-9);
    }
  });
});

it.each([
  { left: 5, top: 5, right: 5, bottom: 9 },
  { left: 5, top: 5, right: 9, bottom: 5 },
  { left: 5, top: 5, right: 4, bottom: 9 },
])('an area without extent has none: %j', (area) => {
  expect(linesOf(1, area, 1)).toMatchObject({ lines: [], strokes: 0 });
});
