// How much room a window gives, and what has a place in it.
import { describe, expect, it } from 'vitest';
import {
  roomOf,
  showPanel,
  showsTabWords,
  showsThumbnails,
} from '../../../../renderer/src/state/room.ts';

function app(
  windowWidth: number,
  more: { scale?: number; images?: number; folded?: string[] } = {},
) {
  const { scale = 100, images = null, folded = [] } = more;
  const collapsed = { images: folded.includes('images'), inspector: folded.includes('inspector') };
  const layout = {
    drawer: null as string | null,
    sizes: { images },
    collapsed,
    toggle: (name: 'images' | 'inspector') => (collapsed[name] = !collapsed[name]),
  };
  return {
    windowWidth,
    session: { settings: { scalePercent: scale } },
    layout,
  } as never as Parameters<typeof showPanel>[0];
}

describe('the room', () => {
  it('is wide, compact or tiny by the width of the window', () => {
    const rooms = [859, 860, 1099, 1100].map((width) => roomOf(app(width)));
    expect(rooms).toEqual(['tiny', 'compact', 'compact', 'wide']);
  });

  it('has the names of the screens where they and the model fit', () => {
    const at = [1300, 1301].map((width) => showsTabWords(app(width)));
    expect(at).toEqual([false, true]);
    expect(showsTabWords(app(1440, { scale: 125 }))).toBe(false);
  });

  it('is less where everything is larger', () => {
    expect(roomOf(app(1650, { scale: 150 }))).toBe('wide');
    expect(roomOf(app(1649, { scale: 150 }))).toBe('compact');
  });
});

describe('images', () => {
  it('are thumbnails in a compact window, and in a wide one below 1200 px unless they have a width', () => {
    expect([859, 900, 1150, 1199, 1200].map((width) => showsThumbnails(app(width)))).toEqual([
      ...[false, true, true, true, false],
    ]);
    expect(showsThumbnails(app(1150, { images: 300 }))).toBe(false);
    expect(showsThumbnails(app(1150, { folded: ['images'] }))).toBe(false);
    expect(showsThumbnails(app(900, { folded: ['images'] }))).toBe(true);
  });
});

describe('a panel that is needed', () => {
  it('unfolds where it stands beside the canvas, and stays where it is open', () => {
    const folded = app(1400, { folded: ['inspector'] });
    showPanel(folded, 'inspector');
    expect([folded.layout.collapsed.inspector, folded.layout.drawer]).toEqual([false, null]);
    showPanel(folded, 'inspector');
    expect(folded.layout.collapsed.inspector).toBe(false);
  });

  it('is a drawer where there is no room beside', () => {
    for (const [width, name] of [
      [900, 'inspector'],
      [1150, 'images'],
    ] as const) {
      const one = app(width);
      showPanel(one, name);
      expect(one.layout.drawer).toBe(name);
    }
    const wide = app(1150);
    showPanel(wide, 'inspector');
    expect(wide.layout.drawer).toBeNull();
  });
});
