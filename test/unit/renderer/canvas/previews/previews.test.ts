// What tools show while they are used, in screen pixels: rings, points, handles, boxes and lines.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Annotation } from '../../../../../electron/api/types.ts';
import { drawBrushRing } from '../../../../../renderer/src/canvas/previews/brushRing.ts';
import { drawEdgeBefore } from '../../../../../renderer/src/canvas/previews/edgeBefore.ts';
import { drawGuides } from '../../../../../renderer/src/canvas/previews/guides.ts';
import { drawPolygon } from '../../../../../renderer/src/canvas/previews/polygon.ts';
import { drawHandles, drawMarquee } from '../../../../../renderer/src/canvas/previews/select.ts';
import {
  drawBox,
  drawMaskPreview,
  drawSplitLine,
} from '../../../../../renderer/src/canvas/previews/shapes.ts';
import { drawUnfinished } from '../../../../../renderer/src/canvas/previews/unfinished.ts';
import type { BoxState } from '../../../../../renderer/src/tools/box/rings.ts';
import { DEFAULT_OPTIONS } from '../../../../../renderer/src/tools/armed/table.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';
import { objectOf } from '../../../../helpers/drivers/toolBench.ts';
import { canvasRecorder, RecordedPath } from '../../../../helpers/standIns/canvasRecorder.ts';

beforeAll(() => void vi.stubGlobal('Path2D', RecordedPath));
afterAll(() => void vi.unstubAllGlobals());

/** An image point (x, y) lies at (3 x + 100, 3 y + 50). */
const VIEW = { scale: 3, x: 100, y: 50 };
const COLOR = '#ff0000';

function drawnBy(work: (context: CanvasRenderingContext2D) => void) {
  const recorder = canvasRecorder();
  const before = { ...recorder.settings };
  work(recorder.context);
  const { transform, dash, globalAlpha } = recorder.settings;
  // Whoever draws next finds the context as it was.
  expect({ transform, dash, globalAlpha }).toEqual({
    transform: before.transform,
    dash: before.dash,
    globalAlpha: before.globalAlpha,
  });
  return recorder.drawn;
}
const rounded = (values: readonly number[]) => values.map((value) => Math.round(value * 1e6) / 1e6);

describe('the brush', () => {
  const ring = (
    patch: object,
    erase = false,
    pointer: { x: number; y: number } | null = { x: 10, y: 20 },
  ) =>
    drawnBy((context) =>
      drawBrushRing(
        context,
        { view: VIEW, pointer, options: { ...DEFAULT_OPTIONS, size: 8, ...patch }, color: COLOR },
        erase,
      ),
    );

  it('is a ring of its true size, filled with the class, with a cross of four pixels', () => {
    const drawn = ring({ tip: 'round' });
    expect(
      drawn.map(({ what, at, radius, lineWidth }) => [what, rounded(at), radius, lineWidth]),
    ).toEqual([
      ['fill', [130, 110], 12, 1],
      ['stroke', [130, 110], 12, 3.5],
      [
        'stroke',
        [130, 110, 126, 110, 130, 110, 130, 106, 130, 110, 134, 110, 130, 110, 130, 114],
        null,
        2.625,
      ],
      ['stroke', [130, 110], 12, 1.5],
      [
        'stroke',
        [130, 110, 126, 110, 130, 110, 130, 106, 130, 110, 134, 110, 130, 110, 130, 114],
        null,
        1.125,
      ],
    ]);
    expect(drawn.map(({ color, alpha }) => [color, alpha])).toEqual([
      [COLOR, 0.25],
      ['#000', 1],
      ['#000', 1],
      ['#fff', 1],
      ['#fff', 1],
    ]);
  });

  it('is a square where the tip is one', () => {
    expect(rounded(ring({ tip: 'square' })[0]!.at)).toEqual([118, 98, 142, 98, 142, 122, 118, 122]);
  });

  it('the eraser has no fill, and a minus in place of the cross', () => {
    const drawn = ring({ tip: 'round' }, true);
    expect(drawn.map(({ what }) => what)).toEqual(Array(4).fill('stroke'));
    expect(rounded(drawn[1]!.at)).toEqual([130, 110, 126, 110, 130, 110, 134, 110]);
  });

  it('a tip too small to see gets a larger cross with a gap; three pixels are seen', () => {
    expect(rounded(ring({ size: 1 }, true)[1]!.at)).toEqual([
      126, 110, 118, 110, 134, 110, 142, 110,
    ]);
    expect(rounded(ring({ size: 2 }, true)[1]!.at)).toEqual([
      130, 110, 126, 110, 130, 110, 134, 110,
    ]);
    expect(ring({ size: 0.01 }, true)[0]!.radius).toBe(0.5);
    expect(rounded(ring({ size: 1 })[2]!.at)).toEqual([
      ...[126, 110, 118, 110, 130, 106, 130, 98],
      ...[134, 110, 142, 110, 130, 114, 130, 122],
    ]);
  });

  it('is not drawn where the pointer is not', () => {
    expect(ring({}, false, null)).toEqual([]);
  });
});

