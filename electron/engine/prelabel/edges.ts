// The click model that redraws the edges of things: which one, what it is asked for, and what is kept
// of its answers with the run.
import type { RunEdges } from '../../api/clicks/edges.ts';
import { AppError } from '../../api/errors.ts';
import type { ClassMask, RefineOptions } from '../../link/facts.ts';
import { measureMask } from '../../masks/runs/measure.ts';
import type { EngineContext } from '../context.ts';
import { choiceOf, clickPackOf, clickPacks, type KnownPack } from '../packs/packs.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import type { Refine, ResolvedParams } from '../order/order.ts';

/** Null where edges are left alone. Throws PACK_UNKNOWN naming what is missing. */
export async function edgePack(
  context: Pick<EngineContext, 'host' | 'settings'>,
  refine: Refine | undefined,
): Promise<KnownPack | null> {
  if (refine === undefined) return null;
  const packs = await clickPacks(context);
  if (packs.length === 0)
    throw new AppError(
      'PACK_UNKNOWN',
      'Crisp edges need a click model, and none is installed. Get SlimSAM-77 (39 MB) in Models, or with "salience pack add slimsam-uniform-77".',
      { data: { id: '' } },
    );
  if (refine === 'sam') return clickPackOf(context);
  const id = refine.slice('sam:'.length);
  const pack = packs.find((one) => one.id === id);
  if (pack) return pack;
  throw new AppError(
    'PACK_UNKNOWN',
    `The click model ${id} is not installed; ${packs.map((one) => one.id).join(', ')} can draw edges here.`,
    { data: { id } },
  );
}

/** Things have edges that a click model knows; of stuff it may move the outline, where that is asked for. */
export function refineOptions(
  context: EngineContext,
  project: Project,
  pack: KnownPack,
  { hash: imageHash, stuffEdges }: { readonly hash: string } & Pick<ResolvedParams, 'stuffEdges'>,
): RefineOptions {
  const idsOf = (wanted: 'thing' | 'stuff') =>
    listCategories(project.store).flatMap(({ id, kind }) => (kind === wanted ? [id] : []));
  const outlines = stuffEdges ? idsOf('stuff') : [];
  const classes = [...idsOf('thing'), ...outlines];
  return { pack: choiceOf(context, pack), imageHash, classes, outlines };
}

/** What is kept with the run. */
export function edgesOf(masks: readonly ClassMask[], { id, name }: KnownPack): RunEdges {
  return {
    packId: id,
    packName: name,
    masks: masks.flatMap(({ categoryId, mask, edges, apart }) =>
      edges
        ? [
            {
              categoryId,
              box: measureMask(mask).box,
              parts: edges,
              ...(apart === undefined ? {} : { apart }),
            },
          ]
        : [],
    ),
  };
}
