// The tools by name, with what their options are at first.
import { boxTool } from '../box/box.ts';
import type { BoxState } from '../box/rings.ts';
import { brushTool, eraserTool, type BrushState } from '../brush.ts';
import { fillTool, type FillState } from '../fill.ts';
import { mergeTool, type MergeState } from '../merge.ts';
import { polygonTool } from '../polygon/polygon.ts';
import type { PolygonState } from '../polygon/state.ts';
import { selectTool, type SelectState } from '../select.ts';
import { splitTool, type SplitState } from '../split.ts';
import { segmentTool } from '../segment/segment.ts';
import type { SegmentState } from '../segment/state.ts';
import type { Tool, ToolId, ToolOptions } from '../types.ts';
import { wandTool, type WandState } from '../wand.ts';

/** State of the armed tool, tagged by its name. */
export type ToolState =
  | { readonly tool: 'select'; readonly state: SelectState }
  | { readonly tool: 'pan'; readonly state: null }
  | { readonly tool: 'segment'; readonly state: SegmentState }
  | { readonly tool: 'brush' | 'eraser'; readonly state: BrushState }
  | { readonly tool: 'polygon'; readonly state: PolygonState }
  | { readonly tool: 'box'; readonly state: BoxState }
  | { readonly tool: 'wand'; readonly state: WandState }
  | { readonly tool: 'fill'; readonly state: FillState }
  | { readonly tool: 'split'; readonly state: SplitState }
  | { readonly tool: 'merge'; readonly state: MergeState };

const panTool: Tool<null> = { initial: null, busy: () => false, reduce: (state) => ({ state }) };

export const TOOLS: { readonly [id in ToolId]: Tool<unknown> } = {
  select: selectTool,
  pan: panTool,
  segment: segmentTool,
  brush: brushTool,
  eraser: eraserTool,
  polygon: polygonTool,
  box: boxTool,
  wand: wandTool,
  fill: fillTool,
  split: splitTool,
  merge: mergeTool,
};

export const DEFAULT_OPTIONS: ToolOptions = {
  size: 24,
  tip: 'round',
  protect: true,
  polygonMode: 'new',
  polygonEdges: false,
  polygonBorders: false,
  wireSalience: 0.5,
  detail: 2,
  tolerance: 24,
  contiguous: true,
  sample: 3,
  speck: 30,
  boxShape: 'rectangle',
  shapeMode: 'new',
  onePart: false,
  specks: true,
};
export const MOST_SIZE = 1000;

/** Tools that can leave something open. */
export const CAN_PARK: ReadonlySet<ToolId> = new Set([
  'polygon',
  'box',
  'split',
  'wand',
  'segment',
]);