describe('a polygon', () => {
  it('being drawn is open to the cursor, its first point larger', () => {
    const state = { kind: 'drawing', points: [0, 0, 20, 0], cursor: { x: 20, y: 10 } } as never;
    const drawn = drawnBy((context) =>
      drawPolygon(context, { view: VIEW, color: COLOR, focus: COLOR }, state),
    );
    const [fill, casing, line] = drawn;
    expect([fill!.what, rounded(fill!.at), fill!.closed, fill!.alpha]).toEqual([
      'fill',
      [100, 50, 160, 50, 160, 80],
      true,
      0.18,
    ]);
    expect([casing!.closed, line!.closed, line!.color]).toEqual([false, false, COLOR]);
    expect(line!.lineWidth).toBeCloseTo(1.8, 9);
    expect(casing!.lineWidth).toBeCloseTo(1.8 + 1.6, 9);
    const squares = drawn.filter(({ what }) => what === 'fillRect');
    expect(squares.map(({ at }) => at)).toEqual([
      [95, 45, 11, 11],
      [156, 46, 8, 8],
    ]);
    expect(
      drawn.filter(({ what }) => what === 'strokeRect').map(({ at, lineWidth }) => [at, lineWidth]),
    ).toEqual([
      [[95.5, 45.5, 10, 10], 2],
      [[156.5, 46.5, 7, 7], 1],
    ]);
  });

  it('shows the border that the next side shares in the colour of the focus, its end round', () => {
    const shared = { id: 'cup', between: [20, 0, 20, 5], px: 25 };
    const state = { kind: 'drawing', points: [0, 0], cursor: { x: 10, y: 5 }, shared } as never;
    const frame = { view: VIEW, color: COLOR, focus: '#123456' };
    const drawn = drawnBy((context) => drawPolygon(context, frame, state));
    const line = drawn.find(({ what, color }) => what === 'stroke' && color === '#123456')!;
    expect(rounded(line.at)).toEqual([100, 50, 160, 50, 160, 65, 130, 65]);
    expect(line.lineWidth).toBeCloseTo(3, 9);
    expect(drawn.some(({ what, radius }) => what === 'fill' && radius !== undefined)).toBe(true);
  });

  it('rings the place where its line crosses itself', () => {
    const ringsOf = (points: number[]) => {
      const state = { kind: 'drawing', points, cursor: { x: 0, y: 10 } } as never;
      const frame = { view: VIEW, color: COLOR, focus: COLOR };
      const drawn = drawnBy((context) => drawPolygon(context, frame, state));
      return drawn.filter(({ radius }) => radius === 10).map(({ at }) => rounded(at));
    };
    expect(ringsOf([0, 0, 4, 4, 4, 0, 0, 4])).toEqual([
      [106, 56],
      [106, 56],
    ]);
    expect(ringsOf([0, 0, 4, 0, 4, 4, 0, 4])).toEqual([]);
  });

  const editing = (patch: object) =>
    ({
      kind: 'editing',
      rings: [[0, 0, 20, 0, 20, 5]],
      hover: null,
      chosen: [],
      drag: null,
      ...patch,
    }) as never;
  const edited = (patch: object) =>
    drawnBy((context) =>
      drawPolygon(context, { view: VIEW, color: COLOR, focus: COLOR }, editing(patch)),
    );

  it('being edited has its points, and ghosts in the middle of edges that are long enough', () => {
    const drawn = edited({});
    expect(drawn[0]).toMatchObject({ what: 'fill', alpha: 0.24, color: COLOR });
    // White around the line: it is selected.
    expect(drawn[1]).toMatchObject({ what: 'stroke', color: '#fff' });
    expect(drawn.filter(({ radius }) => radius === 3).map(({ what, at }) => [what, at])).toEqual([
      ['fill', [130, 50]],
      ['stroke', [130, 50]],
      ['fill', [130, 57.5]],
      ['stroke', [130, 57.5]],
    ]);
    expect(drawn.filter(({ what }) => what === 'fillRect').map(({ at }) => at)).toEqual([
      [96, 46, 8, 8],
      [156, 46, 8, 8],
      [156, 61, 8, 8],
    ]);
  });

  it('an edge of 26 screen pixels has a ghost, a shorter one has none', () => {
    const ghosts = (length: number) =>
      edited({ rings: [[0, 0, length, 0]] }).filter(({ radius }) => radius === 3).length / 2;
    expect([ghosts(26 / 3), ghosts(25.9 / 3)]).toEqual([2, 0]);
  });

  it('the hovered point is larger, the dragged one round, and the ring as it was is dotted', () => {
    const hovered = edited({ hover: { ring: 0, index: 1 } });
    expect(hovered.filter(({ what }) => what === 'fillRect').map(({ at }) => at[2])).toEqual([
      8, 11, 8,
    ]);
    const chosen = edited({ chosen: [{ ring: 0, index: 2 }] });
    expect(
      chosen.filter(({ what }) => what === 'fillRect').map(({ at, color }) => [at[2], color]),
    ).toEqual([
      [8, '#fff'],
      [8, '#fff'],
      [11, COLOR],
    ]);
    const start = [[0, 0, 10, 0, 20, 5]];
    const drag = { ring: 0, index: 1, edge: false, start };
    const dragged = edited({ drag });
    expect(dragged.find(({ what, radius }) => what === 'fill' && radius === 7)).toMatchObject({
      at: [160, 50],
      color: COLOR,
    });
    expect(dragged.filter(({ what }) => what === 'fillRect')).toHaveLength(2);
    const old = dragged.find(({ dash }) => dash.length > 0)!;
    expect([rounded(old.at), rounded(old.dash), old.closed]).toEqual([
      [100, 50, 130, 50, 160, 65],
      [2, 3],
      true,
    ]);
    expect(old.lineWidth).toBeCloseTo(1.2, 9);
    // A dragged edge has no grabbed point.
    const byEdge = edited({ drag: { ...drag, edge: true } });
    expect(byEdge.some(({ radius }) => radius === 7)).toBe(false);
  });
});

