// Outlines: a dark casing under the line, white around what is selected, the same on every zoom.
import { expect, it } from 'vitest';
import { strokePath } from '../../../../renderer/src/canvas/strokePath.ts';
import { canvasRecorder, RecordedPath } from '../../../helpers/standIns/canvasRecorder.ts';

const path = Object.assign(new RecordedPath(), { closed: true });
function strokes(more: object = {}, scale = 2) {
  const { context, drawn } = canvasRecorder();
  context.scale(scale, scale);
  const look = { color: '#f00', line: 2, dash: [], selected: false, ...more };
  strokePath(context, path as unknown as Path2D, scale, look);
  return {
    lines: drawn.map(({ color, lineWidth, dash }) => [
      color,
      Math.round(lineWidth * 10) / 10,
      [...dash],
    ]),
    cap: context.lineCap,
    dash: context.getLineDash?.() ?? [],
  };
}

it('a line has a casing of less than a pixel on each side', () => {
  for (const scale of [0.5, 1, 4])
    expect(strokes({}, scale).lines).toEqual([
      ['rgba(0,0,0,0.62)', 3.6, []],
      ['#f00', 2, []],
    ]);
});

it('what is selected has white around its casing', () => {
  expect(strokes({ selected: true, line: 1 }).lines).toEqual([
    ['#fff', 5.6, []],
    ['rgba(0,0,0,0.62)', 2.6, []],
    ['#f00', 1, []],
  ]);
});

it('the line alone is dashed; dots are round, dashes are not', () => {
  const { lines, cap } = strokes({ dash: [6, 4] });
  expect(lines.map(([, , dash]) => dash)).toEqual([[], [6, 4]]);
  expect(cap).toBe('butt');
  expect(strokes({ dash: [1.5, 3.6] }).cap).toBe('round');
  expect(strokes({ dash: [2, 4] }).cap).toBe('butt');
  expect(strokes().cap).toBe('butt');
});
