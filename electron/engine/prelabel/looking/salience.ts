// The salience of classes on one image as its latest run stored it, on the grid of patches: no model runs.
import { AppError } from '../../../api/errors.ts';
import type { ScoreMap } from '../../../api/run.ts';
import type { CategoryId, ImageId } from '../../../api/types.ts';
import type { EngineContext } from '../../context.ts';
import { openRun } from '../reapply.ts';
import type { Project } from '../../project/project.ts';
import { latestRun } from '../../project/runs.ts';

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
  if (!result) return { map: null, absent: false };
  if (result.absent) return { map: null, absent: true };
  const wanted = { categoryIds: [categoryId], signal };
  const map = (await storedMaps(context, project, imageId, wanted)).get(categoryId);
  return { map: map && map.maximum > 0 ? map : null, absent: false };
}

/** On one scale; without classes that the run was not asked for, and empty where its maps are gone. */
export async function storedMaps(
  context: EngineContext,
  project: Project,
  imageId: ImageId,
  wanted: { readonly categoryIds: readonly CategoryId[]; readonly signal: AbortSignal },
): Promise<ReadonlyMap<CategoryId, ScoreMap>> {
  const { signal } = wanted;
  const run = latestRun(project.store, imageId);
  const ids = wanted.categoryIds.filter((id) =>
    run?.classes.some(({ categoryId }) => categoryId === id),
  );
  if (!run || ids.length === 0) return new Map();
  try {
    const open = await openRun(context, project, run.runId, {
      params: run.params,
      thresholds: {},
      draft: false,
      signal,
    });
    const upTo = run.passes.length - 1;
    const { maps } = await context.link.request(
      'prelabel.maps',
      {
        imagePath: open.image.path,
        runFile: open.runFile,
        pack: null,
        options: open.options,
        requests: ids.map((categoryId) => ({ kind: 'sum', categoryId, upTo })),
        maxSide: MOST_SIDE,
      },
      { signal },
    );
    return new Map(ids.flatMap((id, at) => (maps[at] ? [[id, maps[at]] as const] : [])));
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError) || error.code !== 'RUN_UNKNOWN') throw error;
    return new Map();
  }
}
