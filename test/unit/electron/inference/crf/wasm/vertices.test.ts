// Where a lattice lies before it is built, and its chains in pieces for several threads.
import { describe, expect, it } from 'vitest';
import { layGround, piecesOf } from '../../../../../../electron/inference/crf/wasm/vertices.ts';
import { randomFrom } from '../../../../../helpers/fixtures/random.ts';

describe('the ground of a lattice', () => {
  it.each([2, 5] as const)('of %d dimensions has room for the last block of four', (dimensions) => {
    const size = { width: 7, height: 9 };
    const enter = () => ['addGaussian'] as never;
    const { pixels, corners, vertexOf, weightOf, firstChain, records } = layGround({
      start: 1024,
      dimensions,
      size,
      enter,
    });
    expect([pixels, corners, vertexOf]).toEqual([63, dimensions + 1, 1024]);
    const bytes = 4 * corners * 67;
    for (const room of [weightOf - vertexOf, firstChain - weightOf]) {
      expect(room).toBeGreaterThanOrEqual(bytes);
      expect(room).toBeLessThan(bytes + 64);
      expect(room % 64).toBe(0);
    }
    // One scale for each dimension in front of them.
    expect(records - firstChain).toBeGreaterThanOrEqual(4 * dimensions);
    expect(records - firstChain).toBeLessThan(4 * dimensions + 64);
  });
});

describe('pieces of chains', () => {
  const START = 2 ** 31;
  const PIECE = 32_768;
  const AT = 16;
  const pieces = (list: Uint32Array) => {
    const buffer = new ArrayBuffer(AT + list.byteLength);
    new Uint32Array(buffer, AT).set(list);
    return piecesOf(buffer, { at: AT, count: list.length }).map(({ at, count }) => ({
      from: (at - AT) / 4,
      count,
    }));
  };
  /** Chains that begin at these places. */
  const chains = (count: number, starts: readonly number[]) => {
    const list = Uint32Array.from({ length: count }, (_, at) => at + 1);
    for (const at of starts) list[at]! += START;
    return list;
  };

  it('cover the list, each begins with a chain and is as short as it can be', () => {
    const random = randomFrom(8);
    const count = 100_000;
    const list = Uint32Array.from({ length: count }, (_, at) =>
      at === 0 || random() < 1e-3 ? START + at : at,
    );
    const found = pieces(list);
    let end = 0;
    for (const { from, count: length } of found) {
      expect(from).toBe(end);
      end = from + length;
      expect(list[from]).toBeGreaterThanOrEqual(START);
      const later = list.subarray(from + PIECE, end);
      expect(later.every((entry) => entry < START)).toBe(true);
      if (end < count) expect(length).toBeGreaterThanOrEqual(PIECE);
    }
    expect(end).toBe(count);
    expect(found.length).toBeGreaterThan(2);
  });

  it('a chain is never cut, and an empty list has none', () => {
    expect(pieces(chains(0, []))).toEqual([]);
    expect(pieces(chains(PIECE, [0]))).toEqual([{ from: 0, count: PIECE }]);
    expect(pieces(chains(PIECE + 5, [0]))).toEqual([{ from: 0, count: PIECE + 5 }]);
    expect(pieces(chains(PIECE + 5, [0, PIECE]))).toEqual([
      { from: 0, count: PIECE },
      { from: PIECE, count: 5 },
    ]);
    // The first vertex of all may be the one that begins a chain.
    expect(pieces(chains(PIECE + 2, [0, PIECE + 1]).fill(START, PIECE))).toHaveLength(2);
  });
});
