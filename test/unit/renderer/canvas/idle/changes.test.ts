// What has to be painted again, in device pixels: changed masks, what a move bares, or everything.
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../../electron/api/types.ts';
import {
  changesBetween,
  frameOf,
  isPaintedAnew,
  onDevicePixels,
  partsOfLooks,
  showsOthers,
  type IdlePart,
  type IdleScene,
} from '../../../../../renderer/src/canvas/idle/changes.ts';
import type { ObjectLook } from '../../../../../renderer/src/canvas/look.ts';

const lookAt = (key: string, box: Box) => ({ key, annotation: { box } }) as unknown as ObjectLook;
const fills = (...looks: readonly ObjectLook[]) => partsOfLooks(looks, []);
const scene = (looks: readonly IdlePart[], more: Partial<IdleScene> = {}): IdleScene => ({
  view: { scale: 2, x: 10, y: 5 },
  stage: { width: 100, height: 60 },
  ratio: 2,
  opacity: 0.3,
  looks,
  ...more,
});
const a = lookAt('a', [3, 4, 5, 6]);
const b = lookAt('b', [20, 4, 5, 6]);
const c = lookAt('c', [4, 5, 5, 6]);
/** Two device pixels to a screen pixel, two of those to a pixel of the image, eight more for lines. */
const PART_A = [16, 10, 68, 66];

describe('parts', () => {
  it('of a look are the same as long as it is', () => {
    const [fill, contour] = partsOfLooks([a], [a]) as [IdlePart, IdlePart];
    expect([fill.kind, contour.kind, fill.key]).toEqual(['fill', 'contour', 'a']);
    expect(partsOfLooks([a], [a])).toEqual([fill, contour]);
    expect(partsOfLooks([a], [])[0]).toBe(fill);
    expect(partsOfLooks([b], [a]).map(({ key, kind }) => `${key} ${kind}`)).toEqual([
      ...['b fill', 'a contour'],
    ]);
  });

  it('of a mask that comes or goes are painted, with all that reaches into them', () => {
    const [one, two, three] = fills(a, b, c) as [IdlePart, IdlePart, IdlePart];
    const come = changesBetween(scene([two, three]), scene([one, two, three]));
    expect(come).toEqual({ kind: 'parts', move: [0, 0], parts: [PART_A], looks: [one, three] });
    const gone = changesBetween(scene([one, two, three]), scene([two, three]));
    expect(gone).toEqual({ kind: 'parts', move: [0, 0], parts: [PART_A], looks: [three] });
    const other = fills(lookAt('a', [3, 4, 5, 6]))[0]!;
    expect(changesBetween(scene([one]), scene([other]))).toMatchObject({
      parts: [PART_A, PART_A],
      looks: [other],
    });
  });

  it('that only touch do not meet', () => {
    const near = (box: Box) => {
      const [one, two] = fills(a, lookAt('n', box)) as [IdlePart, IdlePart];
      const found = changesBetween(scene([two]), scene([one, two]));
      return found.kind === 'parts' && found.looks.length === 2;
    };
    // 16 screen pixels of lines between two boxes are eight of the image's.
    expect([near([16, 4, 5, 6]), near([15, 4, 5, 6])]).toEqual([false, true]);
    expect([near([3, 18, 5, 6]), near([3, 17, 5, 6])]).toEqual([false, true]);
  });

  it('out of the stage are not painted', () => {
    const out = (box: Box) => changesBetween(scene([]), scene(fills(lookAt('o', box)))).kind;
    // The stage shows the image from (-5, -2.5) to (45, 27.5), and lines reach four further.
    expect([out([49, 0, 3, 3]), out([48, 0, 3, 3])]).toEqual(['nothing', 'parts']);
    expect([out([0, 32, 3, 3]), out([0, 31, 3, 3])]).toEqual(['nothing', 'parts']);
    expect([out([-12, 0, 3, 3]), out([-11, 0, 3, 3])]).toEqual(['nothing', 'parts']);
    expect([out([0, -10, 3, 3]), out([0, -9, 3, 3])]).toEqual(['nothing', 'parts']);
  });
});

describe('a move', () => {
  const looks = fills(a, b);
  const moved = (x: number, y: number) =>
    changesBetween(scene(looks), scene(looks, { view: { scale: 2, x: 10 + x, y: 5 + y } }));
  const parts = (x: number, y: number) => {
    const found = moved(x, y);
    return found.kind === 'parts' ? { move: found.move, parts: found.parts } : found.kind;
  };

  it('bares a strip at the side that it comes from', () => {
    expect(parts(0, 0)).toBe('nothing');
    expect(parts(3, 0)).toEqual({ move: [6, 0], parts: [[0, 0, 6, 120]] });
    expect(parts(-3, 0)).toEqual({ move: [-6, 0], parts: [[194, 0, 200, 120]] });
    expect(parts(0, 4)).toEqual({ move: [0, 8], parts: [[0, 0, 200, 8]] });
    expect(parts(2, -4)).toEqual({
      move: [4, -8],
      parts: [
        [0, 0, 4, 120],
        [0, 112, 200, 120],
      ],
    });
  });

  it('of the whole stage bares all of it', () => {
    const all = { parts: [[0, 0, 200, 120]] };
    expect(parts(100, 0)).toMatchObject(all);
    expect(parts(0, -60)).toMatchObject(all);
    expect(parts(99.5, 0)).toMatchObject({ parts: [[0, 0, 199, 120]] });
    expect(parts(0, 59.5)).toMatchObject({ parts: [[0, 0, 200, 119]] });
  });

  it('paints what reaches into the strip', () => {
    const all = fills(a, b, lookAt('d', [-8, 4, 5, 6]));
    const found = changesBetween(scene(all), scene(all, { view: { scale: 2, x: 20, y: 5 } }));
    expect(found.kind === 'parts' && found.looks.map(({ key }) => key)).toEqual(['d']);
  });
});

