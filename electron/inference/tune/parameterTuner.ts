// Tuning of engines without layers and heads: parameters of their own tables are tried, CLIP judges the masks.
// Settings that differ in what is made from maps alone share a run of the model.
import { LRUCache } from 'lru-cache';
import { throwIfCancelled } from '../cancel.ts';
import { explainerOf, type AnyRun } from '../engines/engines.ts';
import type { Bench } from '../engines/explainer.ts';
import { askedPrompts } from '../pipeline/prompts.ts';
import { createMaskCache } from '../pipeline/planes/maskCache.ts';
import { PipelineError } from '../../link/pipelineError.ts';
import type { PipelineParams } from '../../link/params.ts';
import { withOverrides } from '../../link/paramRanges.ts';
import type { TuneScore, TuneScoreOutput } from '../../link/tuneScores.ts';
import { embeddingInTurn } from '../threads/turns.ts';
import { judgeByClip } from './judges/clipJudge.ts';
import type { JudgedImage } from './judges/judge.ts';
import { gridImage, runGrid } from './maskGrid.ts';
import { rewardsOf } from './scoreSettings.ts';
import { tokenContrast } from './tokenContrast.ts';
import type { TuneScoreTask } from '../tasks.ts';

/** Runs are small beside models: cosines or maps of one image. */
const KEPT_RUNS = 24;

export interface ParameterTuner {
  /** Throws PARAM_INVALID where no CLIP judges. */
  score(input: TuneScoreTask, bench: Bench): Promise<TuneScoreOutput>;
  close(): void;
}

export function createParameterTuner(): ParameterTuner {
  const runs = new LRUCache<string, AnyRun>({ max: KEPT_RUNS });
  return {
    async score(input, bench) {
      const { image, settings, gridSide } = input;
      const photo = gridImage(image, gridSide ?? undefined);
      const cache = createMaskCache();
      const scores: TuneScore[] = [];
      let encodes = 0;
      let judged: JudgedImage | null = null;
      let categoryIds: readonly number[] = [];
      for (const { values = {} } of settings) {
        throwIfCancelled(bench.call);
        const params = withOverrides(input.params, values);
        const key = keyOf(input, params.explain);
        const run = runs.get(key) ?? (encodes++, await explained(input, params, bench));
        runs.set(key, run);
        const classes = run.classes.filter(({ words }) => words.length > 0);
        categoryIds = classes.map(({ id }) => id);
        judged ??= await judgedImage(
          input,
          classes.map(({ name }) => name),
          bench,
        );
        const grid = await runGrid(run, photo, params.masks, cache);
        scores.push({
          ...(await rewardsOf(grid, classes.length, judged, await judged.blank())),
          tokenContrast: tokenContrast(explainerOf(run).classMaps(run, params.masks)),
          grid: gridSide === null ? null : grid,
        });
      }
      return { scores, categoryIds, contrast: [], encodes };
    },
    close: () => runs.clear(),
  };
}

function explained(
  { image, classes, pack, judge }: TuneScoreTask,
  { engine, explain }: PipelineParams<object>,
  bench: Bench,
): Promise<AnyRun> {
  const packs = { explain: pack, ...(judge ? { judge } : {}) };
  const request = { image, classes: askedPrompts(classes), params: explain, packs };
  return explainerOf({ engine }).explain(request, bench);
}

async function judgedImage(
  { clip, image, others }: TuneScoreTask,
  names: readonly string[],
  { shelves, keep, call }: Bench,
): Promise<JudgedImage> {
  if (!clip)
    throw new PipelineError('PARAM_INVALID', 'expected a CLIP as judge of these masks, found none');
  const { model, texts } = keep(await shelves.judge(clip));
  const judge = { model: embeddingInTurn(model, call.turn), texts };
  return judgeByClip(judge, image, { names, others }, () => throwIfCancelled(call));
}

function keyOf({ pack, judge, image, classes, params }: TuneScoreTask, explain: object): string {
  const words = askedPrompts(classes);
  return JSON.stringify([pack.folder, judge?.folder, image.sha256, params.engine, words, explain]);
}
