// Maps of frames: one question, answers by key, nothing asked for what has no map.
import { expect, test } from 'vitest';
import type { CategoryId, RunId } from '../../../../../../electron/api/types.ts';
import type { MapRequest, RunSummary, ScoreMap } from '../../../../../../electron/api/run.ts';
import { fetchMaps } from '../../../../../../renderer/src/screens/evidence/maps/fetchMaps.ts';
import { filmOf } from '../../../../../../renderer/src/screens/evidence/maps/frames.ts';

const cup = 1 as CategoryId;
const run = {
  runId: 'r' as RunId,
  evidence: ['passes', 'words', 'heads'],
  passes: [{ weight: 1 }],
  classes: [{ categoryId: cup, match: 1 }],
} as unknown as RunSummary;
const asked = { run, params: { preset: 'default', overrides: {} } as const, maxSide: 64 };
const { signal } = new AbortController();
const mapOf = (value: number): ScoreMap => ({
  rows: 1,
  columns: 1,
  values: Uint8Array.of(value),
  maximum: 1,
});

function engine(maps: readonly ScoreMap[]) {
  const questions: { requests: MapRequest[] }[] = [];
  const call = (_method: string, input: unknown) => {
    questions.push(input as { requests: MapRequest[] });
    return Promise.resolve({ maps });
  };
  return { questions, session: { call } as never };
}

test('frames without a map are not asked for and take no place in the answer', async () => {
  const { questions, session } = engine([mapOf(1), mapOf(2), mapOf(3)]);
  const frames = filmOf(run, cup).steps;
  const maps = await fetchMaps(session, asked, [frames[3]!, ...frames.slice(0, 3)], signal);
  expect(questions).toEqual([
    {
      runId: 'r',
      params: asked.params,
      maxSide: 64,
      requests: frames.slice(0, 3).map((frame) => frame.request),
    },
  ]);
  expect([...maps].map(([key, map]) => [key, map.values[0]])).toEqual([
    ['sum', 1],
    ['cut', 2],
    ['blurred', 3],
  ]);
});

test('maps that the run has no more are left out', async () => {
  const { session } = engine([mapOf(1)]);
  const maps = await fetchMaps(session, asked, filmOf(run, cup).steps, signal);
  expect([...maps.keys()]).toEqual(['sum']);
});

test('nothing to ask, no question', async () => {
  const { questions, session } = engine([]);
  expect((await fetchMaps(session, asked, [filmOf(run, cup).steps[3]!], signal)).size).toBe(0);
  expect(questions).toEqual([]);
});
