// A walk around a part: one unbroken line over every edge once, into each hole and back by the same way.
import { describe, expect, it } from 'vitest';
import { bridgedSpans, walkPart } from '../../../../../electron/masks/outlines/ringWalk.ts';
import { findCracks } from '../../../../../electron/masks/outlines/trace.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

type Place = readonly [x: number, y: number];

/** Every step of the walk around each part of a mask. */
function walked(...rows: string[]) {
  const cracks = findCracks(draw(...rows));
  const bridged = bridgedSpans(cracks);
  const parts = cracks.outers.map((start) => {
    const steps: { kind: 'top' | 'bottom' | 'side' | 'bridge'; from: Place; to: Place }[] = [];
    walkPart(cracks, start, bridged, {
      edge: (x, y, isTop) =>
        steps.push(
          isTop
            ? { kind: 'top', from: [x, y], to: [x + 1, y] }
            : { kind: 'bottom', from: [x + 1, y], to: [x, y] },
        ),
      side: (x, from, to) => steps.push({ kind: 'side', from: [x, from], to: [x, to] }),
      bridge: (x, from, to) => steps.push({ kind: 'bridge', from: [x, from], to: [x, to] }),
    });
    return steps;
  });
  return { parts, holes: cracks.holes.length, bridged: bridged.size };
}

const SCENES: [what: string, rows: string[], parts: number, holes: number][] = [
  ['a single pixel', ['#'], 1, 0],
  ['a hole', ['####', '#..#', '####'], 1, 1],
  ['a hole that is lower where it begins', ['#####', '##..#', '#...#', '#####'], 1, 1],
  ['two holes, one above the other', ['###', '#.#', '###', '#.#', '###'], 1, 2],
  ['two holes side by side', ['#####', '#.#.#', '#####'], 1, 2],
  ['an island in a hole', ['#####', '#...#', '#.#.#', '#...#', '#####'], 2, 1],
  [
    'holes under holes to both sides',
    ['#######', '#.###.#', '#######', '###.###', '#######'],
    1,
    3,
  ],
  ['parts that touch by a corner', ['##.', '##.', '..#'], 2, 0],
  ['a part open to the side', ['####', '#...', '####'], 1, 0],
];

describe('the walk', () => {
  it.each(SCENES)('around %s is one closed line', (_what, rows, parts, holes) => {
    const found = walked(...rows);
    expect([found.parts.length, found.holes]).toEqual([parts, holes]);
    for (const steps of found.parts)
      for (const [at, { from }] of steps.entries())
        expect(from).toEqual((steps.at(at - 1) ?? steps.at(-1))!.to);
  });

  it.each(SCENES)('around %s meets every edge once', (_what, rows) => {
    const { parts } = walked(...rows);
    const edges = parts.flat().filter(({ kind }) => kind === 'top' || kind === 'bottom');
    expect(new Set(edges.map((one) => JSON.stringify(one))).size).toBe(edges.length);
    // What lies between the edges of all columns are the pixels of the mask.
    const area = edges.reduce(
      (sum, { kind, from }) => sum + (kind === 'bottom' ? from[1] : -from[1]),
      0,
    );
    expect(area).toBe(rows.join('').replaceAll('.', '').length);
  });

  it.each(SCENES)('around %s crosses a bridge to each hole, down and up again', (_what, rows) => {
    const { parts, holes, bridged } = walked(...rows);
    const bridges = parts.flat().filter(({ kind }) => kind === 'bridge');
    expect([bridges.length, bridged]).toEqual([2 * holes, holes]);
    const down = bridges.filter(({ from, to }) => from[1] < to[1]);
    expect(down).toHaveLength(holes);
    for (const { from, to } of down) {
      expect(bridges).toContainEqual({ kind: 'bridge', from: to, to: from });
      // Through pixels of the mask.
      for (let y = from[1]; y < to[1]; y++) expect(rows[y]![from[0]]).toBe('#');
    }
  });
});
