// Questions about a run: the newest counts, a move of a slider gives up the slow edges.
import { expect, test } from 'vitest';
import type { CategoryId, RunId } from '../../../../../../electron/api/types.ts';
import { filmOf } from '../../../../../../renderer/src/screens/evidence/maps/frames.ts';
import {
  MapLoader,
  type Wanted,
} from '../../../../../../renderer/src/screens/evidence/maps/mapLoader.ts';
import type { RunSummary } from '../../../../../../electron/api/run.ts';
import type { MapRequest } from '../../../../../../electron/api/run.ts';
import type { ScoreMap } from '../../../../../../electron/api/run.ts';

const cup = 1 as CategoryId;
const run = {
  runId: 'r' as RunId,
  evidence: ['passes'],
  passes: [{}, {}],
  classes: [],
} as unknown as RunSummary;
const wanted: Wanted = {
  near: filmOf(run, cup).steps,
  far: [],
  tokens: 1,
  otherId: null,
  side: 640,
  farSide: 320,
};
const asked = (threshold: number, isDraft: boolean) => ({
  run,
  categoryId: cup,
  params: { preset: 'default' as const, overrides: {} },
  thresholds: { [cup]: threshold },
  isDraft,
});

interface Question {
  readonly input: {
    draft: boolean;
    requests: MapRequest[];
    thresholds: { [id: number]: number };
  };
  readonly signal: AbortSignal;
  answer(): void;
}

function engine() {
  const questions: Question[] = [];
  const call = (_method: string, input: unknown, options: { signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      const question = input as Question['input'];
      options.signal.addEventListener('abort', () => reject(new Error('cancelled')));
      const map = (_: MapRequest, i: number): ScoreMap => ({
        rows: 1,
        columns: 1,
        values: Uint8Array.of(i),
        maximum: 1,
      });
      questions.push({
        input: question,
        signal: options.signal,
        answer: () => resolve({ run, proposals: [], maps: question.requests.map(map) }),
      });
    });
  return { questions, loader: new MapLoader({ call } as never) };
}

const turn = () => new Promise((done) => setTimeout(done, 0));

test('maps come back under the names of their frames, word pieces apart', async () => {
  const { questions, loader } = engine();
  const found = loader.ask(asked(0.1, false), wanted);
  questions[0]!.answer();
  const { maps, tokens, milliseconds } = (await found)!;
  expect(milliseconds).toBeGreaterThanOrEqual(0);
  expect(milliseconds).toBeLessThan(60_000);
  expect([...maps].map(([key, map]) => [key, map.values[0]])).toEqual([
    ['sum', 0],
    ['cut', 1],
    ['blurred', 2],
  ]);
  expect(tokens.map((map) => map.values[0])).toEqual([3]);
});

test('while a draft runs only the newest of the waiting questions is kept', async () => {
  const { questions, loader } = engine();
  const first = loader.ask(asked(0.1, true), wanted);
  const second = loader.ask(asked(0.2, true), wanted);
  const third = loader.ask(asked(0.3, true), wanted);
  expect(questions).toHaveLength(1);
  questions[0]!.answer();
  expect(await first).not.toBeNull();
  expect(await second).toBeNull();
  await turn();
  questions[1]!.answer();
  expect(await third).not.toBeNull();
  expect(questions.map(({ input }) => input.thresholds[cup])).toEqual([0.1, 0.3]);
});

test('a move gives up the edges that are under way', async () => {
  const { questions, loader } = engine();
  const edges = loader.ask(asked(0.1, false), wanted);
  const draft = loader.ask(asked(0.2, true), wanted);
  expect(questions[0]!.signal.aborted).toBe(true);
  expect(await edges).toBeNull();
  await turn();
  questions[1]!.answer();
  expect((await draft)?.maps.size).toBe(3);
});

test('a failure is told to whoever asked, and the next question is answered', async () => {
  let calls = 0;
  const call = () => {
    calls += 1;
    return calls === 1
      ? Promise.reject(new Error('gone'))
      : Promise.resolve({ run, proposals: [], maps: [] });
  };
  const loader = new MapLoader({ call } as never);
  await expect(loader.ask(asked(0.1, false), wanted)).rejects.toThrow('gone');
  await turn();
  expect(await loader.ask(asked(0.1, false), wanted)).not.toBeNull();
});
