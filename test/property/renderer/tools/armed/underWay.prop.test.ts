// Steps of what is under way: whatever was drawn, undoing all of it gives the start and redoing all the end.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotationId, ImageId } from '../../../../../electron/api/types.ts';
import { imagePoint } from '../../../../../renderer/src/geometry/viewport.ts';
import { DEFAULT_OPTIONS } from '../../../../../renderer/src/tools/armed/table.ts';
import { resume, workOf } from '../../../../../renderer/src/tools/armed/parking.ts';
import { startEditing } from '../../../../../renderer/src/tools/polygon/outline.ts';
import { polygonTool } from '../../../../../renderer/src/tools/polygon/polygon.ts';
import { splitTool } from '../../../../../renderer/src/tools/split.ts';
import type { Tool, ToolContext, ToolEventKind } from '../../../../../renderer/src/tools/types.ts';
import {
  advance,
  back,
  forward,
  nothingUnderWay,
  type UnderWay,
} from '../../../../../renderer/src/tools/armed/underWay.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';
import { categoryNamed, objectOf } from '../../../../helpers/drivers/toolBench.ts';

const SIDE = 12;
const object = objectOf(
  'a',
  1,
  draw(
    '............',
    '.########...',
    '.########...',
    '.########...',
    '.########...',
    '.########...',
    '............',
    '............',
    '............',
    '............',
    '............',
    '............',
  ),
);
const context: ToolContext = {
  imageId: 1 as ImageId,
  image: { width: SIDE, height: SIDE },
  // Points a pixel apart are far apart on the screen, so that each of them can be hit.
  scale: 40,
  objects: [object],
  selected: [object],
  objectById: (id) => (id === object.id ? object : null),
  category: categoryNamed(1, 'cup'),
  nameOf: () => 'cup',
  options: DEFAULT_OPTIONS,
  newId: () => 'new' as AnnotationId,
  pixels: () => null,
  edges: () => null,
  shown: [0, 0, 1, 1],
  clickMask: () => null,
};

interface Act {
  readonly kind: ToolEventKind;
  readonly x: number;
  readonly y: number;
  readonly alt: boolean;
}
const at = fc.integer({ min: 0, max: SIDE * 2 }).map((half) => half / 2);
const act = (...kinds: ToolEventKind[]): fc.Arbitrary<Act> =>
  fc.record({ kind: fc.constantFrom(...kinds), x: at, y: at, alt: fc.boolean() });

/** Presses where the outline has its corners, the middles of its edges, and a place between. */
const grab = fc
  .constantFrom([1, 1], [9, 1], [9, 6], [1, 6], [5, 1], [9, 3.5], [5, 6], [1, 3.5], [3, 1])
  .map(([x, y]): Act => ({ kind: 'down', x: x!, y: y!, alt: false }))
  .chain((press) => fc.boolean().map((alt): Act => ({ ...press, alt })));

function play<State>(tool: Tool<State>, way: UnderWay<State>, acts: readonly Act[]) {
  for (const { kind, x, y, alt } of acts) {
    const event = { kind, point: imagePoint(x, y), shift: false, alt, ctrl: false };
    const next = advance(tool, way, event, context);
    // A finished shape is a saved step: what follows would be another shape.
    if (next.result.transaction || !tool.busy(next.way.state)) return way;
    way = next.way;
  }
  return way;
}
/** Lets go of what is held, so that undo starts at a whole step. */
function letGo<State>(tool: Tool<State>, way: UnderWay<State>): UnderWay<State> {
  const point = tool.pressed?.(way.state);
  if (!point) return way;
  const event = { kind: 'up' as const, point, shift: false, alt: false, ctrl: false };
  return advance(tool, way, event, context).way;
}
function walk<State>(
  turn: (tool: Tool<State>, way: UnderWay<State>) => UnderWay<State> | null,
  tool: Tool<State>,
  way: UnderWay<State>,
): { way: UnderWay<State>; steps: number } {
  let steps = 0;
  for (let next = turn(tool, way); next; next = turn(tool, way), steps += 1) way = next;
  return { way, steps };
}
/** What of a state is the work itself: neither the pointer nor what it hovers. */
function essence(state: unknown): unknown {
  const { cursor: _cursor, hover: _hover, snap: _snap, ...rest } = state as Record<string, unknown>;
  return rest;
}
function thereAndBack<State>(tool: Tool<State>, start: UnderWay<State>, acts: readonly Act[]) {
  const end = letGo(tool, play(tool, start, acts));
  if (!tool.busy(end.state)) return;
  const undone = walk(back, tool, end);
  expect(undone.steps).toBe(end.past.length);
  expect(essence(undone.way.state)).toEqual(essence(start.state));
  const redone = walk(forward, tool, undone.way);
  expect(redone.steps).toBe(undone.steps);
  expect(essence(redone.way.state)).toEqual(essence(end.settled));
}

describe('steps of what is under way', () => {
  it('of a polygon lead to nothing and back to the last point', () => {
    fc.assert(
      fc.property(
        fc.array(act('down', 'hover', 'move', 'up', 'confirm'), { maxLength: 40 }),
        (acts) => thereAndBack(polygonTool, nothingUnderWay(polygonTool), acts),
      ),
      { numRuns: 500 },
    );
  });

  it('of moved, added and deleted corners lead to the outline as it was and back', () => {
    const state = startEditing(object.id, object.mask, 1);
    const start: UnderWay<typeof polygonTool.initial> = {
      ...nothingUnderWay(polygonTool),
      imageId: context.imageId,
      state,
      settled: state,
    };
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.oneof(grab, act('move', 'up', 'hover', 'back'))), (acts) => {
        for (const { word } of play(polygonTool, start, acts).past) seen.add(word.kind);
        thereAndBack(polygonTool, start, acts);
      }),
      { numRuns: 500 },
    );
    expect([...seen].sort()).toEqual(['addPoint', 'deletePoint', 'movePoint']);
  });

  it('of a line that splits lead to nothing and back', () => {
    fc.assert(
      fc.property(fc.array(act('down', 'hover', 'up'), { maxLength: 40 }), (acts) =>
        thereAndBack(splitTool, nothingUnderWay(splitTool), acts),
      ),
      { numRuns: 300 },
    );
  });

  it('come back with a parked shape, one for each point', () => {
    fc.assert(
      fc.property(fc.array(act('down'), { minLength: 1, maxLength: 20 }), (presses) => {
        // With Alt one press sets several points, which come back one by one.
        const acts = presses.map((press) => ({ ...press, alt: false }));
        const way = play(polygonTool, nothingUnderWay(polygonTool), acts);
        const work = workOf({ tool: 'polygon', state: way.settled }, DEFAULT_OPTIONS);
        fc.pre(work !== null && work.kind === 'polygon');
        const kept = JSON.parse(JSON.stringify(work)) as NonNullable<typeof work>;
        const again = resume(kept, context.imageId, context.category, [])!;
        expect(essence(again.way.state)).toEqual(essence(way.state));
        const mine = again.way as typeof way;
        expect(mine.past.map(({ word }) => word)).toEqual(way.past.map(({ word }) => word));
        expect(essence(walk(back, polygonTool, mine).way.state)).toEqual({ kind: 'idle' });
      }),
    );
  });
});
