// CLIP as RNN as an engine: the loop with the thread's models, and what its runs show.
import type { CarParams } from '../../../link/engines/car.ts';
import type { JudgedClass } from '../../../api/run.ts';
import type { CategoryId } from '../../../api/types.ts';
import { throwIfCancelled } from '../../cancel.ts';
import { cleanPrompts, type CleanPrompt } from '../../pipeline/prompts.ts';
import { stopwatch } from '../../pipeline/runOptions.ts';
import type { Explainer } from '../explainer.ts';
import { MAP_PATTERN, filled } from '../texts/patterns.ts';
import { lastRounds, roundChannels, roundMaps } from './channels.ts';
import type { Round } from './loop.ts';
import { loopsOf, type Loop } from './loops.ts';
import { mapImage } from './mapImage.ts';
import { pictureOf } from './judging/openJudge.ts';
import type { RoundsRun } from './roundsRun.ts';
import { runLoop, type LoopResult } from './runLoop.ts';

export const car: Explainer<RoundsRun> = {
  id: 'car',

  async ready({ packs }, { shelves, keep, used }) {
    used(keep(await shelves.judge(packs.explain)));
  },

  async explain({ image, classes: prompts, params: values, packs }, bench) {
    // The engine's table was checked at the border, and it has a row for each of these fields.
    const params = values as CarParams;
    const { classes, warnings } = cleanPrompts(prompts, { joinWords: false });
    const stuff = new Set(prompts.flatMap((one, index) => (one.stuff ? [index] : [])));
    const loops = loopsOf(classes, stuff, params.backgroundWords);
    const { call, keep, shelves } = bench;
    call.progress({ stage: 'Encode', done: 0, total: 1 });
    const clip = keep(await shelves.judge(packs.explain));
    const milliseconds: Record<string, number> = {};
    const timed = stopwatch(milliseconds, () => performance.now());
    const input = mapImage(image, clip.model.info, params.longSide);
    await call.turn();
    const trunk = await timed('encode', () =>
      clip.model.trunk(input.pixels, input.height, input.width),
    );
    const passes: Round[] = [];
    const told: LoopResult[] = [];
    for (const loop of loops) {
      const request = { image, packs, params, classes, loop, clip, trunk, timed };
      const found = await runLoop({ ...request, before: passes.length }, bench);
      told.push(found);
      passes.push(...found.rounds);
    }
    throwIfCancelled(call);
    bench.used(clip);
    const { packHash, provider } = clip.model.info;
    const [{ judge }] = told as [LoopResult];
    return {
      format: 2,
      engine: 'car',
      packHash,
      provider,
      milliseconds,
      params,
      passes,
      background: loops[0]!.background,
      judgeHash: judge.packHash,
      judgeSide: judge.side,
      imageWidth: image.width,
      imageHeight: image.height,
      inputWidth: input.width,
      inputHeight: input.height,
      rows: trunk.rows,
      columns: trunk.columns,
      classes: classes.map((one, index) => classOf(one, index, passes)),
      warnings: [...warnings, ...judge.warnings, ...loops.flatMap(lonelyWarning)],
    };
  },

  classMaps: (run, _params, upTo = run.passes.length) =>
    roundMaps(run, lastRounds(run.passes.slice(0, upTo))),

  passMaps: (run, pass) => roundMaps(run, run.passes.slice(pass, pass + 1)),

  channels: roundChannels,

  evidence: (run) => ({
    kinds: ['rounds'],
    inputSide: Math.max(run.inputWidth, run.inputHeight),
    layers: [],
    heads: [],
    allLayers: 0,
    allHeads: 0,
    caption: filled(MAP_PATTERN, '…'),
    passes: run.passes.map((round, index) => ({
      index,
      weight: 1,
      z: [],
      dropped: [],
      judged: judgedOf(run, round),
      needed: run.params.confidence,
      ...(round.stuff ? { stuff: true } : {}),
    })),
    tokens: run.classes.map(({ words }) => words),
  }),

  wordMap: () => null,

  judgePicture(run, image, classIndex, pass) {
    const round = run.passes[pass];
    const found = round?.maps[round.queries.indexOf(classIndex)];
    if (!found) return null;
    const { rows, columns, params } = run;
    return pictureOf(image, { map: found.map, rows, columns }, params, round.stuff === true);
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

/** What became of a class: the last thing that a judge said of it, and whether it is still there. */
function classOf(
  { id, name, words }: CleanPrompt,
  index: number,
  rounds: readonly Round[],
): RoundsRun['classes'][number] {
  const round = rounds.findLast(({ queries }) => queries.includes(index));
  const at = round?.queries.indexOf(index) ?? -1;
  const match = round?.scores[at]?.[at] ?? null;
  return { id, name, words, match, asked: round?.kept.includes(index) === true };
}

const lonelyWarning = ({ classes, background }: Loop): string[] =>
  classes.length === 1 && background.length === 0
    ? ['one class and no background word: its share cannot change, so its map is empty']
    : [];
