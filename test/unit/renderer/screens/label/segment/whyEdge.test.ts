// How an edge was found: the choices of the click model for the clicks of the run, and which of them was taken.
import { expect, it, vi } from 'vitest';
import type { EdgeFinding } from '../../../../../../electron/api/clicks/edges.ts';
import {
  explainsEdge,
  whyEdgeOf,
} from '../../../../../../renderer/src/screens/label/segment/why/whyEdge.svelte.ts';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';

const box = [0, 0, 4, 2] as const;
/** `set` pixels of a hundred, from the first. */
const mask = (set: number) => ({
  width: 10,
  height: 10,
  counts: Uint32Array.of(0, set, 100 - set),
});
const asked = { points: [{ x: 2, y: 1, adds: true }], box };
const refined: EdgeFinding = {
  kind: 'refined',
  agrees: 0.9,
  fit: 0.9,
  steady: 0.9,
  edge: 0.9,
  asked,
};
const kept: EdgeFinding = { kind: 'kept', reason: 'unsure', value: 0.6, limit: 0.7, asked };

function edgeOf(finding: EdgeFinding, clickPack: object | null = { name: 'SlimSAM-77' }) {
  const call = vi.fn((method: string, { candidate }: { candidate?: number }) =>
    Promise.resolve(
      method === 'segment.decode'
        ? {
            mask: mask(40),
            decode: 5,
            choices: [3, 0, 1, 2, 4].map((one) => ({ candidate: one, fit: one / 10, steady: 1 })),
          }
        : { mask: mask(10 * (candidate! + 1)), meets: {} },
    ),
  );
  const annotation = { runId: 'r', categoryId: 1, status: 'proposal', box };
  const run = { runId: 'r', edges: { masks: [{ categoryId: 1, box, parts: [finding] }] } };
  const app = {
    session: { scope: null, clickPack, call },
    document: { run, selected: [annotation], image: { id: 7 } },
  } as unknown as App;
  return { app, call, why: whyEdgeOf(app) };
}

it('asks once for at most four choices, and rings the one that became the mask', async () => {
  const { app, call, why } = edgeOf(refined);
  expect(explainsEdge(app)).toBe(false);
  why.open = true;
  expect(explainsEdge(app)).toBe(true);
  await why.load();
  await why.load();
  expect(call.mock.calls.map(([method]) => method)).toEqual([
    'segment.decode',
    ...Array<string>(3).fill('segment.mask'),
  ]);
  expect(why.choices.map(({ fit }) => fit)).toEqual([0.3, 0, 0.1, 0.2]);
  expect(why.chosen(mask(21))).toBe(2);
  expect(why.chosen(mask(99))).toBe(-1);
  expect(why.steps).toEqual([
    { kind: 'box', box },
    { kind: 'click', x: 2, y: 1, adds: true },
  ]);
});

it('rings none where the edge stayed', async () => {
  const { why } = edgeOf(kept);
  await why.load();
  expect(why.choices).toHaveLength(4);
  expect(why.chosen(mask(40))).toBe(-1);
});

it('says what went wrong, and asks again when it is wanted again', async () => {
  const { call, why } = edgeOf(refined);
  call.mockRejectedValueOnce(new Error('no memory'));
  await why.load();
  expect(why.problem).toEqual(new Error('no memory'));
  await why.load();
  expect([why.problem, why.choices.length]).toEqual([null, 4]);
});

it('asks nothing without a click model', async () => {
  const { call, why } = edgeOf(refined, null);
  await why.load();
  expect(call).not.toHaveBeenCalled();
});