describe('the selection', () => {
  const object = (patch: Partial<Annotation> = {}) =>
    objectOf('a', 1, draw('......', '.###..', '.###..', '......'), patch);
  const handles = (selected: readonly Annotation[], state: object = { kind: 'idle' }) =>
    drawnBy((context) =>
      drawHandles(context, { view: VIEW, selected, colorOf: () => COLOR }, state as never),
    );

  it('has a dotted box on whole pixels and eight handles about its corners', () => {
    const drawn = handles([object()]);
    expect(drawn.slice(0, 2).map(({ what, at, dash }) => [what, at, dash])).toEqual([
      ['strokeRect', [103.5, 53.5, 9, 6], []],
      ['strokeRect', [103.5, 53.5, 9, 6], [2, 3]],
    ]);
    const squares = drawn.filter(({ what }) => what === 'fillRect').map(({ at }) => at);
    expect(squares).toHaveLength(8);
    expect(squares[0]).toEqual([99.5, 49.5, 7, 7]);
    expect(squares[4]).toEqual([108.5, 55.5, 7, 7]);
  });

  it('of more than one object, or of a locked one, has boxes without handles; of nothing none', () => {
    const count = (list: readonly Annotation[]) =>
      handles(list).filter(({ what }) => what === 'fillRect').length;
    expect(count([object(), objectOf('b', 1, draw('#'))])).toBe(0);
    expect(count([object({ locked: true })])).toBe(0);
    expect(handles([object(), objectOf('b', 1, draw('#'))])).toHaveLength(4);
    expect(handles([objectOf('b', 1, draw('.'))])).toEqual([]);
  });

  it('being resized shows the box that it would have', () => {
    const state = {
      kind: 'resizing',
      handle: 'se',
      from: { x: 4, y: 3 },
      to: { x: 9, y: 7 },
      box: [1, 1, 3, 2],
    };
    expect(handles([object()], state)[0]!.at).toEqual([103.5, 53.5, 24, 18]);
  });

  it('being moved is drawn where it would be, locked ones stay', () => {
    const state = { kind: 'moving', from: { x: 1.2, y: 1.2 }, to: { x: 3.4, y: 0.3 } };
    const drawn = handles([object(), { ...object(), locked: true }], state);
    expect(drawn.map(({ what, alpha, color }) => [what, alpha, color])).toEqual([
      ['fill', 0.3, COLOR],
      ['stroke', 1, '#fff'],
    ]);
    const xs = drawn[0]!.at.filter((_, i) => i % 2 === 0);
    const ys = drawn[0]!.at.filter((_, i) => i % 2 === 1);
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([109, 118]);
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([50, 56]);
    expect(drawn[1]!.lineWidth).toBeCloseTo(1.5, 9);
  });

  it('a rubber band goes from corner to corner, whichever came first', () => {
    const band = (from: { x: number; y: number }, to: { x: number; y: number }) =>
      drawnBy((context) =>
        drawMarquee(context, { view: VIEW, selected: [], colorOf: () => COLOR }, {
          kind: 'marquee',
          from,
          to,
          add: false,
        } as never),
      ).map(({ what, at, dash }) => [what, at, dash]);
    const expected = [
      ['fillRect', [106, 53, 30, 15], []],
      ['strokeRect', [106.5, 53.5, 30, 15], []],
      ['strokeRect', [106.5, 53.5, 30, 15], [4, 4]],
    ];
    expect(band({ x: 2, y: 1 }, { x: 12, y: 6 })).toEqual(expected);
    expect(band({ x: 12, y: 6 }, { x: 2, y: 1 })).toEqual(expected);
    const none = drawnBy((context) =>
      drawMarquee(context, { view: VIEW, selected: [], colorOf: () => COLOR }, {
        kind: 'idle',
      } as never),
    );
    expect(none).toEqual([]);
  });
});

