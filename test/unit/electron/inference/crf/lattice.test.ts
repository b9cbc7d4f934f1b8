// The plain permutohedral lattice: simplices, neighbours and what the filter keeps.
import { describe, expect, test } from 'vitest';
import {
  bilateralFeatures,
  gaussianFeatures,
} from '../../../../../electron/inference/crf/features.ts';
import { buildLattice, filterLattice } from '../../../../../electron/inference/crf/lattice.ts';
import { REFERENCE_CRF } from '../../../../../electron/inference/crf/parameters.ts';
import { sceneImage } from '../../../../helpers/fixtures/crfScenes.ts';

const image = sceneImage(31, 19, 20);
const lattices = {
  gaussian: buildLattice(gaussianFeatures(image, REFERENCE_CRF), 2),
  bilateral: buildLattice(bilateralFeatures(image, REFERENCE_CRF), 5),
};

describe.each(Object.entries(lattices))('the %s lattice', (_name, lattice) => {
  const corners = lattice.dimensions + 1;

  test('spreads each pixel over the corners of one simplex, weights 0 to 1 and 1 in sum', () => {
    for (let pixel = 0; pixel < lattice.pixels; pixel++) {
      const weights = lattice.weightOf.subarray(pixel * corners, (pixel + 1) * corners);
      const vertices = lattice.vertexOf.subarray(pixel * corners, (pixel + 1) * corners);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
      expect(weights.every((weight) => weight > -1e-5 && weight < 1 + 1e-5)).toBe(true);
      expect(new Set(vertices).size).toBe(corners);
    }
  });

  test('has every right neighbour’s left neighbour be the vertex itself', () => {
    let linked = 0;
    for (let axis = 0; axis < corners; axis++)
      for (let vertex = 0; vertex < lattice.vertices; vertex++) {
        const right = lattice.neighbours[(axis * lattice.vertices + vertex) * 2 + 1] as number;
        if (right < 0) continue;
        linked++;
        expect(lattice.neighbours[(axis * lattice.vertices + right) * 2]).toBe(vertex);
      }
    expect(linked).toBeGreaterThan(0);
  });

  test('filters linearly, channel by channel', () => {
    const n = lattice.pixels;
    const one = Float32Array.from({ length: n }, (_, at) => Math.sin(at));
    const two = Float32Array.from({ length: n }, (_, at) => (at % 7) / 7);
    const both = new Float32Array(2 * n);
    for (let at = 0; at < n; at++) both.set([one[at] as number, 3 * (two[at] as number)], 2 * at);
    const together = filterLattice(lattice, both, 2);
    const first = filterLattice(lattice, one, 1);
    const second = filterLattice(lattice, two, 1);
    for (let at = 0; at < n; at++) {
      expect(together[2 * at]).toBeCloseTo(first[at] as number, 3);
      expect(together[2 * at + 1]).toBeCloseTo(3 * (second[at] as number), 2);
    }
  });
});

describe('the Gaussian lattice', () => {
  // The lattice's blur is a fan of short kernels: close to the Gaussian in shape, not in every point.
  test('answers an impulse with a bell of the asked width, up to scale', () => {
    const side = 41;
    const size = { width: side, height: side, data: new Uint8Array(side * side * 3) };
    const lattice = buildLattice(gaussianFeatures(size, REFERENCE_CRF), 2);
    const impulse = new Float32Array(side * side);
    const middle = 20 * side + 20;
    impulse[middle] = 1;
    const answer = filterLattice(lattice, impulse, 1);
    let sum = 0;
    let spread = 0;
    answer.forEach((value, at) => {
      sum += value;
      spread += value * ((at % side) - 20) ** 2;
    });
    const deviation = Math.sqrt(spread / sum);
    expect(deviation).toBeGreaterThan(0.85 * 3);
    expect(deviation).toBeLessThan(1.3 * 3);
    const peak = answer.indexOf(Math.max(...answer));
    expect(Math.hypot((peak % side) - 20, Math.floor(peak / side) - 20)).toBeLessThan(3);
  });
});
