// Tuning from the page: what there is to tune with, the search, its masks, and using the winner.
import type { CompareProgress } from '../../api/compare.ts';
import { AppError } from '../../api/errors.ts';
import { compareEngines, compareSupply } from '../benchmark/own/compare.ts';
import { publishChanged } from '../commits.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import { paramsOf } from '../opening/opening.ts';
import { choiceOf, packOf } from '../packs/packs.ts';
import { matchingParams } from '../prelabel/params.ts';
import { listCategories } from '../project/classes/categories.ts';
import { createEvaluator, type TuneSubject } from '../tune/evaluator.ts';
import { tuneExamples } from '../tune/examples.ts';
import { clipFor, installedClip } from '../tune/judges.ts';
import { runTuning } from '../tune/runTuning.ts';
import { modelSize, settingOf, withSetting } from '../tune/settings.ts';
import { imagesWithTruth, subjectOf } from '../tune/subjects.ts';
import { imagesWithClasses } from '../project/classes/categoryUses.ts';

/** Fewer images tell too little. */
const TUNE_IMAGES = 20;

export function tuneHandlers(context: EngineContext): HandlerGroup<'tune'> {
  return {
    async 'tune.supply'() {
      const project = context.open.get();
      const pack = await packOf(context, project);
      const imageIds = imagesWithClasses(project.store);
      const clip = await installedClip(context);
      return {
        imageIds,
        withTruth: imagesWithTruth(project, imageIds).length,
        needed: TUNE_IMAGES,
        clip: clip?.name ?? null,
        pack: pack.name,
        ...(await modelSize(pack.folder)),
        inUse: settingOf(matchingParams(paramsOf(project), pack.parameters)),
      };
    },
    async 'tune.run'({ imageIds, strategy, evaluations, judge, seed, axes }, call) {
      const project = context.open.get();
      const pack = await packOf(context, project);
      const clip = await clipFor(context, judge);
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
      const params = matchingParams(paramsOf(project), pack.parameters);
      const evaluator = createEvaluator(context, {
        subjects,
        pack: choiceOf(context, pack),
        packHash: pack.packHash,
        clip: clip && choiceOf(context, clip),
        clipHash: clip?.packHash ?? null,
        params: { engine: params.engine, explain: params.explain, masks: params.masks },
        names: listCategories(project.store).map(({ name }) => name),
      });
      try {
        const outcome = await runTuning(
          {
            evaluator,
            model: await modelSize(pack.folder),
            inUse: settingOf(params),
            axes,
            strategy,
            evaluations,
            seed,
            images: subjects.length,
          },
          { signal, onProgress: (progress) => call.progress(progress) },
        );
        return {
          ...outcome,
          judge,
          judgeName: clip?.name ?? pack.name,
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
      matchingParams(params, pack.parameters);
      project.setMeta('params', JSON.stringify(params));
      publishChanged(context, project);
      return { params, previous };
    },
  };
}
