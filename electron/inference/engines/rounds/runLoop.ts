// One loop of a run with the models: words become vectors, a judge is opened for them, rounds go on until nobody
// is dropped.
import type { CarParams } from '../../../link/engines/car.ts';
import type { Trunk } from '../../model.ts';
import type { CleanPrompt } from '../../pipeline/prompts.ts';
import type { Stopwatch } from '../../pipeline/runOptions.ts';
import type { OpenClip } from '../../tune/judges/openClip.ts';
import type { Bench, ExplainRequest } from '../explainer.ts';
import { MAP_PATTERN, filled } from '../texts/patterns.ts';
import { wordSourceOf } from '../texts/wordSource.ts';
import { textVectors } from '../texts/words.ts';
import { imageMaps } from './imageMaps.ts';
import { openJudge, type Judge } from './judging/openJudge.ts';
import { runRounds, type Round } from './loop.ts';
import type { Loop } from './loops.ts';

interface LoopRequest extends Pick<ExplainRequest, 'image' | 'packs'> {
  readonly params: CarParams;
  /** Of the run. */
  readonly classes: readonly CleanPrompt[];
  readonly loop: Loop;
  readonly clip: OpenClip;
  readonly trunk: Trunk;
  readonly timed: Stopwatch;
  /** Rounds of the loops before. */
  readonly before: number;
}

export interface LoopResult {
  /** Their classes are numbered as those of the run. */
  readonly rounds: readonly Round[];
  readonly judge: Pick<Judge, 'packHash' | 'side' | 'warnings'>;
}

export async function runLoop(request: LoopRequest, bench: Bench): Promise<LoopResult> {
  const { image, packs, params, loop, clip, trunk, timed } = request;
  const { call } = bench;
  const { texts, stuff } = loop;
  const [bare, framed, beside] = await timed('words', () => vectorsOf(request, call));
  const found = imageMaps(clip.model, trunk, beside, params.mapThreshold);
  const judge = await openJudge({ packs, params, texts, image, stuff }, bench);
  if (texts.length === 0) return { rounds: [], judge };
  const rounds = await runRounds(
    texts.length,
    {
      mapOf: (query, queries, round) =>
        timed('explain', async () => {
          await call.turn();
          const vectors = round === 0 ? bare : framed;
          const words = queries.map((one) => vectors[one] as Float32Array);
          return found.mapOf(queries.indexOf(query), words);
        }),
      scoresOf: (map, queries) => timed('judge', () => judge.scores({ map, ...trunk }, queries)),
    },
    {
      cancelled: call.cancelled,
      confidence: params.confidence,
      always: alwaysOf(request),
      onProgress(round, query, done, of) {
        const stage = `Round ${request.before + round}, ${texts[query]}`;
        call.progress({ stage, done, total: of });
      },
    },
  );
  return { rounds: rounds.map((round) => withClasses(round, loop)), judge };
}

/** Names as they are, names in the sentence of maps, and the background's words in it. */
async function vectorsOf(
  { clip, packs, loop: { texts, background } }: LoopRequest,
  call: Bench['call'],
): Promise<[Float32Array[], Float32Array[], Float32Array[]]> {
  const source = wordSourceOf(clip, packs.explain, call);
  const inSentence = (words: readonly string[]) => words.map((word) => filled(MAP_PATTERN, word));
  return [
    await textVectors(source, texts),
    await textVectors(source, inSentence(texts)),
    await textVectors(source, inSentence(background)),
  ];
}

/** Queries that are never dropped. */
function alwaysOf({ params, classes, loop }: LoopRequest): ReadonlySet<number> {
  const names = new Set(params.always.map((name) => name.trim().toLowerCase()));
  return new Set(
    loop.classes.flatMap((index, query) =>
      names.has((classes[index] as CleanPrompt).name.toLowerCase()) ? [query] : [],
    ),
  );
}

/** The same round with the run's classes in place of the loop's own numbers. */
function withClasses(round: Round, { classes, stuff }: Loop): Round {
  const ofRun = (queries: readonly number[]) => queries.map((query) => classes[query] as number);
  return {
    ...round,
    queries: ofRun(round.queries),
    kept: ofRun(round.kept),
    ...(stuff ? { stuff } : {}),
  };
}
