// Crops around annotations: the mask outlined, or the salience behind it.
import { AppError } from '../../api/errors.ts';
import type { Annotation, AnnotationId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import { knowImage } from '../images/imageFiles.ts';
import { ofList, type MediaItem, webp } from './madePicture.ts';
import { openRun } from '../prelabel/reapply.ts';
import { annotationById } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { runById } from '../project/runs.ts';

/** About twice a tile of the review, for screens with small pixels. */
const CROP_SIDE = 420;

export async function crop(
  context: EngineContext,
  project: Project,
  { id, asSalience }: { readonly id: AnnotationId; readonly asSalience: boolean },
  signal: AbortSignal,
): Promise<MediaItem | null> {
  const found = annotationById(project.store, id);
  if (!found) return null;
  const { annotation, imageId } = found;
  const category = listCategories(project.store, true).find(
    (candidate) => candidate.id === annotation.categoryId,
  );
  const color = category?.color ?? '#ffffff';
  const image = await knowImage(project, context.link, imageId, { signal });
  const salience = asSalience ? await salienceOf(context, project, annotation, signal) : null;
  if (asSalience && !salience) return null;
  // The runs themselves are the version: an edited mask is another picture.
  const version = Buffer.from(annotation.mask.counts.buffer).toString('base64');
  const { doubtful } = annotation;
  const key = `${project.uid}/crop/${CROP_SIDE}/${id}/${color}/${doubtful}/${image.hash}/${version}`;
  const shown = salience ? `/${salience.runFile}/${JSON.stringify(salience.params)}` : '';
  return ofList(context, webp(key + shown), signal, (target, options) =>
    context.link.request(
      'image.crop',
      {
        path: image.path,
        target,
        longSide: CROP_SIDE,
        mask: annotation.mask,
        color,
        doubtful,
        ...(salience ? { salience } : {}),
      },
      options,
    ),
  );
}

/** The stored maps behind a proposal; null when they are not kept any more, or were never made. */
async function salienceOf(
  context: EngineContext,
  project: Project,
  { runId, categoryId }: Annotation,
  signal: AbortSignal,
) {
  if (runId === null) return null;
  try {
    const { params } = runById(project.store, runId);
    const open = await openRun(context, project, runId, {
      params,
      thresholds: {},
      draft: true,
      signal,
    });
    return { runFile: open.runFile, categoryId, params: open.options.params };
  } catch (error) {
    if (error instanceof AppError && error.code === 'RUN_UNKNOWN') return null;
    throw error;
  }
}
