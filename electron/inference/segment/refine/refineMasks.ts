// Masks of a run with refined edges, put together from both kinds of threads: pixel threads have masks and
// image, the session thread has the click model.
import type { CategoryId } from '../../../api/types.ts';
import type { ClassMask, MaskOptions, RunFacts } from '../../../link/facts.ts';
import type { Refinable } from '../../tasks.ts';
import type { ClickLook } from '../clicks.ts';
import type { ClickThreads } from '../clickService.ts';

interface Made extends Refinable {
  readonly facts: RunFacts;
  readonly masks: readonly ClassMask[];
}

interface RefinePlace {
  readonly path: string;
  readonly options: MaskOptions;
  /** Classes whose masks are wanted; all when left out. */
  readonly only?: readonly CategoryId[] | undefined;
}

/** How the click model wants images; undefined where no edges are to be refined. */
export async function refineLook(
  { refine, draft }: MaskOptions,
  { session }: Pick<ClickThreads, 'session'>,
): Promise<ClickLook | undefined> {
  return refine && !draft ? session('clickLook', keyOf(refine)) : undefined;
}

/** The masks with the edges of the click model where salience agrees; `made` itself without a look. */
export async function withRefinedEdges<M extends Made>(
  made: M,
  { path, options, only }: RefinePlace,
  look: ClickLook | undefined,
  { session, pixels }: ClickThreads,
): Promise<Omit<M, 'scene'>> {
  const { scene, ...rest } = made;
  const { refine, instances } = options;
  if (!scene || !refine || !look) return rest;
  const startMs = performance.now();
  const { masks, facts } = made;
  const split = instances.length > 0;
  const image = await pixels('clickImage', { path, crop: null, square: look });
  const edges = await session('refineParts', { key: keyOf(refine), image, scene, split });
  const refined = await pixels('compose', { path, masks, scene, edges, split });
  const milliseconds = { ...facts.milliseconds, refine: performance.now() - startMs };
  const wanted = refined.filter(({ categoryId }) => only?.includes(categoryId) !== false);
  return { ...rest, masks: wanted, facts: { ...facts, milliseconds } };
}

const keyOf = ({ pack, imageHash }: NonNullable<MaskOptions['refine']>) => ({
  pack,
  imageHash,
  crop: '',
});
