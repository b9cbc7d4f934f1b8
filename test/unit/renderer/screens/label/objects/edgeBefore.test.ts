// The other edge of a proposal whose edge stayed: asked of the click model with the clicks of the run, on demand.
import { expect, it, vi } from 'vitest';
import type { KeptEdge } from '../../../../../../electron/api/clicks/edges.ts';
import { edgeBeforeOf } from '../../../../../../renderer/src/screens/label/objects/edgeBefore.svelte.ts';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';

const box = [0, 0, 4, 2];
const asked = { points: [{ x: 2, y: 1, adds: true }], box: null };
const kept = { kind: 'kept', reason: 'disagrees', value: 0.38, limit: 0.45, asked } as const;
const mask = { width: 10, height: 10, counts: Uint32Array.of(0, 8, 92) };
const clickModel = { id: 'slimsam-77', name: 'SlimSAM-77' };

function edgeOf(finding: KeptEdge, clickPack: object | null) {
  const call = vi.fn().mockResolvedValue({ mask, choices: [], decode: 1 });
  const annotation = { runId: 'r', categoryId: 1, status: 'proposal', box };
  const run = { runId: 'r', edges: { masks: [{ categoryId: 1, box, parts: [finding] }] } };
  const app = {
    session: { scope: null, clickPack, call },
    document: { run, selected: [annotation], image: { id: 7 } },
  };
  return { call, edge: edgeBeforeOf(app as unknown as App) };
}

it('shows what the click model drew when it is asked for, and hides it again', async () => {
  const { call, edge } = edgeOf(kept, clickModel);
  expect(edge.look).toEqual({ before: [], points: asked.points });
  await edge.toggleRefused();
  expect(call).toHaveBeenCalledExactlyOnceWith(
    'segment.decode',
    expect.objectContaining({ imageId: 7, prompt: asked, start: { kind: 'nothing' } }),
    expect.anything(),
  );
  expect(edge.refused).toEqual(mask);
  expect(edge.look!.before).toEqual([mask]);
  await edge.toggleRefused();
  expect(edge.look!.before).toEqual([]);
  expect(call).toHaveBeenCalledTimes(1);
});

it('offers nothing where clicks are not known or no click model is here', async () => {
  for (const [finding, pack] of [
    [{ ...kept, asked: undefined } as unknown as KeptEdge, clickModel],
    [kept, null],
  ] as const) {
    const { call, edge } = edgeOf(finding, pack);
    expect(edge.kept).toBeNull();
    await edge.toggleRefused();
    expect(call).not.toHaveBeenCalled();
  }
});
