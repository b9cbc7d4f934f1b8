// Masks of an image that are only looked at: maps that are kept are used again, and nothing is written
// into the project.
import type { PromptClass } from '../../api/run.ts';
import type { ClassMask, RunFacts } from '../../link/facts.ts';
import type { Priority } from '../../link/protocol.ts';
import type { EngineContext } from '../context.ts';
import { FIRST_ENGINE } from '../../link/engines/engines.ts';
import { packsFor } from '../packs/enginePacks.ts';
import { choiceOf, type KnownPack } from '../packs/packs.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { engineOf, type ResolvedParams } from './params.ts';
import { effectiveThresholds, hashesOf, maskOptions, RUN_EXTENSION, runKey } from './prelabel.ts';

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
): Promise<{ readonly masks: readonly ClassMask[]; readonly facts: RunFacts }> {
  const { engine } = params;
  const explain =
    engine === FIRST_ENGINE ? { ...params.explain, selection: 'all' as const } : params.explain;
  const packs = await packsFor(context, engineOf({ engine }), pack);
  const { judge } = packs;
  const key = runKey(hash, hashesOf(packs), classes, { engine, explain });
  const thresholds = effectiveThresholds(
    listCategories(project.store),
    // Thresholds of single classes must not hide the one that is tried.
    classes.map((one) => ({ ...one, threshold: null })),
    {},
    params.masks,
  );
  const options = maskOptions(project, { ...params.masks, absentBelow: 0 }, thresholds, {
    draft: false,
    instances: false,
  });
  const known = await context.cache.find(key, RUN_EXTENSION);
  if (known)
    return context.link.request(
      'prelabel.reapply',
      { imagePath: path, runFile: known, options },
      send,
    );
  const runFile = context.cache.pathOf(key, RUN_EXTENSION);
  const found = await context.link.request(
    'prelabel.run',
    {
      imagePath: path,
      engine,
      pack: choiceOf(context, packs.explain),
      ...(judge ? { judge: choiceOf(context, judge) } : {}),
      classes,
      params: explain,
      options,
      runFile,
    },
    send,
  );
  await context.cache.added(runFile);
  return found;
}
