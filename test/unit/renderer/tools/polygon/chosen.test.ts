// Several points of an outline at once: chosen one by one or with a box, moved and deleted together.
import { describe, expect, it } from 'vitest';
import {
  boxed,
  choose,
  chosenMoved,
  withoutChosen,
} from '../../../../../renderer/src/tools/polygon/chosen.ts';
import type { Corner, Editing } from '../../../../../renderer/src/tools/polygon/state.ts';
import type { ToolEvent } from '../../../../../renderer/src/tools/types.ts';

const square = [0, 0, 10, 0, 10, 10, 0, 10];
const triangle = [20, 20, 30, 20, 25, 30];
const editing = (chosen: readonly Corner[] = [], more: Partial<Editing> = {}) =>
  ({
    kind: 'editing',
    rings: [square, triangle],
    chosen,
    hover: null,
    drag: null,
    ...more,
  }) as Editing;
const at = (x: number, y: number) => ({ point: { x, y } }) as ToolEvent;
const corner = (ring: number, index: number): Corner => ({ ring, index });

describe('a press with Shift', () => {
  it('takes a point within reach, and leaves one that is taken', () => {
    const one = choose(editing([corner(1, 2)]), at(10, 3), 3);
    expect(one.chosen).toEqual([corner(1, 2), corner(0, 1)]);
    expect(choose(one, at(10, 0), 3).chosen).toEqual([corner(1, 2)]);
    expect(one).not.toHaveProperty('box');
  });

  it('tells points of one number in two rings apart', () => {
    const one = choose(editing([corner(0, 2)]), at(25, 30), 3);
    expect(one.chosen).toEqual([corner(0, 2), corner(1, 2)]);
  });

  it('elsewhere begins a box', () => {
    const { box, chosen } = choose(editing([corner(0, 0)]), at(10, 3.1), 3);
    expect(box).toEqual({ from: { x: 10, y: 3.1 }, to: { x: 10, y: 3.1 } });
    expect(chosen).toEqual([corner(0, 0)]);
  });
});

describe('a box', () => {
  const inBox = (
    from: readonly [number, number],
    to: readonly [number, number],
    chosen: Corner[] = [],
  ) => {
    const point = ([x, y]: readonly [number, number]) => ({ x, y });
    return boxed(
      editing(chosen, { box: { from: point(from), to: point(to) } } as Partial<Editing>),
    );
  };

  it('adds what lies in it or on its border, whichever corner it began with', () => {
    const expected = [corner(0, 1), corner(0, 2)];
    for (const [from, to] of [
      [
        [10, 0],
        [19, 10],
      ],
      [
        [19, 10],
        [10, 0],
      ],
      [
        [10, 10],
        [19, 0],
      ],
    ] as const) {
      const { chosen, box } = inBox(from, to);
      expect(chosen).toEqual(expected);
      expect(box).toBeUndefined();
    }
    expect(inBox([10.1, 0], [19, 10]).chosen).toEqual([]);
    expect(inBox([10, 0.1], [19, 9.9]).chosen).toEqual([]);
    expect(inBox([5, 0], [9.9, 10]).chosen).toEqual([]);
    expect(inBox([19.9, 20], [25, 29.9]).chosen).toEqual([corner(1, 0)]);
  });

  it('keeps what is chosen, each point once', () => {
    expect(inBox([10, 0], [19, 10], [corner(0, 2), corner(1, 0)]).chosen).toEqual([
      ...[corner(0, 2), corner(1, 0), corner(0, 1)],
    ]);
  });

  it('that is none changes nothing', () => {
    const state = editing([corner(0, 0)]);
    expect(boxed(state)).toEqual(state);
  });
});

describe('chosen points', () => {
  it('go together; a ring of fewer than three points goes with them', () => {
    const { rings, chosen } = withoutChosen(editing([corner(0, 1), corner(1, 1)]));
    expect(rings).toEqual([[0, 0, 10, 10, 0, 10]]);
    expect(chosen).toEqual([]);
    expect(withoutChosen(editing([corner(0, 0), corner(0, 3)])).rings).toEqual([triangle]);
  });

  it('move together', () => {
    const rings = [square, triangle];
    expect(chosenMoved(rings, [corner(0, 2), corner(1, 0)], { x: 3, y: -4 })).toEqual([
      [0, 0, 10, 0, 13, 6, 0, 10],
      [23, 16, 30, 20, 25, 30],
    ]);
    expect(rings[0]).toEqual([0, 0, 10, 0, 10, 10, 0, 10]);
  });
});
