// Rounds of names: who stays, who is dropped, and when it ends.
import { describe, expect, it } from 'vitest';
import {
  runRounds,
  type RoundQuestions,
} from '../../../../../../electron/inference/engines/rounds/loop.ts';

/** The map of a query is its number everywhere, in the rounds in which it shows anything. */
function questions(
  scores: (query: number, queries: readonly number[], round: number) => number,
  isSeen: (query: number, round: number) => boolean = () => true,
) {
  let now = 0;
  const asked: string[] = [];
  const made: RoundQuestions = {
    mapOf(query, queries, round) {
      now = round;
      asked.push(`${round}: ${query} of ${queries.join()}`);
      const value = isSeen(query, round) ? query + 1 : 0;
      return Promise.resolve({
        share: 1,
        cam: new Float32Array(2),
        map: Float32Array.of(0, value),
      });
    },
    scoresOf: (map, queries) =>
      Promise.resolve(Float64Array.from(queries, (query) => scores(map[1]! - 1, [query], now))),
  };
  return { made, asked };
}
const own =
  (table: Record<number, number>) =>
  (of: number, [query]: readonly number[]) =>
    of === query ? table[query]! : 0;

describe('rounds', () => {
  it('drop names whose own score is not above the confidence, until nobody is dropped', async () => {
    const { made, asked } = questions(own({ 0: 0.9, 1: 0.5, 2: 0.6 }));
    const rounds = await runRounds(3, made, { confidence: 0.5 });
    expect(rounds.map(({ queries, kept, fallback }) => ({ queries, kept, fallback }))).toEqual([
      { queries: [0, 1, 2], kept: [0, 2], fallback: false },
      { queries: [0, 2], kept: [0, 2], fallback: false },
    ]);
    expect(asked).toEqual([
      ...['0: 0 of 0,1,2', '0: 1 of 0,1,2', '0: 2 of 0,1,2', '1: 0 of 0,2', '1: 2 of 0,2'],
    ]);
    expect(rounds[0]!.scores.map((row) => [...row])).toEqual([
      [0.9, 0, 0],
      [0, 0.5, 0],
      [0, 0, 0.6],
    ]);
  });

  it('are two at least, even where the first drops nobody', async () => {
    const { made } = questions(own({ 0: 0.9 }));
    expect(await runRounds(1, made, { confidence: 0.5 })).toHaveLength(2);
  });

  it('keep the best where no score is high enough, the first of equal ones', async () => {
    const { made } = questions(own({ 0: 0.1, 1: 0.3, 2: 0.3 }));
    const rounds = await runRounds(3, made, { confidence: 0.5 });
    expect(rounds.map(({ kept, fallback }) => [kept, fallback])).toEqual([
      [[1], true],
      [[1], true],
    ]);
  });

  it('never drop names that always stay', async () => {
    const { made } = questions(own({ 0: 0.1, 1: 0.3, 2: 0.9 }));
    const rounds = await runRounds(3, made, { confidence: 0.5, always: new Set([0]) });
    expect(rounds.at(-1)).toMatchObject({ queries: [0, 2], kept: [0, 2], fallback: false });
  });

  it('go by the maps of the round before where a round shows nothing at all', async () => {
    const { made } = questions(own({ 0: 0.9, 1: 0.1, 2: 0.9 }), (_, round) => round === 0);
    const rounds = await runRounds(3, made, { confidence: 0.5 });
    expect(rounds[1]!.maps).toEqual([rounds[0]!.maps[0], rounds[0]!.maps[2]]);
    const some = questions(
      own({ 0: 0.9, 1: 0.1, 2: 0.9 }),
      (query, round) => round === 0 || query === 2,
    );
    const kept = await runRounds(3, some.made, { confidence: 0.5 });
    expect([...kept[1]!.maps[0]!.map]).toEqual([0, 0]);
    // Of the first round there is none before.
    const never = questions(own({ 0: 0.9 }), () => false);
    expect([...(await runRounds(1, never.made, { confidence: 0.5 }))[0]!.maps[0]!.map]).toEqual([
      0, 0,
    ]);
  });

  it('say how far they are, and stop where they are told to', async () => {
    const { made } = questions(own({ 0: 0.9, 1: 0.1 }));
    const said: number[][] = [];
    await runRounds(2, made, {
      confidence: 0.5,
      onProgress: (...progress) => void said.push(progress),
    });
    expect(said).toEqual([
      ...[
        [1, 0, 1, 4],
        [1, 1, 2, 4],
        [1, 0, 3, 4],
        [1, 1, 4, 4],
      ],
      ...[
        [2, 0, 1, 2],
        [2, 0, 2, 2],
      ],
    ]);
    for (const after of [0, 1, 2, 3]) {
      let left = after;
      const stopped = runRounds(2, made, { confidence: 0.5, cancelled: () => left-- <= 0 });
      await expect(stopped).rejects.toThrow(/cancelled/);
    }
  });
});
