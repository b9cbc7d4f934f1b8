// Clicks, their box, and the masks that they mean, in screen pixels.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  drawClicks,
  drawPoints,
  type ClicksModel,
} from '../../../../../renderer/src/canvas/previews/segment.ts';
import {
  NO_CLICKS,
  type ClickStep,
  type SegmentPress,
  type SegmentState,
} from '../../../../../renderer/src/tools/segment/state.ts';
import type { ImagePoint } from '../../../../../renderer/src/geometry/viewport.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';
import { canvasRecorder, RecordedPath } from '../../../../helpers/standIns/canvasRecorder.ts';

beforeAll(() => void vi.stubGlobal('Path2D', RecordedPath));
afterAll(() => void vi.unstubAllGlobals());

/** An image point (x, y) lies at (3 x + 100, 3 y + 50). */
const VIEW = { scale: 3, x: 100, y: 50 };
const FRAME = { view: VIEW, stage: { width: 400, height: 300 }, color: '#ff0000' };
const [GREEN, RED, CASING] = ['#1d7a45', '#b9271d', 'rgba(0,0,0,0.62)'];

const nothing: ClicksModel = {
  mask: null,
  waits: false,
  cuts: false,
  preview: null,
  window: null,
  crop: null,
};
function drawnBy(work: (context: CanvasRenderingContext2D) => void) {
  const recorder = canvasRecorder();
  work(recorder.context);
  expect(recorder.settings).toMatchObject({ dash: [], transform: { x: 0, y: 0, scale: 1 } });
  return recorder.drawn;
}
const clicks = (state: Partial<SegmentState>, model: Partial<ClicksModel> = {}) =>
  drawnBy((context) =>
    drawClicks(context, FRAME, { ...NO_CLICKS, ...state }, { ...nothing, ...model }),
  );
const click = (x: number, y: number, adds = true): ClickStep => ({ kind: 'click', x, y, adds });
const point = (x: number, y: number) => ({ x, y }) as ImagePoint;
const press = (patch: Partial<SegmentPress>): SegmentPress => ({
  from: point(2, 4),
  at: point(12, 9),
  adds: true,
  shift: false,
  grabbed: null,
  dragged: true,
  ...patch,
});
const rounded = (values: readonly number[]) => values.map((value) => Math.round(value * 1e6) / 1e6);

it('a click is a disc of its sign: a cross that adds, a bar that takes away', () => {
  const [ring, edge, disc, sign, ...more] = clicks({ steps: [click(10, 20)] });
  expect(more).toEqual([]);
  expect([ring, edge, disc].map((one) => [one!.what, one!.at, one!.radius, one!.color])).toEqual([
    ['stroke', [130, 110], 8.8, CASING],
    ['stroke', [130, 110], 8.8, '#fff'],
    ['fill', [130, 110], 8, GREEN],
  ]);
  expect([ring!.lineWidth, edge!.lineWidth, sign!.lineWidth]).toEqual([4.6, 1.6, 2]);
  expect(sign!.at).toEqual([126, 110, 134, 110, 130, 106, 130, 114]);
  const takes = clicks({ steps: [click(10, 20, false)] });
  expect(takes[2]!.color).toBe(RED);
  expect(takes[3]!.at).toEqual([126, 110, 134, 110]);
});

it('while the mask waits, a click is a dashed ring without its disc', () => {
  const drawn = clicks({ steps: [click(10, 20)] }, { waits: true });
  expect(drawn.map(({ what, dash }) => [what, dash])).toEqual([
    ['stroke', []],
    ['stroke', [3, 3]],
    ['stroke', []],
  ]);
  const shown = drawnBy((context) => drawPoints(context, VIEW, [{ x: 10, y: 20, adds: true }]));
  expect(shown.map(({ what }) => what)).toEqual(['stroke', 'stroke', 'fill', 'stroke']);
});

it('a box has a cased line, dashed while it waits, and four corners', () => {
  const drawn = clicks({ steps: [{ kind: 'box', box: [2, 4, 10, 5] }] });
  expect(
    drawn.slice(0, 2).map(({ what, at, lineWidth, dash }) => [what, at, lineWidth, dash]),
  ).toEqual([
    ['strokeRect', [106, 62, 30, 15], 3.4, []],
    ['strokeRect', [106, 62, 30, 15], 1.6, []],
  ]);
  expect(drawn.slice(2).map(({ at, color }) => [at, color])).toEqual(
    [
      [106, 62],
      [136, 62],
      [136, 77],
      [106, 77],
    ].flatMap(([x, y]) => [
      [[x! - 5, y! - 5, 10, 10], CASING],
      [[x! - 4, y! - 4, 8, 8], '#fff'],
    ]),
  );
  const waiting = clicks({ steps: [{ kind: 'box', box: [2, 4, 10, 5] }] }, { waits: true });
  expect(waiting[0]!.dash).toEqual([5, 4]);
});

