// Pictures that the judge of a run was shown, made again from the run's maps.
import type { CategoryId, RunId } from '../../api/types.ts';
import type { PromptPicture } from '../../api/run.ts';
import type { EngineContext } from '../context.ts';
import { openRun } from '../prelabel/reapply.ts';
import type { Project } from '../project/project.ts';
import { runById } from '../project/runs.ts';
import { ofList, webp, type MediaItem } from './madePicture.ts';
import { mediaUrl } from './mediaUrl.ts';

/** As large as they stand on the screen with small pixels. */
const PROMPT_SIDE = 640;

/** Every picture of a run, in the order of rounds and classes. Throws RUN_UNKNOWN. */
export function promptPictures(
  context: EngineContext,
  project: Project,
  runId: RunId,
): PromptPicture[] {
  return runById(project.store, runId).passes.flatMap(({ judged = [] }, pass) =>
    judged.map(({ categoryId }) => ({
      categoryId,
      pass,
      url: mediaUrl(context, 'prompt', `${runId}/${categoryId}-${pass}`),
    })),
  );
}

/** Null for a name that no picture has. */
export async function promptPicture(
  context: EngineContext,
  project: Project,
  { runId, name }: { readonly runId: RunId; readonly name: string },
  signal: AbortSignal,
): Promise<MediaItem | null> {
  const [, category, round] = /^(\d{1,9})-(\d{1,3})$/.exec(name) ?? [];
  if (category === undefined || round === undefined) return null;
  const { params, cacheKey } = runById(project.store, runId);
  const picture = webp(`${project.uid}/prompt/${PROMPT_SIDE}/${cacheKey}/${name}`);
  return ofList(context, picture, signal, async (target, options) => {
    const open = await openRun(context, project, runId, {
      params,
      thresholds: {},
      draft: true,
      ...options,
    });
    await context.link.request(
      'prelabel.prompt',
      {
        imagePath: open.image.path,
        runFile: open.runFile,
        target,
        maxSide: PROMPT_SIDE,
        categoryId: Number(category) as CategoryId,
        pass: Number(round),
      },
      options,
    );
  });
}
