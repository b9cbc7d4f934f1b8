// Stores the unfinished work of a tool in the project, and restores it.
import type {
  AnnotationId,
  Category,
  ImageId,
  ParkedWork,
} from '../../../../electron/api/types.ts';
import type { BoxState } from '../box/rings.ts';
import { polygonTool } from '../polygon/polygon.ts';
import type { PolygonState } from '../polygon/state.ts';
import { splitTool, type SplitState } from '../split.ts';
import type { Tool, ToolId, ToolOptions } from '../types.ts';
import { clicksOf, boxOf, NO_CLICKS, type ClickStep, type SegmentState } from '../segment/state.ts';
import { segmentTool } from '../segment/segment.ts';
import { nothingUnderWay, type Step, type UnderWay } from './underWay.ts';
import { wandTool, type WandState } from '../wand.ts';

/** State of a tool that can leave something open. */
export type Leaving =
  | { readonly tool: 'polygon'; readonly state: PolygonState }
  | { readonly tool: 'box'; readonly state: BoxState }
  | { readonly tool: 'split'; readonly state: SplitState }
  | { readonly tool: 'wand'; readonly state: WandState }
  | { readonly tool: 'segment'; readonly state: SegmentState };

/** Null when there is nothing to keep. */
export function workOf({ tool, state }: Leaving, options: ToolOptions): ParkedWork | null {
  if (tool === 'split')
    return state.points.length === 0
      ? null
      : { kind: 'line', points: state.points.flatMap(({ x, y }) => [x, y]) };
  if (tool === 'segment') return clicksWork(state, options);
  if (tool === 'box')
    return state.kind === 'turned'
      ? { kind: 'polygon', use: options.shapeMode, points: state.points }
      : null;
  if (tool === 'wand') {
    if (!state.asked) return null;
    const { x, y, tolerance, contiguous, sample, shapeMode } = state.asked;
    return { kind: 'seed', use: shapeMode, x, y, tolerance, contiguous, sample };
  }
  if (state.kind === 'drawing')
    return { kind: 'polygon', use: options.shapeMode, points: state.points };
  if (state.kind === 'idle' || state.rings === state.before) return null;
  return { kind: 'outline', before: state.before, rings: state.rings };
}

/** The part of a state that `workOf` stores; a new object whenever it changes. */
export function openPart({ tool, state }: Leaving): unknown {
  if (tool === 'split') return state.points;
  if (tool === 'wand') return state.asked;
  if (tool === 'segment') return state.steps.length > 0 ? state.steps : null;
  if (tool === 'box') return state.kind === 'turned' ? state.points : null;
  return state.kind === 'drawing' ? state.points : state.kind === 'editing' ? state.rings : null;
}

export interface Resumed {
  readonly tool: ToolId;
  readonly way: UnderWay<unknown>;
  readonly options: Partial<ToolOptions>;
}

/** Restores unfinished work, with a step for every point; null for work that cannot be continued by hand. */
export function resume(
  work: ParkedWork,
  imageId: ImageId,
  category: Category | null,
  targets: readonly AnnotationId[],
): Resumed | null {
  const pinned = { category, targets };
  if (work.kind === 'polygon') {
    const { points, use } = work;
    const states = prefixes(points, 2).map((kept): PolygonState => {
      const [x, y] = kept.slice(-2) as [number, number];
      return { kind: 'drawing', points: kept, cursor: { x, y } };
    });
    const way = walked(polygonTool, states);
    return {
      tool: 'polygon',
      way: { ...way, imageId, pinned },
      options: { polygonMode: 'new', shapeMode: use },
    };
  }
  if (work.kind === 'line') {
    const states = prefixes(work.points, 2).map((kept): SplitState => {
      const points = Array.from({ length: kept.length / 2 }, (_, i) => ({
        x: kept[2 * i]!,
        y: kept[2 * i + 1]!,
      }));
      return { points, cursor: points.at(-1) ?? null, pressed: false };
    });
    return { tool: 'split', way: { ...walked(splitTool, states), imageId, pinned }, options: {} };
  }
  if (work.kind === 'seed') {
    const { x, y, tolerance, contiguous, sample = 1, use } = work;
    const asked = { imageId, x, y, tolerance, contiguous, sample, shapeMode: use };
    const way = walked(wandTool, [{ press: null, asked }]);
    return { tool: 'wand', way: { ...way, imageId, pinned }, options: { shapeMode: use } };
  }
  if (work.kind === 'clicks') {
    const way = walked(segmentTool, clickStates(work));
    return { tool: 'segment', way: { ...way, imageId, pinned }, options: { shapeMode: work.use } };
  }
  return null;
}

function clicksWork(
  { steps, crop, base }: SegmentState,
  { shapeMode }: ToolOptions,
): ParkedWork | null {
  if (steps.length === 0) return null;
  const clicks = clicksOf(steps).flatMap(({ x, y, adds }) => [x, y, adds ? 1 : 0]);
  const box = boxOf(steps);
  return { kind: 'clicks', use: shapeMode, clicks, box, crop, base };
}

/** The tool after each of the clicks; the box comes first, since its place among them is not stored. */
function clickStates(work: ParkedWork & { readonly kind: 'clicks' }): SegmentState[] {
  const { clicks, box, crop, base } = work;
  const steps: ClickStep[] = box ? [{ kind: 'box', box }] : [];
  for (let at = 0; at + 2 < clicks.length; at += 3)
    steps.push({ kind: 'click', x: clicks[at]!, y: clicks[at + 1]!, adds: clicks[at + 2] === 1 });
  return steps.map((_, at) => ({ ...NO_CLICKS, crop, base, steps: steps.slice(0, at + 1) }));
}

/** Points that stand for unfinished work on the canvas, in image pixels. */
export function pointsOf(work: ParkedWork): readonly number[] {
  if (work.kind === 'polygon' || work.kind === 'line') return work.points;
  if (work.kind === 'clicks') return clickPlaces(work);
  return work.kind === 'seed' ? [work.x + 0.5, work.y + 0.5] : [];
}

function clickPlaces({ clicks, box }: ParkedWork & { readonly kind: 'clicks' }): number[] {
  const places = clicks.filter((_, at) => at % 3 < 2);
  return box ? [box[0], box[1], box[0] + box[2], box[1] + box[3], ...places] : places;
}

/** The tool as if it had come through these states one after the other. */
function walked<State>(tool: Tool<State>, states: readonly State[]): UnderWay<State> {
  const start = nothingUnderWay(tool);
  const past = states.map((state, i): Step<State> => {
    const before = states[i - 1] ?? start.state;
    return { word: tool.step?.(before, state) ?? { kind: 'press' }, state: before };
  });
  const state = states.at(-1) ?? start.state;
  return { ...start, state, settled: state, past };
}

/** The first `by`, the first two times `by`, ... values. */
function prefixes(values: readonly number[], by: number): (readonly number[])[] {
  return Array.from({ length: Math.floor(values.length / by) }, (_, i) =>
    values.slice(0, (i + 1) * by),
  );
}
