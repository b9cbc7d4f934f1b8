// Which images of a project can be tuned on: those whose classes are known by name. Masks are read
// only to show, beside the reward, how good a setting really is.
import type { CategoryId, ImageId } from '../../api/types.ts';
import type { AskedClass } from '../../link/facts.ts';
import type { EngineContext } from '../context.ts';
import { knowImage } from '../images/imageFiles.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import { imageRecord } from '../project/images/images.ts';
import type { Project } from '../project/project.ts';
import type { TuneSubject } from './evaluator.ts';
import type { TuningControl } from './runTuning.ts';
import type { ImageTruth } from './truth.ts';

/** Reviewed images with an accepted mask. */
export function imagesWithTruth(project: Project, ids: readonly ImageId[]): ImageId[] {
  return ids.filter((id) => {
    const { status, accepted } = imageRecord(project.store, id);
    return status === 'reviewed' && accepted > 0;
  });
}

/** One image for the search: file, class names, and its accepted masks where it is reviewed. */
export async function subjectOf(
  context: EngineContext,
  project: Project,
  imageId: ImageId,
  signal: AbortSignal,
): Promise<TuneSubject> {
  const { path, hash, record } = await knowImage(project, context.link, imageId, {
    signal,
    priority: 'batch',
  });
  const annotations = annotationsOf(project.store, imageId).filter(
    ({ status }) => status !== 'rejected',
  );
  const present = new Set(annotations.map(({ categoryId }) => categoryId));
  const truth: ImageTruth | null =
    record.status === 'reviewed' && record.accepted > 0
      ? {
          width: record.width,
          height: record.height,
          masks: annotations.filter(({ status }) => status === 'accepted'),
          rest: 'background',
        }
      : null;
  return { path, hash, classes: promptClasses(project, present), truth };
}

/** The same of several images, which are read one after the other. */
export async function subjectsOf(
  context: EngineContext,
  project: Project,
  ids: readonly ImageId[],
  { signal, onProgress }: TuningControl,
): Promise<TuneSubject[]> {
  const subjects: TuneSubject[] = [];
  for (const [done, id] of ids.entries()) {
    onProgress?.({ stage: 'Read images', done, total: ids.length, evaluation: null });
    subjects.push(await subjectOf(context, project, id, signal));
  }
  return subjects;
}

function promptClasses(project: Project, ids: ReadonlySet<CategoryId>): AskedClass[] {
  return listCategories(project.store)
    .filter(({ id }) => ids.has(id))
    .map(({ id, kind, name, prompt, synonyms, threshold }) => ({
      categoryId: id,
      kind,
      name,
      prompt,
      synonyms,
      threshold,
    }));
}
