// Rings of small masks corner by corner: where they begin, what touches by a corner, which hole is whose.
import { describe, expect, it } from 'vitest';
import {
  findCracks,
  lineAfter,
  rowOf,
  traceParts,
} from '../../../../../electron/masks/outlines/trace.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

describe('the rings of a mask', () => {
  it('go clockwise around a part from its first column, against it around a hole', () => {
    expect(traceParts(draw('....', '.##.', '.##.'))).toEqual([
      { outer: [3, 1, 3, 3, 1, 3, 1, 1], holes: [] },
    ]);
    const [part] = traceParts(draw('####', '#..#', '####'));
    expect(part!.outer).toEqual([4, 0, 4, 3, 0, 3, 0, 0]);
    expect(part!.holes).toEqual([[1, 1, 1, 2, 3, 2, 3, 1]]);
  });

  it('of parts that touch by a corner stay apart, those of holes do not', () => {
    expect(traceParts(draw('#.', '.#')).map(({ outer }) => outer)).toEqual([
      [1, 0, 1, 1, 0, 1, 0, 0],
      [2, 1, 2, 2, 1, 2, 1, 1],
    ]);
    expect(traceParts(draw('.#', '#.'))).toHaveLength(2);
    for (const scene of [
      draw('####', '#.##', '##.#', '####'),
      draw('####', '##.#', '#.##', '####'),
    ]) {
      const [only, ...others] = traceParts(scene);
      expect([only!.holes.length, others.length]).toEqual([1, 0]);
    }
  });

  it('are in the order of their first pixels down the columns', () => {
    const parts = traceParts(draw('..#', '#..', '..#', '#..'));
    expect(
      parts.map(({ outer }) => [Math.min(...outer.filter((_, i) => i % 2 === 0)), outer[1]]),
    ).toEqual([
      [0, 1],
      [0, 3],
      [2, 0],
      [2, 2],
    ]);
  });

  it('are none where there are no pixels, and the border where all are set', () => {
    expect(traceParts(draw('...', '...'))).toEqual([]);
    expect(traceParts(draw('###', '###'))).toEqual([
      { outer: [3, 0, 3, 2, 0, 2, 0, 0], holes: [] },
    ]);
  });
});

describe('a hole', () => {
  it('begins at its topmost edge, the leftmost of several', () => {
    const topOf = (...rows: string[]) => {
      const cracks = findCracks(draw(...rows));
      return cracks.holes.map((edge) => [lineAfter(cracks, edge), rowOf(cracks, edge), edge % 2]);
    };
    // Its first column is lower than its second one.
    expect(topOf('#####', '##..#', '#...#', '#####')).toEqual([[2, 1, 1]]);
    expect(topOf('#####', '#.#.#', '#...#', '#####')).toEqual([[1, 1, 1]]);
    expect(topOf('######', '###.##', '#....#', '######')).toEqual([[3, 1, 1]]);
  });

  it('belongs to the part around it, though another hole lies above it', () => {
    const ringed = draw(
      '#######',
      '#.....#',
      '#.###.#',
      '#.#.#.#',
      '#.###.#',
      '#.....#',
      '#######',
    );
    const [outer, inner] = traceParts(ringed);
    expect([outer!.holes.length, inner!.holes.length]).toEqual([1, 1]);
    expect(inner!.holes[0]).toEqual([3, 3, 3, 4, 4, 4, 4, 3]);
    const below = draw('#####', '#...#', '#####', '#...#', '#####');
    const [part, ...others] = traceParts(below);
    expect([part!.holes.map(([, y]) => y), others]).toEqual([[1, 3], []]);
    const beside = traceParts(draw('###.###', '#.#.#.#', '###.###'));
    expect(beside.map(({ holes }) => holes.map(([x]) => x))).toEqual([[1], [5]]);
  });
});
