// Where groups and tiles of the review grid stand, so that only what is in view is drawn.
import type { ReviewGroup } from '../reviewGroups.ts';

/** Widths that a person may choose for tiles, in CSS pixels. */
export const LEAST_WIDTH = 120;
export const INITIAL_WIDTH = 200;
export const MOST_WIDTH = 320;

export interface GridMeasure {
  readonly columns: number;
  /** CSS pixels of one row of tiles with its gap, and of a group's head. */
  readonly rowHeight: number;
  readonly headHeight: number;
}

export interface Block {
  readonly group: ReviewGroup;
  readonly top: number;
  readonly rows: number;
}

export interface GridLayout extends GridMeasure {
  readonly blocks: readonly Block[];
  readonly height: number;
}

export function layoutOf(groups: readonly ReviewGroup[], measure: GridMeasure): GridLayout {
  let top = 0;
  const blocks = groups.map((group) => {
    const block = { group, top, rows: Math.ceil(group.count / measure.columns) };
    top += measure.headHeight + block.rows * measure.rowHeight;
    return block;
  });
  return { ...measure, blocks, height: top };
}

/** Rows of tiles between two heights, at most one screen more on each side. */
export function rowsInView(
  layout: GridLayout,
  from: number,
  to: number,
): readonly { readonly block: Block; readonly row: number; readonly top: number }[] {
  const { rowHeight, headHeight } = layout;
  return layout.blocks.flatMap((block) => {
    const start = block.top + headHeight;
    const first = Math.max(0, Math.floor((from - start) / rowHeight));
    const last = Math.min(block.rows, Math.ceil((to - start) / rowHeight));
    return Array.from({ length: Math.max(0, last - first) }, (_, i) => ({
      block,
      row: first + i,
      top: start + (first + i) * rowHeight,
    }));
  });
}

/** The tile above (-1) or below (1) `index`; it keeps its column where the row is long enough. */
export function verticalNeighbour(layout: GridLayout, index: number, by: 1 | -1): number {
  const at = blockAt(layout, index);
  const block = layout.blocks[at];
  if (!block) return index;
  const { group } = block;
  const inside = index - group.first;
  const column = inside % layout.columns;
  const row = Math.floor(inside / layout.columns) + by;
  if (row >= 0 && row < block.rows)
    return group.first + Math.min(row * layout.columns + column, group.count - 1);
  const next = layout.blocks[at + by];
  if (!next) return index;
  const targetRow = by === 1 ? 0 : next.rows - 1;
  return next.group.first + Math.min(targetRow * layout.columns + column, next.group.count - 1);
}

/** Top and bottom of a tile's row. */
export function rowOf(layout: GridLayout, index: number): { top: number; bottom: number } {
  const block = layout.blocks[blockAt(layout, index)];
  if (!block) return { top: 0, bottom: 0 };
  const row = Math.floor((index - block.group.first) / layout.columns);
  const top = block.top + layout.headHeight + row * layout.rowHeight;
  return { top, bottom: top + layout.rowHeight };
}

/** Which tile of its row. */
export function columnOf(layout: GridLayout, index: number): number {
  return (index - (layout.blocks[blockAt(layout, index)]?.group.first ?? 0)) % layout.columns;
}

/** Place of the block that has a tile; -1 = none has. */
const blockAt = ({ blocks }: GridLayout, index: number): number =>
  blocks.findIndex(({ group }) => index >= group.first && index < group.first + group.count);

/** Least distance to the border of the list, and to the tile. */
const EDGE = 4;
const CARD_GAP = 6;

interface Room {
  /** Of the tile, its caption included, and of what is in view of the list. */
  readonly tile: { readonly left: number; readonly top: number; readonly bottom: number };
  readonly view: { readonly top: number; readonly bottom: number };
  readonly width: number;
  readonly card: { readonly width: number; readonly height: number };
}

/** Below the caption, else above the tile: never over what it explains, nor out of the list. */
export function placeCard({ tile, view, width, card }: Room): { left: number; top: number } {
  const below = tile.bottom + CARD_GAP;
  const fits = below + card.height + EDGE <= view.bottom;
  const above = tile.top - CARD_GAP - card.height;
  return {
    left: Math.max(0, Math.min(tile.left, width - card.width)),
    top: fits || above < view.top + EDGE ? below : above,
  };
}
