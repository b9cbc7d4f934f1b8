// Stripes that threads work on at the same time: whole images, and no vertex in common.
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../../build/wasm.ts';
import { alone } from '../../../../../../electron/inference/crf/wasm/site.ts';
import { REFERENCE_CRF } from '../../../../../../electron/inference/crf/parameters.ts';
import {
  bandsOf,
  columnsOf,
  turnsOf,
} from '../../../../../../electron/inference/crf/wasm/regions.ts';
import {
  bilateralLattice,
  gaussianLattice,
} from '../../../../../../electron/inference/crf/wasm/wasmLattice.ts';
import { createCrfMemoryPool } from '../../../../../../electron/inference/crf/wasm/wasmMemory.ts';
import { sceneImage } from '../../../../../helpers/fixtures/crfScenes.ts';

beforeAll(ensureWasm);

describe.each([
  [640, 30, 50],
  [500, 21, 50],
  [391, 40, 50],
  [1280, 12, 18],
  [257, 33, 15],
])('stripes of %i x %i pixels at a deviation of %i', (width, height, deviationPx) => {
  const turns = turnsOf({ width, height }, deviationPx);

  test('take every pixel once', () => {
    expect(turns).toHaveLength(2);
    const all = turns.flat().toSorted((a, b) => a.first - b.first);
    let next = 0;
    for (const { first, last } of all) {
      expect(first).toBe(next);
      next = last;
    }
    expect(next).toBe(width * height);
  });

  test('begin with the broadest of their turn', () => {
    for (const turn of turns) {
      const pixels = turn.map(({ first, last }) => last - first);
      expect(pixels).toEqual(pixels.toSorted((a, b) => b - a));
    }
  });

  test('have no vertex in common with others of their turn', () => {
    // The same colour everywhere joins as many pixels as there can be.
    const flat = { width, height, data: new Uint8Array(width * height * 3).fill(99) };
    for (const image of [flat, sceneImage(width, height, 6)]) {
      const parameters = {
        ...REFERENCE_CRF,
        gaussianDeviationPx: deviationPx,
        bilateralDeviationPx: deviationPx,
      };
      const memory = createCrfMemoryPool().borrow('exact');
      const site = { memory, crew: alone };
      const gaussian = gaussianLattice(site, { image, parameters });
      const bilateral = bilateralLattice(site, gaussian.end, { image, parameters });
      for (const { corners, vertexOf, rows } of [gaussian, bilateral]) {
        const vertices = new Uint32Array(memory.memory.buffer, vertexOf, width * height * corners);
        for (const turn of turns) {
          const stripeOf = new Int32Array(rows + 1).fill(-1);
          turn.forEach(({ first, last }, stripe) => {
            for (const row of vertices.subarray(first * corners, last * corners)) {
              if (stripeOf[row] !== -1 && stripeOf[row] !== stripe)
                throw new Error(`stripes ${stripeOf[row]} and ${stripe} share vertex ${row}`);
              stripeOf[row] = stripe;
            }
          });
        }
      }
    }
  });
});

test('an image too narrow for four stripes is done in one turn', () => {
  expect(turnsOf({ width: 350, height: 40 }, 50)).toEqual([[{ first: 0, last: 14_000 }]]);
  expect(turnsOf({ width: 640, height: 10 }, 400)).toEqual([[{ first: 0, last: 6400 }]]);
});

test('columns come in whole strips, bands as long as asked', () => {
  expect(columnsOf(100, 3)).toEqual([
    { first: 0, last: 32 },
    { first: 32, last: 64 },
    { first: 64, last: 100 },
  ]);
  expect(columnsOf(40, 8).map(({ last }) => last)).toEqual([32, 40]);
  expect(columnsOf(640, 2, 0.2).map(({ last }) => last)).toEqual([256, 640]);
  expect(bandsOf({ first: 5, last: 12 }, 4)).toEqual([
    { first: 5, last: 9 },
    { first: 9, last: 12 },
  ]);
});
