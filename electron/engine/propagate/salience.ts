// The salience of one class on one image as its latest run stored it, on the grid of patches: no model runs.
import { AppError } from '../../api/errors.ts';
import type { ScoreMap } from '../../api/run.ts';
import type { CategoryId, ImageId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import { openRun } from '../prelabel/reapply.ts';
import type { Project } from '../project/project.ts';
import { latestRun } from '../project/runs.ts';

export interface StoredSalience {
  /** Null: no run asked for the class, or its maps are not kept any more. */
  readonly map: ScoreMap | null;
  /** The model looked for the class and it is not there. */
  readonly absent: boolean;
}

/** A grid of patches is never as large. */
const MOST_SIDE = 256;

export async function storedSalience(
  context: EngineContext,
  project: Project,
  imageId: ImageId,
  { categoryId, signal }: { readonly categoryId: CategoryId; readonly signal: AbortSignal },
): Promise<StoredSalience> {
  const run = latestRun(project.store, imageId);
  const result = run?.classes.find((one) => one.categoryId === categoryId);
  if (!run || !result) return { map: null, absent: false };
  if (result.absent) return { map: null, absent: true };
  try {
    const open = await openRun(context, project, run.runId, {
      params: run.params,
      thresholds: {},
      draft: false,
      signal,
    });
    const { maps } = await context.link.request(
      'prelabel.maps',
      {
        imagePath: open.image.path,
        runFile: open.runFile,
        pack: null,
        options: open.options,
        requests: [{ kind: 'sum', categoryId, upTo: run.passes.length - 1 }],
        maxSide: MOST_SIDE,
      },
      { signal },
    );
    const [map] = maps;
    return { map: map && map.maximum > 0 ? map : null, absent: false };
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError) || error.code !== 'RUN_UNKNOWN') throw error;
    return { map: null, absent: false };
  }
}
