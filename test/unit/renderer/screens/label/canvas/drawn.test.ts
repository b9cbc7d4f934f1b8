// What the canvas draws at the pointer: where nothing is, a pointer that moves must repaint nothing.
import { expect, it } from 'vitest';
import { markedPointer } from '../../../../../../renderer/src/screens/label/canvas/drawn.ts';

const pointer = { x: 3, y: 4 };

function marked(tool: string, { byKeys = false, crossHair = false } = {}) {
  const app = {
    tools: { id: tool },
    viewport: { pointer, byKeys },
    session: { settings: { crossHair } },
  };
  return markedPointer(app as never);
}

it('has no place for a pointer at which nothing is drawn', () => {
  for (const tool of ['select', 'pan', 'polygon', 'box', 'segment', 'wand', 'split'])
    expect(marked(tool), tool).toBeNull();
});

it('follows the pointer with the ring of a brush, the key cursor and the cross hair', () => {
  for (const tool of ['brush', 'eraser']) expect(marked(tool), tool).toBe(pointer);
  expect(marked('select', { byKeys: true })).toBe(pointer);
  expect(marked('box', { crossHair: true })).toBe(pointer);
});
