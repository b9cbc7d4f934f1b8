// Finished images whose maps are gone, or were made otherwise than the project would make them today: the model runs
// on them again, so that they have a say. Their masks stay as they are.
import type { PromptClass } from '../../api/run.ts';
import type { ImageId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import { paramsOf } from '../opening/opening.ts';
import { packOf } from '../packs/packs.ts';
import { prelabelImage } from '../prelabel/prelabel.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { latestRun } from '../project/runs.ts';
import { presentOf } from './corrections.ts';
import { collectEvidence } from './evidence/evidence.ts';
import type { Watch } from './evidence/scores.ts';

export async function runAgain(
  context: EngineContext,
  project: Project,
  watch: Watch,
): Promise<void> {
  const { again } = await collectEvidence(
    context,
    project,
    await presentOf(context, project),
    watch,
  );
  const [pack, params] = [await packOf(context, project), paramsOf(project)];
  for (const [done, imageId] of again.entries()) {
    watch.signal.throwIfAborted();
    const stage = `Run the model, image ${done + 1} of ${again.length}`;
    watch.onProgress({ stage, done, total: again.length });
    const classes = classesOf(project, imageId);
    await prelabelImage(
      context,
      project,
      { imageId, pack, params, classes, thresholds: {}, draft: false, priority: 'batch' },
      { signal: watch.signal },
    );
  }
}

/** Those that were asked for before and are still there; what is accepted where there was no run. */
function classesOf({ store }: Project, imageId: ImageId): PromptClass[] {
  const before = latestRun(store, imageId)?.classes ?? annotationsOf(store, imageId);
  const wanted = new Set(before.map(({ categoryId }) => categoryId));
  return listCategories(store)
    .filter(({ id }) => wanted.has(id))
    .map(({ id, name, prompt, synonyms, threshold }) => ({
      categoryId: id,
      name,
      prompt,
      synonyms,
      threshold,
    }));
}
