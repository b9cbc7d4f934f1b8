// The column of tools in windows of any height: no tool is out of reach, and the one in hand is seen.
import { expect, it } from 'vitest';
import { toolRoom } from '../../../../../../renderer/src/screens/label/tools/toolRoom.ts';
import type { ToolId } from '../../../../../../renderer/src/tools/types.ts';

const GROUPS: ToolId[][] = [
  ['select', 'pan'],
  ['segment', 'brush', 'eraser', 'polygon', 'box', 'wand', 'fill'],
  ['split', 'merge'],
];
const ALL = GROUPS.flat();

it('all tools stand apart where they fit, closer together where they do not, else some in a menu', () => {
  expect(toolRoom(900, GROUPS, 'select')).toEqual({ close: false, shown: ALL, rest: [] });
  expect(toolRoom(380, GROUPS, 'select')).toEqual({ close: true, shown: ALL, rest: [] });
  const few = toolRoom(300, GROUPS, 'select');
  expect(few.rest).toEqual(ALL.slice(few.shown.length));
  expect(few.rest.length).toBeGreaterThan(0);
});

it('the column is as high as its buttons, a line between groups, and its ends', () => {
  // 11 tools with undo and redo, three lines.
  const apart = 14 + 13 * 33 + 3 * 12;
  const close = 4 + 13 * 26 + 3 * 5;
  const kind = (height: number) => {
    const { close: isClose, rest } = toolRoom(height, GROUPS, 'select');
    return rest.length > 0 ? 'menu' : isClose ? 'close' : 'apart';
  };
  expect([apart, apart - 1, close, close - 1].map(kind)).toEqual([
    'apart',
    'close',
    'close',
    'menu',
  ]);
});

it('no height hides a tool or the one in hand, and what is shown has its room', () => {
  for (let height = 0; height < 600; height += 7)
    for (const inHand of ALL) {
      const { shown, rest } = toolRoom(height, GROUPS, inHand);
      expect([...shown, ...rest].sort()).toEqual([...ALL].sort());
      expect(shown).toContain(inHand);
      if (rest.length === 0 || shown.length === 1) continue;
      // Undo, redo, the menu's own button, a line and the ends of the column.
      expect((shown.length + 3) * 26 + 9).toBeLessThanOrEqual(height);
    }
});
