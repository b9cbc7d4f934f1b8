// Masks of an image that are only looked at: maps that are kept are used again, and nothing is written
// into the project.
import type { PromptClass } from '../../api/run.ts';
import type { Priority } from '../../link/protocol.ts';
import type { EngineContext } from '../context.ts';
import { FIRST_ENGINE } from '../../link/engines/engines.ts';
import { orderOf, type ResolvedParams } from '../order/order.ts';
import type { Worked } from '../order/work.ts';
import { orderPacks, packsFor } from '../packs/enginePacks.ts';
import { choiceOf, type KnownPack } from '../packs/packs.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { workKept } from './keptMaps.ts';
import { engineOf } from './params.ts';

export interface Tried {
  /** File and its SHA-256. */
  readonly path: string;
  readonly hash: string;
  readonly classes: readonly PromptClass[];
  readonly pack: KnownPack;
  readonly params: ResolvedParams;
}

/** Classes are known to be there: none is left out for a low match, and one threshold is tried on all. */
export async function tryMasks(
  context: EngineContext,
  project: Project,
  { path, hash, classes, pack, params }: Tried,
  send: { readonly signal: AbortSignal; readonly priority?: Priority },
): Promise<Worked> {
  const { engine } = params;
  const explain =
    engine === FIRST_ENGINE ? { ...params.explain, selection: 'all' as const } : params.explain;
  const packs = await packsFor(context, engineOf({ engine }), pack);
  const masks = { ...params.masks, absentBelow: 0 };
  const order = orderOf(
    listCategories(project.store),
    // Thresholds of single classes must not hide the one that is tried.
    {
      classes: classes.map((one) => ({ ...one, threshold: null })),
      thresholds: {},
      draft: false,
      steadiness: false,
    },
    {
      packs: orderPacks(packs, (one) => choiceOf(context, one)),
      params: { ...params, explain, masks, instances: false },
    },
  );
  return workKept(context, order, { path, hash }, send);
}
