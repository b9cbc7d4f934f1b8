// Which tools the column has room for: all of them, all closer together, or some and a menu with the rest.
import type { ToolId } from '../../../tools/types.ts';

/** Design pixels of a button with its gap, of a line between groups, and of the ends of the column. */
const WIDE = { button: 33, line: 12, ends: 14 };
const CLOSE = { button: 26, line: 5, ends: 4 };
/** Undo and redo stand below the tools. */
const BELOW = 2;

export interface ToolRoom {
  readonly close: boolean;
  readonly shown: readonly ToolId[];
  /** In the menu; empty = there is none. */
  readonly rest: readonly ToolId[];
}

/** `height` in design pixels; the tool in hand always has its button. */
export function toolRoom(
  height: number,
  groups: readonly (readonly ToolId[])[],
  inHand: ToolId,
): ToolRoom {
  const tools = groups.flat();
  const fits = ({ button, line, ends }: typeof WIDE) =>
    ends + (tools.length + BELOW) * button + groups.length * line <= height;
  if (fits(WIDE)) return { close: false, shown: tools, rest: [] };
  if (fits(CLOSE)) return { close: true, shown: tools, rest: [] };
  // One button is the menu's; one line stands above undo.
  const room = Math.floor((height - CLOSE.ends - CLOSE.line) / CLOSE.button) - BELOW - 1;
  const first = tools.slice(0, Math.max(1, room));
  const shown = first.includes(inHand) ? first : [...first.slice(0, -1), inHand];
  return { close: true, shown, rest: tools.filter((id) => !shown.includes(id)) };
}
