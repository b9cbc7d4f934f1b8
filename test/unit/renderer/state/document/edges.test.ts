// What is said of an object's edge: only of the very mask that the run found, and of several parts the worst.
import { expect, test } from 'vitest';
import type { EdgeFinding, MaskEdges } from '../../../../../electron/api/clicks/edges.ts';
import type { Box, CategoryId, RunId } from '../../../../../electron/api/types.ts';
import {
  apartFrom,
  countEdges,
  findingsOf,
  keptOf,
  refinedOf,
} from '../../../../../renderer/src/state/document/edges.ts';

const drawn = (edge: number): EdgeFinding => ({
  kind: 'refined',
  agrees: edge,
  fit: 1,
  steady: 1,
  edge,
});
const kept: EdgeFinding = { kind: 'kept', reason: 'size', value: 5, limit: 4 };
const mask = (categoryId: number, box: Box, ...parts: EdgeFinding[]): MaskEdges => ({
  categoryId: categoryId as CategoryId,
  box,
  parts,
});
const run = {
  runId: 'run' as RunId,
  edges: {
    packId: 'tiny',
    packName: 'Tiny',
    masks: [mask(1, [0, 0, 4, 4], drawn(0.9), drawn(0.6)), mask(1, [9, 9, 4, 4], drawn(0.8), kept)],
  },
};
const object = (box: Box, categoryId = 1, runId = 'run') => ({
  box,
  categoryId: categoryId as CategoryId,
  runId: runId as RunId,
});

type Thing = ReturnType<typeof object>;

test('findings are those of the mask of that class in that place, of that run', () => {
  expect(findingsOf(run, object([0, 0, 4, 4]))).toHaveLength(2);
  expect(keptOf(findingsOf(run, object([9, 9, 4, 4])))).toBe(kept);
  // Edited, of another class, of an earlier run, of a run that asked no click model.
  expect(findingsOf(run, object([0, 0, 4, 5]))).toEqual([]);
  expect(findingsOf(run, object([0, 0, 4, 4], 2))).toEqual([]);
  expect(findingsOf(run, object([0, 0, 4, 4], 1, 'before'))).toEqual([]);
  expect(findingsOf({ runId: run.runId }, object([0, 0, 4, 4]))).toEqual([]);
});

test('things that were one part are found together, and nothing else is one of them', () => {
  const place = (x: number, apart?: number): MaskEdges => ({
    ...mask(1, [x, 0, 4, 4], drawn(0.9)),
    ...(apart === undefined ? {} : { apart }),
  });
  const masks = [place(0, 3), place(10, 3), place(20, 5), place(30)];
  const split = { ...run, edges: { ...run.edges, masks } };
  const objects = [0, 10, 20, 30].map((x) => object([x, 0, 4, 4]));
  const [a, b, other, whole] = objects as [Thing, Thing, Thing, Thing];
  expect(apartFrom(split, b, objects)).toEqual([a, b]);
  expect(apartFrom(split, other, objects)).toEqual([other]);
  expect(apartFrom(split, whole, objects)).toEqual([]);
  // One that was drawn over is no longer what the model told apart.
  expect(apartFrom(split, a, [object([0, 0, 5, 4]), b])).toEqual([b]);
});

test('of several edges the least sure is told', () => {
  const findings = findingsOf(run, object([0, 0, 4, 4]));
  expect(keptOf(findings)).toBeNull();
  expect(refinedOf(findings)?.edge).toBe(0.6);
});

test('edges of an image are counted with the one in the middle', () => {
  expect(countEdges(run)).toEqual({ refined: 3, all: 4, median: 0.8 });
  expect(countEdges({})).toBeNull();
  const none = { edges: { ...run.edges, masks: [mask(1, [0, 0, 1, 1], kept)] } };
  expect(countEdges(none)).toEqual({ refined: 0, all: 1, median: null });
});
