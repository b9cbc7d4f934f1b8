// Classes of an image by the filter of CLIP as RNN: its rounds on all names of the data set, with the texts and
// thresholds of its published evaluation, and the names that are left. Maps and judge are CLIPs, whatever
// makes the masks afterwards.
import { createHash } from 'node:crypto';
import { AppError } from '../../../api/errors.ts';
import type { CategoryId, ImageId } from '../../../api/types.ts';
import type { PromptClass } from '../../../api/run.ts';
import { car } from '../../../link/engines/car.ts';
import type { RunFacts } from '../../../link/facts.ts';
import type { EngineContext } from '../../context.ts';
import { throwIfAborted, type Control } from '../../dataset/types.ts';
import { knowImage } from '../../images/imageFiles.ts';
import { hashesOf, packsFor, type EnginePacks } from '../../packs/enginePacks.ts';
import type { KnownPack } from '../../packs/packs.ts';
import type { ResolvedParams } from '../../order/order.ts';
import { checkedParams } from '../../prelabel/params.ts';
import { tryMasks } from '../../prelabel/tryMasks.ts';
import type { Project } from '../../project/project.ts';
import { askedFacts, askingOf, askingOverrides } from '../asked/asked.ts';
import type { SetFacts } from '../set.ts';

export interface ClipFilter {
  readonly packs: EnginePacks;
  readonly params: ResolvedParams;
  readonly classes: readonly PromptClass[];
}

const EXTENSION = '.names';
const FORMAT = 3;
/** Only names are wanted: masks of the rounds are made small and without a CRF. */
const NO_MASKS = { 'masks.crf': false, 'masks.workSide': 64 };

/** `chosen` makes the maps where it is a CLIP. Throws PACK_UNKNOWN where none is installed. */
export async function clipFilter(
  context: EngineContext,
  facts: SetFacts,
  chosen: KnownPack,
  confidence: number | null,
): Promise<ClipFilter> {
  const packs = await packsFor(context, car, chosen);
  const asking = askingOf(facts, car.id);
  const preset = 'reference';
  const overrides = {
    'car.confidence': facts.confidence,
    ...askingOverrides(asking, preset),
    ...NO_MASKS,
    ...(confidence === null ? {} : { 'car.confidence': confidence }),
  };
  return {
    packs,
    params: checkedParams({ preset, engine: car.id, overrides }, packs.explain.parameters),
    classes: askedFacts(facts, asking, true).classes.map(({ label, name, prompt, synonyms }) => ({
      categoryId: label as CategoryId,
      name,
      prompt,
      synonyms,
      threshold: null,
    })),
  };
}

/** How reports call who chose. */
export const judgeName = ({ packs: { explain, judge } }: ClipFilter): string =>
  (judge ?? explain).name;

/** Labels by image name. What was chosen before is kept, so that a stopped choice goes on where it ended. */
export async function clipLabels(
  context: EngineContext,
  project: Project,
  { idOf, filter }: { readonly idOf: ReadonlyMap<string, ImageId>; readonly filter: ClipFilter },
  control: Control & { readonly signal: AbortSignal },
): Promise<Map<string, readonly number[]>> {
  const chosen = new Map<string, readonly number[]>();
  for (const [name, id] of idOf) {
    throwIfAborted(control);
    control.onProgress?.({ stage: 'Choose classes', done: chosen.size, total: idOf.size });
    chosen.set(name, await labelsOfImage(context, project, id, { filter, control }));
  }
  return chosen;
}

async function labelsOfImage(
  context: EngineContext,
  project: Project,
  id: ImageId,
  {
    filter: { packs, params, classes },
    control: { signal },
  }: { readonly filter: ClipFilter; readonly control: { readonly signal: AbortSignal } },
): Promise<readonly number[]> {
  const send = { signal, priority: 'batch' } as const;
  try {
    const { path, hash } = await knowImage(project, context.link, id, send);
    const key = createHash('sha256')
      .update(JSON.stringify([FORMAT, hash, hashesOf(packs), params, classes]))
      .digest('hex');
    const kept = await context.cache.read(key, EXTENSION);
    if (kept) return JSON.parse(Buffer.from(kept).toString('utf8')) as number[];
    const asked = { path, hash, classes, pack: packs.explain, params };
    const labels = survivors((await tryMasks(context, project, asked, send)).facts);
    await context.cache.write(key, EXTENSION, Buffer.from(JSON.stringify(labels)));
    return labels;
  } catch (error) {
    // A torn image fails in its job, with its reason; here it is only asked for everything.
    if (!(error instanceof AppError && error.code.startsWith('IMAGE_'))) throw error;
    return classes.map(({ categoryId }) => categoryId);
  }
}

/** Names that no round dropped, things before stuff. */
export function survivors({ passes }: Pick<RunFacts, 'passes'>): number[] {
  const last = new Map(
    passes.flatMap(({ judged = [] }) => judged.map(({ categoryId, kept }) => [categoryId, kept])),
  );
  return [...last].flatMap(([categoryId, kept]) => (kept ? [categoryId] : []));
}
