// One image of a run set through the model. All it needs is the link: no project, no database.
import type { CategoryId } from '../../api/types.ts';
import type { PromptClass } from '../../api/run.ts';
import type { InferenceLink } from '../../engine/inferenceLink/link.ts';
import type { ResolvedParams } from '../../engine/prelabel/params.ts';
import { effectiveThresholds } from '../../engine/prelabel/prelabel.ts';
import type { MaskOptions, PackChoice } from '../../link/facts.ts';
import type { RequestClass } from './request.ts';
import type { FoundMasks } from './record.ts';

/** A request made ready for one worker. */
export interface Order {
  readonly pack: PackChoice;
  readonly params: ResolvedParams;
  readonly classes: readonly PromptClass[];
  readonly mask: MaskOptions;
}

/** Classes as the model is asked for them, with what cuts each. */
export function orderOf(
  classes: readonly RequestClass[],
  { pack, params }: Pick<Order, 'pack' | 'params'>,
): Order {
  const asked = classes.map(({ id, name, prompt, synonyms }): PromptClass => ({
    ...{ categoryId: id as CategoryId, name, prompt, synonyms, threshold: null },
  }));
  const kinds = classes.map(({ id, kind }) => ({ id: id as CategoryId, kind }));
  const thresholds = effectiveThresholds(kinds, asked, {}, params.masks);
  const things = kinds.filter(({ kind }) => kind === 'thing').map(({ id }) => id);
  return {
    pack,
    params,
    classes: asked,
    mask: {
      params: params.masks,
      thresholds: Object.fromEntries(thresholds),
      draft: false,
      instances: params.instances ? things : [],
    },
  };
}

/** The model's masks of one file. `runFile` is where the run may be put; it is the caller's to delete. */
export async function maskImage(
  link: Pick<InferenceLink, 'request'>,
  order: Order,
  { imagePath, runFile }: { readonly imagePath: string; readonly runFile: string },
): Promise<FoundMasks> {
  const how = { priority: 'batch' } as const;
  const { width, height, hash } = await link.request('image.probe', { path: imagePath }, how);
  const { pack, classes, params, mask: options } = order;
  const { facts, masks } = await link.request(
    'prelabel.run',
    {
      ...{ imagePath, pack, classes, options, runFile },
      ...{ engine: params.engine, params: params.explain },
    },
    how,
  );
  return { width, height, hash, masks, facts };
}
