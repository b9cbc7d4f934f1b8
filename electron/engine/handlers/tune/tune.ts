// Tuning from the page: what there is to tune with, the search, its masks, and using the winner.
import type { CompareProgress } from '../../../api/compare.ts';
import type { TuneProgress, TuneRequest, TuneResult } from '../../../api/tuning.ts';
import { AppError } from '../../../api/errors.ts';
import { publishChanged } from '../../commits.ts';
import type { Call, EngineContext, HandlerGroup } from '../../context.ts';
import { paramsOf } from '../../opening/opening.ts';
import { packOf } from '../../packs/packs.ts';
import { listCategories } from '../../project/classes/categories.ts';
import { tuneExamples } from '../../tune/examples.ts';
import { installedClip } from '../../tune/method/judges.ts';
import { settingOf, withSetting } from '../../tune/settings.ts';
import { imagesWithTruth, subjectsOf } from '../../tune/subjects.ts';
import type { SubjectSearch } from '../../tune/method/searchSubjects.ts';
import { judgeOf, tunedOf } from '../../tune/method/tuned.ts';
import { imagesWithClasses } from '../../project/classes/categoryUses.ts';

/** Fewer images tell too little. */
const TUNE_IMAGES = 20;

/** Loaded when asked for: readers of published data sets come with it. */
const comparing = () => import('../../benchmark/own/compare.ts');

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
    'tune.run': (request, call) => search(context, request, call),
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
      const { compareSupply } = await comparing();
      return compareSupply(context, context.open.get());
    },
    async 'tune.compare'(request, call) {
      const { signal } = call;
      const onProgress = (progress: CompareProgress) => call.progress(progress);
      const { compareEngines } = await comparing();
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

/** The search over the images of `imageIds` that have class names. */
async function search(
  context: EngineContext,
  { imageIds, judge, parameters, ...request }: TuneRequest,
  call: Call<'tune.run'>,
): Promise<TuneResult> {
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
  const onProgress = (progress: TuneProgress) => call.progress(progress);
  const subjects = await subjectsOf(context, project, chosen, { signal, onProgress });
  const asked: SubjectSearch = {
    ...request,
    tuned,
    judge,
    clip,
    subjects,
    names: listCategories(project.store).map(({ name }) => name),
    parameters: tuned.parameters.filter(({ name }) => parameters.includes(name)),
  };
  const { searchSubjects } = await import('../../tune/method/searchSubjects.ts');
  try {
    return await searchSubjects(context, asked, { signal, onProgress });
  } finally {
    // Kept image vectors are large; a search that goes on encodes them again.
    await context.link.request('tune.end', {}).catch(() => undefined);
  }
}
