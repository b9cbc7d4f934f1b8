// The models of a run opened before it is asked for, and the image read with them: what the first run after a start
// waits for happens while a person types what to look for.
import type { PrelabelParams } from '../../../api/run.ts';
import type { ImageId } from '../../../api/types.ts';
import type { EngineContext } from '../../context.ts';
import { knowImage } from '../../images/imageFiles.ts';
import type { RequestOptions } from '../../inferenceLink/link.ts';
import { orderPacks, packsFor } from '../../packs/enginePacks.ts';
import { choiceOf, packOf } from '../../packs/packs.ts';
import type { Project } from '../../project/project.ts';
import { checkedParams, engineOf } from '../params.ts';

/** Where memory is short nothing is opened that may never be used. */
export async function makeReady(
  context: EngineContext,
  project: Project,
  { imageId, params }: { readonly imageId: ImageId; readonly params: PrelabelParams },
  send: RequestOptions,
): Promise<void> {
  if (context.settings.value().lowMemory) return;
  const packs = await packsFor(context, engineOf(params), await packOf(context, project));
  const { engine, explain } = checkedParams(params, packs.explain.parameters);
  const { path: imagePath } = await knowImage(project, context.link, imageId, send);
  const { explain: pack, judge } = orderPacks(packs, (one) => choiceOf(context, one));
  await context.link.request(
    'prelabel.ready',
    { imagePath, engine, pack, ...(judge ? { judge } : {}), params: explain },
    send,
  );
}