describe('shapes', () => {
  const frame = { view: VIEW, color: COLOR };

  it('a rectangle lies on whole pixels of the image', () => {
    const drag = { kind: 'drag', from: { x: 9.6, y: 1.4 }, to: { x: 2.2, y: 4.7 } } as const;
    const drawn = drawnBy((context) => drawBox(context, frame, drag, 'rectangle'));
    expect([drawn[0]!.what, drawn[0]!.alpha, rounded(drawn[0]!.at)]).toEqual([
      'fill',
      0.24,
      [106, 53, 130, 53, 130, 65, 106, 65],
    ]);
    expect(drawn.at(-1)).toMatchObject({ what: 'stroke', color: COLOR });
    const none = { kind: 'idle' } as const;
    expect(drawnBy((context) => drawBox(context, frame, none, 'rectangle'))).toEqual([]);
  });

  it('a turned box is a line until its first side stands, then all of it', () => {
    const side = {
      kind: 'turned',
      points: [0, 0],
      cursor: { x: 4, y: 3 },
      held: false,
      setAt: null,
    } as const;
    const drawn = (state: BoxState) =>
      drawnBy((context) => drawBox(context, frame, state, 'turned'))[0]!;
    const at = (state: BoxState) => rounded(drawn(state).at);
    expect(drawn(side).closed).toBe(false);
    expect(at(side)).toEqual([100, 50, 112, 59]);
    const whole = { ...side, points: [0, 0, 4, 3], cursor: { x: 1, y: 7 } };
    expect(at(whole)).toEqual([100, 50, 112, 59, 103, 71, 91, 62]);
    expect(drawn(whole).closed).toBe(true);
  });

  it('a mask that is offered is hatched seven pixels apart, over all of it that can be seen', () => {
    const mask = draw(...Array.from({ length: 20 }, () => '#'.repeat(30)));
    const drawn = drawnBy((context) => drawMaskPreview(context, frame, mask));
    expect(drawn[0]!.what).toBe('clip');
    const hatch = drawn[1]!;
    const lines = Array.from({ length: hatch.at.length / 4 }, (_, i) =>
      hatch.at.slice(4 * i, 4 * i + 4),
    );
    expect(rounded(lines[0]!)).toEqual([100, 50, 40, 110]);
    lines.slice(1).forEach((line, i) => expect(line[0]! - lines[i]![0]!).toBeCloseTo(7, 6));
    // Until the last that meets the mask: 50 image pixels along its sides.
    expect(lines.at(-1)![0]!).toBeGreaterThan(100 + 150 - 7 - 1e-6);
    expect(lines.at(-1)![0]!).toBeLessThan(100 + 150);
    expect([hatch.alpha, rounded([hatch.lineWidth])]).toEqual([0.75, [2.5]]);
    expect(rounded(drawn.at(-1)!.dash)).toEqual([4, 3]);
    expect(drawnBy((context) => drawMaskPreview(context, frame, null))).toEqual([]);
  });

  it('a large mask far out of view is hatched in view only', () => {
    const mask = draw('#'.repeat(3000));
    const far = { scale: 40, x: -60_000, y: -1000 };
    const drawn = drawnBy((context) => drawMaskPreview(context, { view: far, color: COLOR }, mask));
    const xs = drawn[1]!.at.filter((_, i) => i % 4 === 0);
    expect(Math.min(...xs)).toBeGreaterThan(-60_000 + 61_000 - 400 - 8);
    expect(Math.min(...xs)).toBeLessThanOrEqual(-60_000 + 61_000 - 400);
    expect(Math.max(...xs)).toBeLessThan(-60_000 + 69_000);
    expect(Math.max(...xs)).toBeGreaterThan(-60_000 + 69_000 - 8);
  });

  it('a cutting line runs to the cursor, white dashes over a dark one', () => {
    const state = { points: [{ x: 1, y: 2 }], cursor: { x: 4, y: 8 }, pressed: false };
    const drawn = drawnBy((context) => drawSplitLine(context, frame, state));
    expect(drawn.map(({ at, lineWidth, dash }) => [at, lineWidth, dash])).toEqual([
      [[103, 56, 112, 74], 4, []],
      [[103, 56, 112, 74], 2, [7, 4]],
    ]);
    const still = drawnBy((context) => drawSplitLine(context, frame, { ...state, cursor: null }));
    expect(still[0]!.at).toEqual([103, 56]);
    expect(drawnBy((context) => drawSplitLine(context, frame, { ...state, points: [] }))).toEqual(
      [],
    );
  });

  it('work that was left open is a dotted line through smaller points', () => {
    const drawn = drawnBy((context) =>
      drawUnfinished(context, VIEW, { color: COLOR, points: [0, 0, 10, 0, 10, 5] }),
    );
    expect(
      drawn.slice(0, 2).map(({ at, lineWidth, dash, color }) => [at, lineWidth, dash, color]),
    ).toEqual([
      [[100, 50, 130, 50, 130, 65], 4, [], 'rgba(0,0,0,0.62)'],
      [[100, 50, 130, 50, 130, 65], 1.6, [2, 4], COLOR],
    ]);
    expect(drawn.filter(({ what }) => what === 'fillRect').map(({ at }) => at)).toEqual([
      [97, 47, 6, 6],
      [127, 47, 6, 6],
      [127, 62, 6, 6],
    ]);
    expect(drawn.filter(({ what }) => what === 'strokeRect').map(({ at }) => at)).toEqual([
      [97.5, 47.5, 5, 5],
      [127.5, 47.5, 5, 5],
      [127.5, 62.5, 5, 5],
    ]);
  });
});

