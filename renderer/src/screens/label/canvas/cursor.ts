// Which cursor the canvas shows: what a press would do.
import type { App } from '../../../state/app.svelte.ts';
import { handleAt } from '../../../tools/hitTest.ts';

export type CursorName =
  | 'arrow'
  | 'pointer'
  | 'locked'
  | 'hand'
  | 'grabbing'
  | 'cross'
  | 'none'
  | 'nwse'
  | 'nesw'
  | 'ns'
  | 'ew';

/** Where an arrow key moves the canvas cursor. */
export const ARROWS: { readonly [key: string]: readonly [number, number] | undefined } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const HANDLE_REACH = 8;

/** The cursor for the armed tool and what lies under it; `isDragging` while a button is down. */
export function cursorNow(
  { viewport, tools, document, session }: App,
  isDragging: boolean,
): CursorName {
  if (viewport.panning || tools.id === 'pan') return isDragging ? 'grabbing' : 'hand';
  if (!session.canEdit) return 'locked';
  if (tools.id === 'brush' || tools.id === 'eraser') return 'none';
  if (tools.id !== 'select') return 'cross';
  const single = document.selected.length === 1 ? document.selected[0] : undefined;
  if (single && !single.locked && viewport.pointer) {
    const handle = handleAt(single.box, viewport.pointer, HANDLE_REACH / viewport.view.scale);
    if (handle === 'nw' || handle === 'se') return 'nwse';
    if (handle === 'ne' || handle === 'sw') return 'nesw';
    if (handle === 'n' || handle === 's') return 'ns';
    if (handle) return 'ew';
  }
  const hovered = document.hovered ? document.annotations.get(document.hovered) : undefined;
  if (!hovered) return 'arrow';
  return hovered.locked ? 'locked' : 'pointer';
}
