// Wheel, drag and keys on a picture of the comparison: what each does, and what it leaves alone.
import { expect, it } from 'vitest';
import {
  afterKey,
  moves,
  shifted,
  wholeView,
  zoomed,
  type MovedFrame,
} from '../../../../../../renderer/src/screens/models/compare/frameMoves.ts';

const image = { width: 200, height: 100 };
const stage = { width: 400, height: 400 };

/** A picture at (30, 50) of the page, zoomed in about its middle. */
function picture(frame: { current: MovedFrame | null }) {
  const node = new EventTarget() as HTMLElement;
  node.getBoundingClientRect = () => ({ left: 30, top: 50 }) as DOMRect;
  const end = moves(node, () => frame.current);
  const send = (type: string, facts: object) => {
    const event = Object.assign(new Event(type, { cancelable: true }), facts);
    node.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { send, end };
}
function made() {
  const views: object[] = [];
  const points: (object | null)[] = [];
  const base = { image, stage, view: wholeView(image, stage) };
  const view = zoomed(base as MovedFrame, { x: 200, y: 200 } as never, 8);
  const frame: MovedFrame = {
    image,
    stage,
    view,
    move: (to) => void views.push(to),
    point: (at) => void points.push(at),
  };
  return { frame, views, points, ...picture({ current: frame }) };
}

it('the wheel zooms about the place under the pointer, a step a turn', () => {
  const { frame, views, send } = made();
  expect(send('wheel', { clientX: 130, clientY: 210, deltaY: -3 })).toBe(true);
  send('wheel', { clientX: 130, clientY: 210, deltaY: 400 });
  const at = { x: 100, y: 160 } as never;
  expect(views).toEqual([zoomed(frame, at, 1), zoomed(frame, at, -1)]);
});

it('a drag moves it, and the pointer says where in the image it is', () => {
  const { frame, views, points, send } = made();
  send('pointermove', { clientX: 130, clientY: 210, buttons: 1, movementX: 5, movementY: -7 });
  expect(views).toEqual([shifted(frame, 5, -7)]);
  const { x, y, scale } = frame.view;
  expect(points).toEqual([{ x: (100 - x) / scale, y: (160 - y) / scale }]);
  send('pointermove', { clientX: 130, clientY: 210, buttons: 0, movementX: 5, movementY: -7 });
  send('pointermove', { clientX: 130, clientY: 210, buttons: 2, movementX: 5, movementY: -7 });
  expect(views).toHaveLength(1);
  send('pointerleave', {});
  expect(points.at(-1)).toBeNull();
});

it('keys zoom and move by an eighth; others, and those of buttons and menus, go on', () => {
  const { frame, views, send } = made();
  const plain = { ctrlKey: false, metaKey: false, altKey: false };
  for (const key of ['+', '=', '-', '0', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'])
    expect(send('keydown', { key, ...plain })).toBe(true);
  const middle = { x: 200, y: 200 } as never;
  expect(views).toEqual([
    zoomed(frame, middle, 2),
    zoomed(frame, middle, 2),
    zoomed(frame, middle, -2),
    wholeView(image, stage),
    ...[
      shifted(frame, 50, 0),
      shifted(frame, -50, 0),
      shifted(frame, 0, 50),
      shifted(frame, 0, -50),
    ],
  ]);
  expect(send('keydown', { key: 'a', ...plain })).toBe(false);
  for (const held of ['ctrlKey', 'metaKey', 'altKey'])
    expect(send('keydown', { key: '+', ...plain, [held]: true })).toBe(false);
  expect(views).toHaveLength(8);
  expect(afterKey(frame, 'Tab')).toBeNull();
});

it('nothing happens without a picture, and no more after its end', () => {
  const frame: { current: MovedFrame | null } = { current: null };
  const { send, end } = picture(frame);
  expect(send('wheel', { clientX: 0, clientY: 0, deltaY: 1 })).toBe(false);
  send('pointermove', { clientX: 0, clientY: 0, buttons: 1 });
  send('pointerleave', {});
  const later = made();
  frame.current = later.frame;
  end();
  send('wheel', { clientX: 0, clientY: 0, deltaY: 1 });
  expect(later.views).toEqual([]);
});

it('the whole image cannot be moved, and is the farthest that it is seen from', () => {
  const whole = { image, stage, view: wholeView(image, stage) } as MovedFrame;
  expect(whole.view).toMatchObject({ scale: 2, x: 0, y: 100 });
  expect(shifted(whole, 30, 30)).toBe(whole.view);
  expect(zoomed(whole, { x: 1, y: 1 } as never, -1)).toEqual(whole.view);
  expect(zoomed(whole, { x: 1, y: 1 } as never, 1).scale).toBeGreaterThan(2);
});