describe('the cross hair', () => {
  const guides = (tool: 'box' | 'brush', pointer: { x: number; y: number } | null) =>
    drawnBy((context) =>
      drawGuides(context, {
        view: VIEW,
        stage: { width: 400, height: 300 },
        pointer,
        tool: { tool },
      }),
    );

  it('goes through the view on both axes, and leaves the pointer free', () => {
    const drawn = guides('box', { x: 10, y: 20 });
    expect(drawn.map(({ what }) => what)).toEqual(['stroke', 'stroke']);
    expect(drawn[0]!.at).toEqual([
      0, 110.5, 120.5, 110.5, 140.5, 110.5, 400, 110.5, 130.5, 0, 130.5, 100.5, 130.5, 120.5, 130.5,
      300,
    ]);
  });

  it('is for tools that place corners, while the pointer is here', () => {
    expect(guides('brush', { x: 10, y: 20 })).toEqual([]);
    expect(guides('box', null)).toEqual([]);
  });
});

it('the edge before is dotted, as wide and as far apart at any zoom, over a dark casing', () => {
  for (const scale of [1, 4]) {
    const drawn = drawnBy((context) =>
      drawEdgeBefore(context, { ...VIEW, scale }, { before: [draw('##', '##')], points: [] }),
    );
    expect(drawn.map(({ what, color }) => [what, color])).toEqual([
      ['stroke', 'rgba(0,0,0,0.62)'],
      ['stroke', '#fff'],
    ]);
    expect(rounded(drawn.map(({ lineWidth }) => lineWidth))).toEqual([3.6, 1.8]);
    for (const { dash } of drawn) expect(rounded(dash)).toEqual([0.1, 4.5]);
  }
});
