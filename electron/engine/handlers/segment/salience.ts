// Masks from clicks where no click model is here: by the stored salience of a class.
import { AppError } from '../../../api/errors.ts';
import type { Input } from '../../../api/methods.ts';
import type { SalienceAnswer } from '../../../api/clicks/clicks.ts';
import type { EngineContext } from '../../context.ts';
import { paramsOf } from '../../opening/opening.ts';
import { openRun } from '../../prelabel/reapply.ts';
import { latestRun } from '../../project/runs.ts';

/** The mask of the clicks, or why there is none. */
export async function salienceOf(
  context: EngineContext,
  { imageId, categoryId, prompt, off }: Input<'segment.salience'>,
  signal: AbortSignal,
): Promise<SalienceAnswer> {
  const project = context.open.get();
  const run = latestRun(project.store, imageId);
  if (!run?.classes.some((one) => one.categoryId === categoryId)) return { kind: 'noMaps' };
  const settings = { params: paramsOf(project), thresholds: {}, draft: false, signal };
  const open = await openRun(context, project, run.runId, settings).catch((error: unknown) => {
    // The cache may have dropped its maps.
    if (error instanceof AppError && error.code === 'RUN_UNKNOWN') return null;
    throw error;
  });
  if (open === null) return { kind: 'noMaps' };
  const { params, thresholds } = open.options;
  return context.link.request(
    'segment.salience',
    {
      imagePath: open.image.path,
      runFile: open.runFile,
      params,
      categoryId,
      prompt,
      off,
      usual: thresholds[categoryId] ?? params.threshold,
    },
    { signal },
  );
}
