// Painting only what changed leaves the same picture as painting everything.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookOf } from '../../../renderer/src/canvas/look.ts';
import {
  changesBetween,
  partsOfLooks,
  showsOthers,
  type IdlePart,
  type IdleScene,
  type Part,
} from '../../../renderer/src/canvas/idle/changes.ts';
import { draw } from '../../helpers/fixtures/masks.ts';
import { objectOf } from '../../helpers/drivers/toolBench.ts';

const STAGE = { width: 90, height: 60 };
const FLAGS = { selected: false, hovered: false, draft: false, aside: false, hatch: 0 };
const mask = draw('#');

/** What lies on each pixel, back to front. */
type Picture = string[][];

const empty = (): Picture => Array.from({ length: STAGE.width * STAGE.height }, () => []);

function paint(
  picture: Picture,
  { view }: IdleScene,
  { look, kind }: IdlePart,
  parts: readonly Part[],
) {
  const [x, y, width, height] = look.annotation.box;
  const [left, top] = [x * view.scale + view.x, y * view.scale + view.y];
  for (let py = Math.max(0, top); py < Math.min(STAGE.height, top + height * view.scale); py += 1)
    for (let px = Math.max(0, left); px < Math.min(STAGE.width, left + width * view.scale); px += 1)
      if (parts.some((part) => isIn(part, px, py)))
        picture[py * STAGE.width + px]!.push(`${look.key}${look.color}${kind}`);
}

const isIn = ([left, top, right, bottom]: Part, x: number, y: number) =>
  x >= left && x < right && y >= top && y < bottom;

function whole(scene: IdleScene): Picture {
  const picture = empty();
  for (const look of scene.looks) paint(picture, scene, look, [[0, 0, STAGE.width, STAGE.height]]);
  return picture;
}

function changed(picture: Picture, before: IdleScene, after: IdleScene): Picture {
  const repaint = changesBetween(before, after);
  if (repaint.kind === 'nothing') return picture;
  if (repaint.kind === 'all') return whole(after);
  const [dx, dy] = repaint.move;
  const { parts, looks } = repaint;
  const next = empty().map((_, at) => {
    const [x, y] = [(at % STAGE.width) - dx, Math.floor(at / STAGE.width) - dy];
    const isThere = x >= 0 && y >= 0 && x < STAGE.width && y < STAGE.height;
    const isCleared = parts.some((part) => isIn(part, x + dx, y + dy));
    return isThere && !isCleared ? [...picture[y * STAGE.width + x]!] : [];
  });
  for (const look of looks) paint(next, after, look, parts);
  return next;
}

const box = fc.tuple(
  fc.integer({ min: 0, max: 70 }),
  fc.integer({ min: 0, max: 50 }),
  fc.integer({ min: 1, max: 30 }),
  fc.integer({ min: 1, max: 30 }),
);
const step = fc.record({
  dx: fc.integer({ min: -40, max: 40 }),
  dy: fc.integer({ min: -40, max: 40 }),
  scale: fc.constantFrom(1, 1, 1, 2),
  /** Which objects are idle, and which of them changed their colour. */
  there: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  turned: fc.option(fc.nat(5), { nil: null }),
  swapped: fc.boolean(),
});

describe('the picture of idle masks', () => {
  it('is the same in parts as at once', () => {
    let parts = 0;
    fc.assert(
      fc.property(fc.array(box, { minLength: 6, maxLength: 6 }), fc.array(step), (boxes, steps) => {
        let all = boxes.map((own, i) =>
          lookOf({ ...objectOf(`o${i}`, 1, mask), box: own }, '#111', FLAGS),
        );
        let scene: IdleScene = {
          view: { scale: 1, x: 0, y: 0 },
          stage: STAGE,
          ratio: 1,
          opacity: 1,
          looks: partsOfLooks(all, all),
        };
        let picture = whole(scene);
        for (const { dx, dy, scale, there, turned, swapped } of steps) {
          all = all.map((look, i) =>
            i === turned ? { ...look, color: look.color === '#111' ? '#222' : '#111' } : look,
          );
          const idle = (swapped ? all.toReversed() : all).filter((_, i) => there[i]);
          const looks = partsOfLooks(idle.slice(1), idle);
          const view = { scale, x: scene.view.x + dx, y: scene.view.y + dy };
          const next = { ...scene, view, looks };
          parts += changesBetween(scene, next).kind === 'parts' ? 1 : 0;
          picture = changed(picture, scene, next);
          expect(picture).toEqual(whole(next));
          scene = next;
        }
      }),
      { numRuns: 60 },
    );
    expect(parts).toBeGreaterThan(50);
  });

  it('is moved and painted at its edge while the view is dragged', () => {
    const looks = partsOfLooks(
      [objectOf('far', 1, mask), objectOf('near', 1, mask)].map((object, i) =>
        lookOf({ ...object, box: [i === 0 ? 400 : 0, 10, 20, 20] }, '#111', FLAGS),
      ),
      [],
    );
    const scene = { stage: STAGE, ratio: 2, opacity: 1, looks };
    const before = { ...scene, view: { scale: 1, x: 0, y: 0 } };
    const after = { ...scene, view: { scale: 1, x: 3, y: 0 } };
    expect(changesBetween(before, after)).toEqual({
      kind: 'parts',
      move: [6, 0],
      parts: [[0, 0, 6, 120]],
      looks: [looks[1]],
    });
  });

  it('of another image keeps nothing of the one before', () => {
    const sceneOf = (key: string, scale: number): IdleScene => ({
      view: { scale, x: 0, y: 0 },
      stage: STAGE,
      ratio: 1,
      opacity: 1,
      looks: partsOfLooks([lookOf(objectOf(key, 1, mask), '#111', FLAGS)], []),
    });
    expect(showsOthers(sceneOf('one', 1), sceneOf('other', 2))).toBe(true);
    expect(showsOthers(sceneOf('one', 1), sceneOf('one', 2))).toBe(false);
    expect(changesBetween(sceneOf('one', 1), sceneOf('one', 2))).toEqual({ kind: 'all' });
  });
});
