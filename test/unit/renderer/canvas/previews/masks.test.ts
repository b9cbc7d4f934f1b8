// Masks drawn over the idle picture: what is under the hand, and what cleaning would change.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LiveLook, ObjectLook } from '../../../../../renderer/src/canvas/look.ts';
import {
  DIFFERENCE_COLORS,
  drawDifference,
} from '../../../../../renderer/src/canvas/previews/difference.ts';
import { drawLive } from '../../../../../renderer/src/canvas/previews/live.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';
import { objectOf } from '../../../../helpers/drivers/toolBench.ts';
import { canvasRecorder, RecordedPath } from '../../../../helpers/standIns/canvasRecorder.ts';

beforeAll(() => void vi.stubGlobal('Path2D', RecordedPath));
afterAll(() => void vi.unstubAllGlobals());

const mask = draw('......', '.###..', '.###..', '......');
const view = { scale: 2, x: 10, y: 5 };
const lookOf = (patch: Partial<ObjectLook> = {}): ObjectLook => ({
  key: 'a',
  annotation: objectOf('a', 1, mask),
  color: '#ff0000',
  fill: 0.34,
  line: 2,
  dash: [],
  selected: false,
  hatch: 0,
  ...patch,
});

describe('a mask under the hand', () => {
  const drawn = (filled: readonly LiveLook[], outlined: readonly LiveLook[] = []) => {
    const recorder = canvasRecorder();
    const stage = { width: 60, height: 40 };
    drawLive(recorder.context, { view, stage, filled, outlined, opacity: 0.34 } as never);
    return recorder.drawn;
  };

  it('that does not lie in the idle picture has its fill and its hatch', () => {
    const all = drawn([{ look: lookOf({ fill: 0.46, hatch: 3 }), idle: null }]);
    expect(all.map(({ what }) => what)).toEqual(['fill', 'clip', 'stroke']);
    expect(all[0]!.alpha).toBeCloseTo(0.46, 12);
  });

  it('that does gets what its fill lacks there, without another hatch', () => {
    const idle = lookOf({ fill: 0.2, hatch: 3 });
    const all = drawn([{ look: lookOf({ fill: 0.46, hatch: 3 }), idle }]);
    expect(all.map(({ what }) => what)).toEqual(['fill']);
    // Over 0.2 so much gives 0.46.
    const { alpha } = all[0]!;
    expect(alpha).toBeCloseTo(0.26 / 0.8, 12);
    expect(0.2 + 0.8 * alpha).toBeCloseTo(0.46, 12);
  });

  it('whose fill is there already, or more of it, gets none', () => {
    const idle = lookOf({ fill: 0.34 });
    expect(drawn([{ look: lookOf({ fill: 0.34 }), idle }])).toEqual([]);
    expect(drawn([{ look: lookOf({ fill: 0.28 }), idle }])).toEqual([]);
  });

  it('has its contour over all fills', () => {
    const live = { look: lookOf({ selected: true }), idle: null };
    expect(drawn([live], [live]).map(({ what }) => what)).toEqual([
      ...['fill', 'stroke', 'stroke', 'stroke'],
    ]);
  });
});

it('cleaning shows what goes and what comes in two colours, and the edge that there would be', () => {
  const before = draw('......', '.###..', '.###..', '.....#');
  const after = draw('......', '.####.', '.####.', '......');
  const all = () => {
    const recorder = canvasRecorder();
    drawDifference(recorder.context, view, { before, after });
    expect(recorder.settings).toMatchObject({
      globalAlpha: 1,
      transform: { x: 0, y: 0, scale: 1 },
    });
    return recorder.drawn;
  };
  const [added, removed, ...edges] = all();
  const box = (at: readonly number[]) => [
    Math.min(...at.filter((_, i) => i % 2 === 0)),
    Math.min(...at.filter((_, i) => i % 2 === 1)),
    Math.max(...at.filter((_, i) => i % 2 === 0)),
    Math.max(...at.filter((_, i) => i % 2 === 1)),
  ];
  expect([added!.color, removed!.color]).toEqual(Object.values(DIFFERENCE_COLORS));
  expect(box(added!.at)).toEqual([18, 7, 20, 11]);
  expect(box(removed!.at)).toEqual([20, 11, 22, 13]);
  expect(edges.map(({ lineWidth, color }) => [lineWidth, color])).toEqual([
    [3, 'rgba(0,0,0,0.6)'],
    [1.5, '#fff'],
  ]);
  expect(box(edges[0]!.at)).toEqual([12, 7, 20, 11]);
  expect(all()).toEqual([added, removed, ...edges]);
});
