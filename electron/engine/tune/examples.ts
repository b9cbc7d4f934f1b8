// Masks of a try on a few images, made by the whole pipeline. Nothing is written into the project.
import type { ImageId } from '../../api/types.ts';
import type { TuneExample, TuneSetting } from '../../api/tuning.ts';
import type { EngineContext } from '../context.ts';
import { mediaUrl } from '../media/mediaUrl.ts';
import type { KnownPack } from '../packs/packs.ts';
import { packsFor } from '../packs/enginePacks.ts';
import { checkedParams, engineOf } from '../prelabel/params.ts';
import { tryMasks } from '../prelabel/tryMasks.ts';
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
  const wanted = withSetting(request.params, request.setting);
  const { explain } = await packsFor(context, engineOf(wanted), pack);
  const params = checkedParams(wanted, explain.parameters);
  const examples: TuneExample[] = [];
  for (const imageId of request.imageIds) {
    const subject = await subjectOf(context, project, imageId, signal);
    const { masks } = await tryMasks(context, project, { ...subject, pack, params }, { signal });
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