it('a box being drawn takes the place of the one before, and a hand that trembles draws none', () => {
  const steps: ClickStep[] = [{ kind: 'box', box: [0, 0, 50, 50] }, click(1, 1)];
  const boxes = (given: SegmentPress) =>
    clicks({ steps, press: given }).flatMap(({ what, at }) => (what === 'strokeRect' ? [at] : []));
  expect(boxes(press({}))).toEqual([
    [106, 62, 30, 15],
    [106, 62, 30, 15],
  ]);
  expect(boxes(press({ dragged: false }))[0]).toEqual([100, 50, 150, 150]);
  // The clicks stay where they are.
  const discs = clicks({ steps, press: press({}) }).filter(({ radius }) => radius === 8);
  expect(discs.map(({ at }) => at)).toEqual([[103, 53]]);
});

it('a click that is dragged is drawn at the pointer, the others where they are', () => {
  const steps = [click(1, 1), click(30, 40, false)];
  const discs = (given: SegmentPress) =>
    clicks({ steps, press: given })
      .filter(({ radius }) => radius === 8)
      .map(({ at, color }) => [at, color]);
  const grabbed = { step: 1, corner: null };
  expect(discs(press({ grabbed }))).toEqual([
    [[103, 53], GREEN],
    [[136, 77], RED],
  ]);
  expect(discs(press({ grabbed, dragged: false }))[1]).toEqual([[190, 170], RED]);
});

it('a box that is dragged by a corner keeps the opposite one', () => {
  const steps: ClickStep[] = [{ kind: 'box', box: [20, 30, 10, 5] }];
  const box = (corner: 0 | 1 | 2 | 3, at: ImagePoint) =>
    clicks({ steps, press: press({ at, grabbed: { step: 0, corner } }) })[0]!.at;
  expect(box(0, point(10, 10))).toEqual([130, 80, 60, 75]);
  expect(box(1, point(40, 10))).toEqual([160, 80, 60, 75]);
  expect(box(2, point(40, 50))).toEqual([160, 140, 60, 60]);
  expect(box(3, point(10, 50))).toEqual([130, 140, 60, 60]);
  // Nothing would be left of it.
  expect(box(0, point(30, 35))).toEqual([160, 140, 30, 15]);
});

it('the mask is filled and cased in its colour, and hatched where it would be cut out', () => {
  const mask = draw('......', '.###..', '.###..');
  const pending = clicks({}, { mask });
  expect(pending.map(({ what, alpha, color }) => [what, alpha, color])).toEqual([
    ['fill', 0.36, '#ff0000'],
    ['stroke', 1, CASING],
    ['stroke', 1, '#fff'],
    ['stroke', 1, '#ff0000'],
  ]);
  expect(rounded(pending.slice(1).map(({ lineWidth }) => lineWidth))).toEqual([5.4, 4, 2]);
  const cut = clicks({}, { mask, cuts: true });
  expect(cut[0]!.what).toBe('clip');
});

it('what a click here would mean is fainter, with a dashed line', () => {
  const preview = draw('......', '.###..', '.###..');
  const drawn = clicks({}, { preview });
  expect(drawn[0]).toMatchObject({ what: 'fill', alpha: 0.3, color: '#ff0000' });
  expect(rounded(drawn.at(-1)!.dash)).toEqual([3, 3]);
  expect(drawn.at(-1)!.lineWidth).toBeCloseTo(2, 9);
});

it('the sides of the crop are white, those of the search for edges orange', () => {
  const drawn = clicks({}, { crop: [2, 4, 10, 5], window: [0, 1, 20, 30] });
  expect(drawn.map(({ what, at, color, lineWidth }) => [what, at, color, lineWidth])).toEqual([
    ['strokeRect', [106, 62, 30, 15], CASING, 3],
    ['strokeRect', [106, 62, 30, 15], '#fff', 1.4],
    ['strokeRect', [100, 53, 60, 90], CASING, 3],
    ['strokeRect', [100, 53, 60, 90], '#e8792b', 1.4],
  ]);
  expect(drawn.every(({ dash }) => dash.join() === '3,3')).toBe(true);
});
