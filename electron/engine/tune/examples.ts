// Masks of a try on a few images, made by the whole pipeline. Nothing is written into the project.
import type { ImageId } from '../../api/types.ts';
import type { TuneExample, TuneSetting } from '../../api/tuning.ts';
import type { EngineContext } from '../context.ts';
import { mediaUrl } from '../media/mediaUrl.ts';
import { choiceOf, type KnownPack } from '../packs/packs.ts';
import { checkedParams } from '../prelabel/params.ts';
import { effectiveThresholds, maskOptions, RUN_EXTENSION, runKey } from '../prelabel/prelabel.ts';
import { listCategories } from '../project/classes/categories.ts';
import { imageRecord } from '../project/images/images.ts';
import type { Project } from '../project/project.ts';
import { withSetting } from './settings.ts';
import { subjectOf } from './subjects.ts';
import type { PrelabelParams } from '../../api/run.ts';

/** One example per image, in order. */
export async function tuneExamples(
  context: EngineContext,
  project: Project,
  request: {
    readonly imageIds: readonly ImageId[];
    readonly setting: TuneSetting;
    readonly pack: KnownPack;
    readonly params: PrelabelParams;
  },
  signal: AbortSignal,
): Promise<TuneExample[]> {
  const { pack } = request;
  const params = checkedParams(withSetting(request.params, request.setting), pack.parameters);
  const explain = { ...params.explain, selection: 'all' as const };
  const categories = listCategories(project.store);
  const examples: TuneExample[] = [];
  for (const imageId of request.imageIds) {
    const { path, hash, classes } = await subjectOf(context, project, imageId, signal);
    const key = runKey(hash, pack.packHash, classes, explain);
    // One threshold is being tried: those of single classes must not hide it.
    const thresholds = effectiveThresholds(
      categories,
      classes.map((one) => ({ ...one, threshold: null })),
      {},
      params.masks,
    );
    const options = maskOptions(project, { ...params.masks, absentBelow: 0 }, thresholds, {
      draft: false,
      instances: false,
    });
    const known = await context.cache.find(key, RUN_EXTENSION);
    const runFile = known ?? context.cache.pathOf(key, RUN_EXTENSION);
    const { masks } = known
      ? await context.link.request(
          'prelabel.reapply',
          { imagePath: path, runFile, options },
          { signal },
        )
      : await context.link.request(
          'prelabel.run',
          {
            imagePath: path,
            pack: choiceOf(context, pack),
            classes,
            params: explain,
            options,
            runFile,
          },
          { signal },
        );
    if (!known) await context.cache.added(runFile);
    const { name, width, height } = imageRecord(project.store, imageId);
    examples.push({
      imageId,
      name,
      url: mediaUrl(context, 'scaled', imageId),
      width,
      height,
      masks: masks.map(({ categoryId, mask }) => ({ categoryId, mask })),
    });
  }
  return examples;
}
