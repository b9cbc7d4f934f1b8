// A box at any angle, event by event: where corners come to lie, and when it stands.
import { describe, expect, it } from 'vitest';
import type { ToolEvent } from '../../../../../renderer/src/tools/types.ts';
import type { Turned } from '../../../../../renderer/src/tools/box/rings.ts';
import { beginTurned, turned } from '../../../../../renderer/src/tools/box/turned.ts';

const event = (kind: ToolEvent['kind'], x: number, y: number, shift = false) =>
  ({ kind, point: { x, y }, shift, alt: false, ctrl: false }) as ToolEvent;
/** Sends events to a box that began at (10, 10). */
function sent(scale: number, ...events: readonly ToolEvent[]) {
  let state = beginTurned(event('down', 10, 10));
  const done: boolean[] = [];
  for (const one of events) {
    const next = turned(state, one, { scale });
    done.push(next.isDone);
    if (next.state.kind !== 'turned') return { state: next.state, done };
    state = next.state;
  }
  return { state, done };
}
const points = (...given: Parameters<typeof sent>) => (sent(...given).state as Turned).points;
const rounded = (values: readonly number[]) => values.map((value) => Math.round(value * 1e6) / 1e6);

describe('the first side', () => {
  it('is set by a second press, or by the end of a drag', () => {
    expect(points(1, event('up', 10, 10), event('down', 30, 10))).toEqual([10, 10, 30, 10]);
    expect(points(1, event('move', 20, 12), event('up', 30, 10))).toEqual([10, 10, 30, 10]);
  });

  it('is none within three pixels of the screen, or less than one of the image', () => {
    expect(points(1, event('up', 10, 10), event('down', 12.9, 10))).toEqual([10, 10]);
    expect(points(1, event('up', 10, 10), event('down', 13, 10))).toHaveLength(4);
    expect(points(10, event('up', 10, 10), event('down', 10.9, 10))).toEqual([10, 10]);
    expect(points(10, event('up', 10, 10), event('down', 11, 10))).toHaveLength(4);
    expect(points(0.5, event('up', 10, 10), event('down', 15, 10))).toEqual([10, 10]);
    expect(points(0.5, event('up', 10, 10), event('down', 10, 16))).toHaveLength(4);
  });

  it('keeps to fifteen degrees with Shift, as long as the pointer is away', () => {
    const at = (x: number, y: number) =>
      rounded(points(1, event('up', 10, 10), event('down', 10 + x, 10 + y, true)).slice(2));
    expect(at(20, 1)).toEqual(rounded([10 + Math.hypot(20, 1), 10]));
    const angle = (Math.PI * 45) / 180;
    const far = Math.hypot(20, 22);
    expect(at(20, 22)).toEqual(rounded([10 + far * Math.cos(angle), 10 + far * Math.sin(angle)]));
    expect(at(-20, -1)).toEqual(rounded([10 - Math.hypot(20, 1), 10]));
  });
});

describe('the other side', () => {
  const side = [event('up', 10, 10), event('down', 30, 10), event('up', 30, 10)] as const;

  it('is set by a press: the button need not move', () => {
    const { state, done } = sent(1, ...side, event('down', 30, 20), event('up', 30, 20));
    expect(done).toEqual([false, false, false, false, true]);
    expect(state).toMatchObject({ points: [10, 10, 30, 10], cursor: { x: 30, y: 20 } });
  });

  it('is set where the button comes up three screen pixels from the press that set the first one', () => {
    const first = [event('up', 10, 10), event('down', 30, 10)] as const;
    const isDone = (scale: number, y: number) =>
      sent(scale, ...first, event('up', 30, y)).done.at(-1);
    expect([isDone(1, 12.9), isDone(1, 13)]).toEqual([false, true]);
    expect([isDone(2, 11.4), isDone(2, 11.5)]).toEqual([false, true]);
  });

  it('with Shift is as long as the first one, on the side of the pointer', () => {
    const corner = (y: number) => {
      const { cursor } = sent(1, ...side, event('hover', 33, y, true)).state as Turned;
      return [cursor.x, cursor.y];
    };
    expect([corner(14), corner(6), corner(10)]).toEqual([
      [30, 30],
      [30, -10],
      [30, 30],
    ]);
  });

  it('is not set by the press that set the first one, unless it is dragged on', () => {
    const first = [event('up', 10, 10), event('down', 30, 10)] as const;
    expect(sent(1, ...first, event('up', 30, 12)).done.at(-1)).toBe(false);
    expect(sent(1, ...first, event('up', 30, 12.9)).done.at(-1)).toBe(false);
    expect(sent(1, ...first, event('up', 30, 13)).done.at(-1)).toBe(true);
    expect(sent(4, ...first, event('up', 30, 10.7)).done.at(-1)).toBe(false);
  });

  it('is a pixel of the image at least, on either hand', () => {
    const done = (y: number, kind: ToolEvent['kind'] = 'confirm') =>
      sent(1, ...side, event('hover', 20, y), event(kind, 20, y)).done.at(-1);
    expect([done(10.9), done(11), done(9.1), done(9), done(40)]).toEqual([
      ...[false, true, false, true, true],
    ]);
    expect(done(40, 'double')).toBe(true);
    // Hovering alone ends nothing.
    expect(sent(1, ...side, event('hover', 20, 40)).done.at(-1)).toBe(false);
  });

  it('is as long as the first with Shift, towards the pointer', () => {
    const cursor = (x: number, y: number) =>
      (sent(1, ...side, event('hover', x, y, true)).state as Turned).cursor;
    expect(cursor(20, 13)).toEqual({ x: 30, y: 30 });
    expect(cursor(20, 7)).toEqual({ x: 30, y: -10 });
    // Upright, to the right hand and to the left.
    const upright = [event('up', 10, 10), event('down', 10, 30), event('up', 10, 30)] as const;
    const beside = (x: number) =>
      (sent(1, ...upright, event('hover', x, 15, true)).state as Turned).cursor;
    expect(beside(5)).toEqual({ x: -10, y: 30 });
    expect(beside(15)).toEqual({ x: 30, y: 30 });
  });
});

describe('taking back', () => {
  it('takes the second corner, then all of it', () => {
    const side = [event('up', 10, 10), event('down', 30, 10), event('up', 30, 10)] as const;
    expect(points(1, ...side, event('back', 0, 0))).toEqual([10, 10]);
    expect(sent(1, ...side, event('back', 0, 0), event('back', 0, 0)).state).toEqual({
      kind: 'idle',
    });
    expect(sent(1, ...side, event('cancel', 0, 0)).state).toEqual({ kind: 'idle' });
  });

  it('a button that was not held ends nothing', () => {
    const released = sent(1, event('up', 10, 10), event('up', 30, 30));
    expect(released).toMatchObject({ state: { points: [10, 10] }, done: [false, false] });
  });
});
