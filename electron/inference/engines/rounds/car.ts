// CLIP as RNN as an engine: the loop with the thread's models, and what its runs show.
import type { CarParams } from '../../../link/engines/car.ts';
import type { JudgedClass } from '../../../api/run.ts';
import type { CategoryId } from '../../../api/types.ts';
import { throwIfCancelled } from '../../cancel.ts';
import { cleanPrompts, type CleanPrompt } from '../../pipeline/prompts.ts';
import { stopwatch } from '../../pipeline/runOptions.ts';
import type { Explainer } from '../explainer.ts';
import { ownBackground } from '../queries.ts';
import { MAP_PATTERN, filled } from '../texts/patterns.ts';
import { wordSourceOf } from '../texts/wordSource.ts';
import { textVectors } from '../texts/words.ts';
import { roundChannels, roundMaps } from './channels.ts';
import { imageMaps } from './imageMaps.ts';
import { runRounds, type Round } from './loop.ts';
import { mapImage } from './mapImage.ts';
import { openJudge, pictureOf } from './judging/openJudge.ts';
import type { RoundsRun } from './roundsRun.ts';

export const car: Explainer<RoundsRun> = {
  id: 'car',

  async explain({ image, classes: prompts, params: values, packs }, bench) {
    // The engine's table was checked at the border, and it has a row for each of these fields.
    const params = values as CarParams;
    const { classes, warnings } = cleanPrompts(prompts, { joinWords: false });
    const { call, keep, shelves } = bench;
    call.progress({ stage: 'Encode', done: 0, total: 1 });
    const clip = keep(await shelves.judge(packs.explain));
    const asked = classes.flatMap(({ words }, index) => (words.length > 0 ? [index] : []));
    const texts = asked.map((index) => textOf(classes[index] as CleanPrompt));
    const background = ownBackground(classes, params.backgroundWords);
    const milliseconds: Record<string, number> = {};
    const timed = stopwatch(milliseconds, () => performance.now());
    const source = wordSourceOf(clip, packs.explain, call);
    const [bare, framed, beside] = await timed('words', async () => [
      await textVectors(source, texts),
      await textVectors(
        source,
        texts.map((text) => filled(MAP_PATTERN, text)),
      ),
      await textVectors(
        source,
        background.map((text) => filled(MAP_PATTERN, text)),
      ),
    ]);
    const input = mapImage(image, clip.model.info, params.longSide);
    await call.turn();
    const trunk = await timed('encode', () =>
      clip.model.trunk(input.pixels, input.height, input.width),
    );
    const found = imageMaps(clip.model, trunk, beside ?? [], params.mapThreshold);
    const judge = await openJudge({ packs, params, texts, image }, bench);
    const vectors = (round: number) => (round === 0 ? bare : framed) as readonly Float32Array[];
    const passes =
      asked.length === 0
        ? []
        : await runRounds(
            asked.length,
            {
              mapOf: (query, queries, round) =>
                timed('explain', async () => {
                  await call.turn();
                  const words = queries.map((one) => vectors(round)[one] as Float32Array);
                  return found.mapOf(queries.indexOf(query), words);
                }),
              scoresOf: (map, queries) =>
                timed('judge', () => judge.scores({ map, ...trunk }, queries)),
            },
            {
              cancelled: call.cancelled,
              confidence: params.confidence,
              always: alwaysOf(params, asked, classes),
              onProgress: (round, query, done, of) =>
                call.progress({ stage: `Round ${round}, ${texts[query]}`, done, total: of }),
            },
          );
    throwIfCancelled(call);
    bench.used(clip);
    const { packHash, provider } = clip.model.info;
    return {
      ...{ format: 2, engine: 'car', packHash, provider, milliseconds, params, background },
      ...{ judgeHash: judge.packHash, judgeSide: judge.side },
      ...{ imageWidth: image.width, imageHeight: image.height },
      ...{ inputWidth: input.width, inputHeight: input.height },
      ...{ rows: trunk.rows, columns: trunk.columns },
      passes: passes.map((round) => withClasses(round, asked)),
      classes: classesOf(classes, asked, passes),
      warnings: [...warnings, ...judge.warnings, ...lonelyWarning(asked, background)],
    };
  },

  classMaps: (run, _params, upTo = run.passes.length) => roundMaps(run, run.passes[upTo - 1]),

  passMaps: (run, pass) => roundMaps(run, run.passes[pass]),

  channels: roundChannels,

  evidence: (run) => ({
    kinds: ['rounds'],
    inputSide: Math.max(run.inputWidth, run.inputHeight),
    ...{ layers: [], heads: [], allLayers: 0, allHeads: 0 },
    caption: filled(MAP_PATTERN, '…'),
    passes: run.passes.map((round, index) => ({
      ...{ index, weight: 1, z: [], dropped: [] },
      judged: judgedOf(run, round),
      needed: run.params.confidence,
    })),
    tokens: run.classes.map(({ words }) => words),
  }),

  wordMap: () => null,

  judgePicture(run, image, classIndex, pass) {
    const round = run.passes[pass];
    const found = round?.maps[round.queries.indexOf(classIndex)];
    if (!found) return null;
    const { rows, columns, params } = run;
    return pictureOf(image, { map: found.map, rows, columns }, params);
  },
};

/** What the judge said in a round, class by class. */
function judgedOf({ classes }: RoundsRun, { queries, scores, kept }: Round): JudgedClass[] {
  const idOf = (index: number) => (classes[index]?.id ?? 0) as CategoryId;
  return queries.map((index, at) => {
    const row = scores[at] as Float64Array;
    const most = row.indexOf(Math.max(...row));
    return {
      categoryId: idOf(index),
      score: row[at] as number,
      kept: kept.includes(index),
      seen: most === at ? null : (classes[queries[most] as number]?.name ?? null),
      seenScore: row[most] as number,
      saw: [...row],
    };
  });
}

/** All words of a class are one text, as published: "person with clothes,people,human". */
const textOf = ({ words }: CleanPrompt): string => words.join(',');

function alwaysOf(
  { always }: CarParams,
  asked: readonly number[],
  classes: readonly CleanPrompt[],
): ReadonlySet<number> {
  const names = new Set(always.map((name) => name.trim().toLowerCase()));
  return new Set(
    asked.flatMap((index, query) =>
      names.has((classes[index] as CleanPrompt).name.toLowerCase()) ? [query] : [],
    ),
  );
}

/** The same round with the run's classes in place of the loop's own numbers. */
function withClasses(round: Round, asked: readonly number[]): Round {
  const classesOfRound = (queries: readonly number[]) =>
    queries.map((query) => asked[query] as number);
  return { ...round, queries: classesOfRound(round.queries), kept: classesOfRound(round.kept) };
}

function classesOf(
  classes: readonly CleanPrompt[],
  asked: readonly number[],
  rounds: readonly Round[],
): RoundsRun['classes'] {
  const last = rounds.at(-1);
  return classes.map(({ id, name, words }, index) => {
    const query = asked.indexOf(index);
    const round = rounds.findLast(({ queries }) => queries.includes(query));
    const at = round?.queries.indexOf(query) ?? -1;
    const match = round?.scores[at]?.[at] ?? null;
    return { id, name, words, match, asked: last?.kept.includes(query) === true };
  });
}

const lonelyWarning = (asked: readonly number[], background: readonly string[]): string[] =>
  asked.length === 1 && background.length === 0
    ? ['one class and no background word: its share cannot change, so its map is empty']
    : [];
