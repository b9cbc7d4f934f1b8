// The loop of CLIP as RNN: maps of the names that are left, a judge who says what it sees in a picture
// of each, names that it does not see dropped, until a round drops nobody.
import { throwIfCancelled, type Stoppable } from '../../cancel.ts';

/** What a round found for one query. */
export interface RoundMap {
  /** Part that the query takes of the image, all texts of the round together 1. */
  readonly share: number;
  /** Scaled gradient map, [rows * columns]. */
  readonly cam: Float32Array;
  /** After boxes and spreading, [rows * columns]. */
  readonly map: Float32Array;
}

export interface Round {
  /** Numbers of the classes that took part, rising. */
  readonly queries: readonly number[];
  readonly maps: readonly RoundMap[];
  /** [queries][queries]: what the judge saw in the picture of the first for the words of the second. */
  readonly scores: readonly Float64Array[];
  /** Numbers of the classes that go on. */
  readonly kept: readonly number[];
  /** No score was high enough, so the best one went on. */
  readonly fallback: boolean;
  /** Of the rounds of stuff, which come behind those of things. */
  readonly stuff?: boolean;
}

export interface RoundQuestions {
  /** The map of `query` among `queries` in a round. */
  mapOf(query: number, queries: readonly number[], round: number): Promise<RoundMap>;
  /** The judge's scores of the picture that `map` makes, for each of `queries`. */
  scoresOf(map: Float32Array, queries: readonly number[]): Promise<Float64Array>;
}

export interface LoopSettings extends Stoppable {
  /** A name stays while its own score is above. */
  readonly confidence: number;
  /** Numbers of classes that are never dropped. */
  readonly always?: ReadonlySet<number>;
  /** `done` of `of` queries have their map or score in a round, which counts from 1. */
  readonly onProgress?: (round: number, query: number, done: number, of: number) => void;
}

/** All rounds, the last one being that which drops nobody. `classes` must be above 0. */
export async function runRounds(
  classes: number,
  questions: RoundQuestions,
  settings: LoopSettings,
): Promise<Round[]> {
  const rounds: Round[] = [];
  let queries: readonly number[] = Array.from({ length: classes }, (_, query) => query);
  for (;;) {
    const number = rounds.length;
    const maps = await roundMaps(queries, number, questions, settings);
    const before = rounds.at(-1);
    const standing = before && maps.every(isNothing) ? ownMaps(before, queries) : maps;
    const scores = await roundScores(standing, queries, number, { questions, settings });
    const { kept, fallback } = keptOf(queries, scores, settings);
    rounds.push({ queries, maps: standing, scores, kept, fallback });
    if (number > 0 && kept.length === queries.length) return rounds;
    queries = kept;
  }
}

async function roundMaps(
  queries: readonly number[],
  round: number,
  questions: RoundQuestions,
  settings: LoopSettings,
): Promise<RoundMap[]> {
  const maps: RoundMap[] = [];
  for (const query of queries) {
    throwIfCancelled(settings);
    maps.push(await questions.mapOf(query, queries, round));
    settings.onProgress?.(round + 1, query, maps.length, 2 * queries.length);
  }
  return maps;
}

async function roundScores(
  maps: readonly RoundMap[],
  queries: readonly number[],
  round: number,
  { questions, settings }: { questions: RoundQuestions; settings: LoopSettings },
): Promise<Float64Array[]> {
  const scores: Float64Array[] = [];
  for (const [at, query] of queries.entries()) {
    throwIfCancelled(settings);
    scores.push(await questions.scoresOf((maps[at] as RoundMap).map, queries));
    settings.onProgress?.(round + 1, query, queries.length + scores.length, 2 * queries.length);
  }
  return scores;
}

const isNothing = ({ map }: RoundMap): boolean => !map.some((value) => value > 0);

/** What each of `queries` had in the round before. */
function ownMaps(before: Round, queries: readonly number[]): RoundMap[] {
  return queries.map((query) => before.maps[before.queries.indexOf(query)] as RoundMap);
}

function keptOf(
  queries: readonly number[],
  scores: readonly Float64Array[],
  { confidence, always }: LoopSettings,
): Pick<Round, 'kept' | 'fallback'> {
  const own = scores.map((row, at) => row[at] as number);
  const kept = queries.filter(
    (query, at) => (own[at] as number) > confidence || always?.has(query) === true,
  );
  if (kept.length > 0) return { kept, fallback: false };
  const best = own.indexOf(Math.max(...own));
  return { kept: [queries[best] as number], fallback: true };
}
