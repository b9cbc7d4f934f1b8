// Classes of an image that CLIP sees: rounds before a judge (CLIP as RNN), whose masks are not used. A choice
// of classes for every method; its runs are kept like others, so that asking again costs nothing.
import type { BatchRequest } from '../../../api/job.ts';
import type { PromptClass } from '../../../api/run.ts';
import type { ImageId } from '../../../api/types.ts';
import { car } from '../../../link/engines/car.ts';
import type { Priority } from '../../../link/protocol.ts';
import type { EngineContext } from '../../context.ts';
import { knowImage } from '../../images/imageFiles.ts';
import { packsFor, type EnginePacks } from '../../packs/enginePacks.ts';
import type { KnownPack } from '../../packs/packs.ts';
import type { Project } from '../../project/project.ts';
import { checkedParams } from '../params.ts';
import { tryMasks } from '../tryMasks.ts';

/** Nobody looks at the masks of a choice. */
const CHEAP = { 'masks.crf': false, 'masks.pamr': false, 'masks.workSide': 64 };

/** The CLIPs that choose. Throws PACK_UNKNOWN where none is installed. */
export const choosingPacks = (
  context: Pick<EngineContext, 'host'>,
  pack: KnownPack,
): Promise<EnginePacks> =>
  packsFor(context, { name: 'The choice of classes by CLIP', needs: car.needs }, pack);

/** `classes` without those that CLIP does not see in the image, where the request leaves the choice to it. */
export async function seenClasses(
  context: EngineContext,
  project: Project,
  asked: {
    readonly request: Pick<BatchRequest, 'auto' | 'params'>;
    readonly imageId: ImageId;
    readonly pack: KnownPack;
    readonly classes: readonly PromptClass[];
  },
  send: { readonly signal: AbortSignal; readonly priority: Priority },
): Promise<readonly PromptClass[]> {
  const { request, classes, imageId, pack } = asked;
  // Rounds drop names by themselves, and of one name nothing can be chosen.
  if (request.auto?.by !== 'clip' || request.params.engine === car.id || classes.length < 2)
    return classes;
  const { explain } = await choosingPacks(context, pack);
  const { path, hash } = await knowImage(project, context.link, imageId, send);
  const { overrides: own } = request.params;
  const overrides = { ...own, 'car.confidence': request.auto.threshold, ...CHEAP };
  const params = checkedParams({ preset: 'pack', engine: car.id, overrides }, explain.parameters);
  const { facts } = await tryMasks(context, project, { path, hash, classes, pack, params }, send);
  const dropped = new Set(
    facts.classes.flatMap(({ categoryId, absent }) => (absent ? [categoryId] : [])),
  );
  return classes.filter(({ categoryId }) => !dropped.has(categoryId));
}
