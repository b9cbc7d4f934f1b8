// A place of a run that a person points at: what it is taken for, and where it listens.
import type { Input, Output } from '../../../api/methods.ts';
import { AppError } from '../../../api/errors.ts';
import type { Call, EngineContext } from '../../context.ts';
import { choiceOf, findPack } from '../../packs/packs.ts';
import { runById } from '../../project/runs.ts';
import { openRun } from '../reapply.ts';

/** Throws RUN_UNKNOWN, or BAD_REQUEST for a place outside the run's grid. */
export async function lookAtPatch(
  context: EngineContext,
  { runId, row, column, contrast }: Input<'prelabel.patch'>,
  call: Call<'prelabel.patch'>,
): Promise<Output<'prelabel.patch'>> {
  const startMs = context.clock.elapsedMs();
  const { signal } = call;
  const project = context.open.get();
  const { params } = runById(project.store, runId);
  const open = await openRun(context, project, runId, {
    params,
    thresholds: {},
    draft: true,
    signal,
  });
  const { gridRows, gridColumns, packId } = open.run;
  if (row >= gridRows || column >= gridColumns)
    throw new AppError(
      'BAD_REQUEST',
      `The maps have ${gridRows} rows and ${gridColumns} columns; ${row}, ${column} is outside.`,
    );
  const pack = await findPack(context, packId);
  const patch = await context.open.jobs().interactive(() =>
    context.link.request(
      'prelabel.patch',
      {
        imagePath: open.image.path,
        runFile: open.runFile,
        row,
        column,
        contrast,
        pack: choiceOf(context, pack),
      },
      { signal, onProgress: (progress) => call.progress(progress) },
    ),
  );
  return { patch, milliseconds: context.clock.elapsedMs() - startMs };
}