describe('everything is painted', () => {
  const looks = fills(a, b);
  it.each<[string, Partial<IdleScene>]>([
    ['another width', { stage: { width: 101, height: 60 } }],
    ['another height', { stage: { width: 100, height: 61 } }],
    ['other pixels', { ratio: 1 }],
    ['another zoom', { view: { scale: 2.1, x: 10, y: 5 } }],
    ['another opacity', { opacity: 0.4 }],
    ['another order', { looks: looks.toReversed() }],
  ])('for %s', (_, more) => {
    expect(changesBetween(scene(looks), scene(looks, more))).toEqual({ kind: 'all' });
  });

  it('where more than two hundred parts change, or masks reach into what does', () => {
    const many = (count: number) =>
      fills(...Array.from({ length: count }, (_, at) => lookAt(`m${at}`, [3, 4, 5, 6])));
    expect(changesBetween(scene([]), scene(many(200))).kind).toBe('parts');
    expect(changesBetween(scene([]), scene(many(201))).kind).toBe('all');
    const there = many(200);
    const more = many(1);
    expect(changesBetween(scene(there.slice(1)), scene([...there.slice(1), ...more])).kind).toBe(
      'parts',
    );
    expect(changesBetween(scene(there), scene([...there, ...more])).kind).toBe('all');
  });
});

describe('few masks are painted anew', () => {
  const looks = fills(a, b);
  const many = (count: number) =>
    fills(...Array.from({ length: count }, (_, at) => lookAt(`m${at}`, [3, 4, 5, 6])));

  it('at first, and where nothing of the frame before serves: every step of a zoom', () => {
    expect(isPaintedAnew(null, scene(looks))).toBe(true);
    const zoomed = scene(looks, { view: { scale: 2.1, x: 10, y: 5 } });
    expect(isPaintedAnew(scene(looks), zoomed)).toBe(true);
    expect(isPaintedAnew(scene(looks), scene(looks, { opacity: 0.4 }))).toBe(true);
  });

  it('neither where the view rests or moves nor where one mask changes', () => {
    expect(isPaintedAnew(scene(looks), scene(looks))).toBe(false);
    const moved = scene(looks, { view: { scale: 2, x: 13, y: 5 } });
    expect(isPaintedAnew(scene(looks), moved)).toBe(false);
    expect(isPaintedAnew(scene(looks), scene(fills(a)))).toBe(false);
  });

  it('up to two hundred fills and contours', () => {
    const zoomed = (all: readonly IdlePart[]) =>
      isPaintedAnew(scene(all), scene(all, { view: { scale: 2.1, x: 10, y: 5 } }));
    expect([zoomed(many(200)), zoomed(many(201))]).toEqual([true, false]);
    expect([isPaintedAnew(null, scene(many(200))), isPaintedAnew(null, scene(many(201)))]).toEqual([
      ...[true, false],
    ]);
  });
});

it('another image is one of whose masks none was there', () => {
  const [one, two] = fills(a, b) as [IdlePart, IdlePart];
  expect(showsOthers(scene([one]), scene([two]))).toBe(true);
  expect(showsOthers(scene([one]), scene([two, one]))).toBe(false);
  expect(showsOthers(scene([one]), scene(fills(lookAt('a', [0, 0, 1, 1]))))).toBe(false);
  const looks = [one];
  expect(showsOthers(scene(looks), scene(looks))).toBe(false);
});

it('the frame is what a canvas has of whole device pixels, and never empty', () => {
  expect(frameOf({ stage: { width: 101, height: 67 }, ratio: 1.5 })).toEqual([0, 0, 151, 100]);
  expect(frameOf({ stage: { width: 101, height: 67 }, ratio: 2 })).toEqual([0, 0, 202, 134]);
  expect(frameOf({ stage: { width: 0, height: 0 }, ratio: 2 })).toEqual([0, 0, 1, 1]);
});

it('a view starts on whole device pixels, and stays the same where it does', () => {
  const view = { scale: 1.3, x: 10.3, y: -4.8 };
  expect(onDevicePixels(view, 2)).toEqual({ scale: 1.3, x: 10.5, y: -5 });
  expect(onDevicePixels(view, 1)).toEqual({ scale: 1.3, x: 10, y: -5 });
  const whole = { scale: 1.3, x: 10.5, y: -5 };
  expect(onDevicePixels(whole, 2)).toBe(whole);
  expect(onDevicePixels({ ...whole, y: -5.1 }, 2)).toEqual(whole);
  expect(onDevicePixels({ ...whole, x: 10.6 }, 2)).toEqual(whole);
});
