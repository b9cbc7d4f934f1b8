// Tuning from the page: what there is to tune with, the search, its masks, and using the winner.
import type { CompareProgress } from '../../../api/compare.ts';
import { AppError } from '../../../api/errors.ts';
import { compareEngines, compareSupply } from '../../benchmark/own/compare.ts';
import { publishChanged } from '../../commits.ts';
import type { EngineContext, HandlerGroup } from '../../context.ts';
import { learn } from '../../learn/learn.ts';
import { learnState, withLearned } from '../../learn/stored.ts';
import { paramsOf } from '../../opening/opening.ts';
import { packOf } from '../../packs/packs.ts';
import { listCategories } from '../../project/classes/categories.ts';
import { createEvaluator, type TuneSubject } from '../../tune/evaluator.ts';
import { tuneExamples } from '../../tune/examples.ts';
import { installedClip } from '../../tune/method/judges.ts';
import { runTuning } from '../../tune/runTuning.ts';
import { settingOf, withSetting } from '../../tune/settings.ts';
import { imagesWithTruth, subjectOf } from '../../tune/subjects.ts';
import { evaluatorPacks, judgeOf, tunedOf } from '../../tune/method/tuned.ts';
import { imagesWithClasses } from '../../project/classes/categoryUses.ts';

/** Fewer images tell too little. */
const TUNE_IMAGES = 20;

export function tuneHandlers(context: EngineContext): HandlerGroup<'tune'> {
  return {
    async 'tune.supply'() {
      const project = context.open.get();
      const tuned = await tunedOf(context, await packOf(context, project), paramsOf(project));
      const imageIds = imagesWithClasses(project.store);
      const clip = await installedClip(context);
      return {
        imageIds,
        withTruth: imagesWithTruth(project, imageIds).length,
        needed: TUNE_IMAGES,
        clip: clip?.name ?? null,
        pack: tuned.packs.explain.name,
        engine: tuned.name,
        ...tuned.model,
        parameters: tuned.parameters,
        inUse: settingOf(tuned.params),
      };
    },
    async 'tune.run'({ imageIds, judge, parameters, ...search }, call) {
      const project = context.open.get();
      const tuned = await tunedOf(context, await packOf(context, project), paramsOf(project));
      const clip = await judgeOf(context, judge, tuned);
      const named = new Set(imagesWithClasses(project.store));
      const chosen = imageIds.filter((id) => named.has(id));
      if (chosen.length < TUNE_IMAGES)
        throw new AppError(
          'BAD_REQUEST',
          `Tuning needs ${TUNE_IMAGES} images with class names; ${chosen.length} were given.`,
        );
      const { signal } = call;
      const subjects: TuneSubject[] = [];
      for (const [done, id] of chosen.entries()) {
        call.progress({ stage: 'Read images', done, total: chosen.length, evaluation: null });
        subjects.push(await subjectOf(context, project, id, signal));
      }
      const evaluator = createEvaluator(context, {
        subjects,
        ...evaluatorPacks(context, tuned, clip),
        names: listCategories(project.store).map(({ name }) => name),
      });
      try {
        const outcome = await runTuning(
          {
            ...search,
            evaluator,
            model: tuned.model,
            inUse: settingOf(tuned.params),
            parameters: tuned.parameters.filter(({ name }) => parameters.includes(name)),
            images: subjects.length,
          },
          { signal, onProgress: (progress) => call.progress(progress) },
        );
        return {
          ...outcome,
          judge,
          judgeName: clip?.name ?? tuned.packs.explain.name,
          withTruth: subjects.filter(({ truth }) => truth !== null).length,
        };
      } finally {
        // Kept image vectors are large; a search that goes on encodes them again.
        await context.link.request('tune.end', {}).catch(() => undefined);
      }
    },
    async 'tune.examples'({ imageIds, setting }, call) {
      const project = context.open.get();
      const pack = await packOf(context, project);
      const { signal } = call;
      const request = { imageIds, setting, pack, params: paramsOf(project) };
      return {
        examples: await context.open
          .jobs()
          .interactive(() => tuneExamples(context, project, request, signal)),
      };
    },
    async 'tune.choices'() {
      return compareSupply(context, context.open.get());
    },
    async 'tune.compare'(request, call) {
      const { signal } = call;
      const onProgress = (progress: CompareProgress) => call.progress(progress);
      const rows = await compareEngines(context, context.open.get(), request, {
        signal,
        onProgress,
      });
      return { rows };
    },
    async 'tune.apply'({ setting }) {
      const project = context.open.writable();
      const pack = await packOf(context, project);
      const previous = paramsOf(project);
      const params = withSetting(previous, setting);
      // Refuses what the method does not take.
      await tunedOf(context, pack, params);
      project.setMeta('params', JSON.stringify(params));
      publishChanged(context, project);
      return { params, previous };
    },
  };
}

/** Looks of classes learned from accepted masks: what there is, measuring it, using it. */
export function learnHandlers(context: EngineContext): HandlerGroup<'learn'> {
  return {
    'learn.state': () => {
      const project = context.open.get();
      return Promise.resolve(learnState(project, paramsOf(project)));
    },
    async 'learn.run'(_input, call) {
      const project = context.open.writable();
      const params = paramsOf(project);
      await learn(context, project, params, {
        signal: call.signal,
        onProgress: (progress) => call.progress(progress),
      });
      return learnState(project, params);
    },
    async 'learn.use'({ use }) {
      const project = context.open.writable();
      const previous = paramsOf(project);
      const params = await withLearned(context, project, previous, use);
      project.setMeta('params', JSON.stringify(params));
      publishChanged(context, project);
      return { params, previous };
    },
  };
}
