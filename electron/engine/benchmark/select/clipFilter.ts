// Classes of an image by a judge (CLIP as RNN's filter): masks of all names, each shown to CLIP; names whose
// own share is small are dropped, the rest is asked again, until nobody is dropped.
import { createHash } from 'node:crypto';
import { AppError } from '../../../api/errors.ts';
import type { CategoryId, ImageId } from '../../../api/types.ts';
import type { PromptClass } from '../../../api/run.ts';
import type { EngineContext } from '../../context.ts';
import { throwIfAborted, type Control } from '../../dataset/types.ts';
import { knowImage } from '../../images/imageFiles.ts';
import { choiceOf, type KnownPack } from '../../packs/packs.ts';
import type { ResolvedParams } from '../../prelabel/params.ts';
import { tryMasks } from '../../prelabel/tryMasks.ts';
import type { Project } from '../../project/project.ts';
import type { SetFacts } from '../set.ts';

export interface ClipFilter {
  readonly project: Project;
  readonly pack: KnownPack;
  readonly params: ResolvedParams;
  readonly clip: KnownPack;
  /** Own share above which a name stays. */
  readonly confidence: number;
  readonly facts: SetFacts;
}

const EXTENSION = '.names';
const FORMAT = 1;

/** Labels by image name. What was chosen before is kept, so that a stopped choice goes on where it ended. */
export async function clipLabels(
  context: EngineContext,
  idOf: ReadonlyMap<string, ImageId>,
  filter: ClipFilter,
  control: Control & { readonly signal: AbortSignal },
): Promise<Map<string, readonly number[]>> {
  const chosen = new Map<string, readonly number[]>();
  for (const [name, id] of idOf) {
    throwIfAborted(control);
    control.onProgress?.({ stage: 'Choose classes', done: chosen.size, total: idOf.size });
    chosen.set(name, await labelsOfImage(context, id, filter, control.signal));
  }
  return chosen;
}

async function labelsOfImage(
  context: EngineContext,
  id: ImageId,
  filter: ClipFilter,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const { project, pack, clip, params, confidence, facts } = filter;
  try {
    const { path, hash } = await knowImage(project, context.link, id, {
      signal,
      priority: 'batch',
    });
    const words = facts.classes.map(({ label, prompt, synonyms }) => [label, prompt, synonyms]);
    const key = createHash('sha256')
      .update(
        JSON.stringify([FORMAT, hash, pack.packHash, clip.packHash, params, confidence, words]),
      )
      .digest('hex');
    const kept = await context.cache.read(key, EXTENSION);
    if (kept) return JSON.parse(Buffer.from(kept).toString('utf8')) as number[];
    const labels = await survivors(facts, confidence, async (classes) => {
      const { masks } = await tryMasks(
        context,
        project,
        { path, hash, classes, pack, params },
        { signal, priority: 'batch' },
      );
      const maskOf = new Map(masks.map(({ categoryId, mask }) => [categoryId, mask]));
      const { shares } = await context.link.request(
        'judge.shares',
        {
          imagePath: path,
          clip: choiceOf(context, clip),
          names: classes.map(({ name }) => name),
          masks: classes.map(({ categoryId }) => maskOf.get(categoryId) ?? null),
        },
        { signal, priority: 'batch' },
      );
      return shares;
    });
    await context.cache.write(key, EXTENSION, Buffer.from(JSON.stringify(labels)));
    return labels;
  } catch (error) {
    // A torn image fails in its job, with its reason; here it is only asked for everything.
    if (!(error instanceof AppError && error.code.startsWith('IMAGE_'))) throw error;
    return facts.classes.map(({ label }) => label);
  }
}

/** The rule of the rounds; `judge` gives the own share of every class. At least the best one stays. */
export async function survivors(
  { classes }: Pick<SetFacts, 'classes'>,
  confidence: number,
  judge: (classes: readonly PromptClass[]) => Promise<readonly number[]>,
): Promise<number[]> {
  let left: PromptClass[] = classes.map(({ label, name, prompt, synonyms }) => ({
    categoryId: label as CategoryId,
    name,
    prompt,
    synonyms,
    threshold: null,
  }));
  while (left.length > 1) {
    const shares = await judge(left);
    const above = left.filter((_, at) => shares[at]! > confidence);
    const kept = above.length > 0 ? above : [left[shares.indexOf(Math.max(...shares))]!];
    if (kept.length === left.length) break;
    left = kept;
  }
  return left.map(({ categoryId }) => categoryId);
}
