// Pictures by opaque name for a host's URL handler: the file itself where a browser can show it,
// scaled copies, thumbnails and crops made once and kept in the cache.
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '../api/errors.ts';
import type { AnnotationId, ImageId } from '../api/types.ts';
import type { EngineContext } from './context.ts';
import { imagePath, knowImage } from './imageFiles.ts';
import { annotationById } from './project/annotations.ts';
import { listCategories } from './project/categories.ts';
import { imageRow } from './project/images.ts';
import type { Project } from './project/project.ts';
import { recentKey } from './project/recents.ts';

export interface MediaItem {
  readonly kind: 'file';
  readonly path: string;
  readonly mime: string;
  readonly etag: string;
}

const SHOWN_AS_IS: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jpe': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.bmp': 'image/bmp',
  '.avif': 'image/avif',
};

/** Longest side of the scaled copy: enough for a screen, small enough for any texture limit. */
export const SCALED_SIDE = 2048;
/** Larger than this and a browser may refuse to draw it: the scaled copy stands in. */
const FULL_SIDE = 16_384;
const THUMB_SIDE = 256;
const CROP_SIDE = 320;

/**
 * What lies behind `image/<id>`, `scaled/<id>`, `thumb/<id>`, `crop/<annotation id>` of the open
 * project or `cover/<recent>/<n>`; null when there is no such thing or its file cannot be shown.
 */
export async function mediaItem(
  context: EngineContext,
  path: string,
  signal: AbortSignal,
): Promise<MediaItem | null> {
  const project = context.open.current();
  const [kind, id = '', index = ''] = path.split('/');
  try {
    if (kind === 'cover') return await cover(context, id, Number(index));
    if (!project) return null;
    if (kind === 'crop') return await crop(context, project, id as AnnotationId, signal);
    const imageId = Number(id);
    if (!Number.isSafeInteger(imageId) || imageId < 1) return null;
    if (kind === 'image') return await original(context, project, imageId as ImageId);
    if (kind === 'scaled') return await scaled(context, project, imageId as ImageId, SCALED_SIDE);
    if (kind === 'thumb') return await scaled(context, project, imageId as ImageId, THUMB_SIDE);
    return null;
  } catch (error) {
    const known =
      error instanceof AppError &&
      (error.code.startsWith('IMAGE_') || error.code === 'ANNOTATION_UNKNOWN');
    // The image's own record tells what is wrong with it; the URL only has nothing to show.
    if (known || signal.aborted) return null;
    throw error;
  }
}

async function original(
  context: EngineContext,
  project: Project,
  id: ImageId,
): Promise<MediaItem | null> {
  const row = imageRow(project.store, id);
  const file = imagePath(project, row);
  const mime = SHOWN_AS_IS[extname(file).toLowerCase()];
  if (mime === undefined || Math.max(row.width, row.height) > FULL_SIDE)
    return scaled(context, project, id, SCALED_SIDE * 2);
  const info = await stat(file).catch(() => null);
  if (!info?.isFile()) return null;
  return { kind: 'file', path: file, mime, etag: `"${info.size}-${info.mtimeMs}"` };
}

/** A picture of a recent project, for the start screen. */
async function cover(
  context: EngineContext,
  key: string,
  index: number,
): Promise<MediaItem | null> {
  const entry = context.recents.value().find((candidate) => recentKey(candidate) === key);
  const name = entry?.covers[index];
  if (!entry || name === undefined) return null;
  const file = join(entry.folder, ...name.split('/'));
  const info = await stat(file).catch(() => null);
  if (!info?.isFile()) return null;
  return made(context, `cover/${file}/${info.size}/${info.mtimeMs}`, (target) =>
    context.link.request('image.scaled', { path: file, target, maxSide: THUMB_SIDE }),
  );
}

async function scaled(
  context: EngineContext,
  project: Project,
  id: ImageId,
  maxSide: number,
): Promise<MediaItem | null> {
  const file = imagePath(project, imageRow(project.store, id));
  const info = await stat(file).catch(() => null);
  if (!info?.isFile()) return null;
  const key = `${project.uid}/${id}/${maxSide}/${info.size}/${info.mtimeMs}`;
  return made(context, key, (target) =>
    context.link.request('image.scaled', { path: file, target, maxSide }),
  );
}

async function crop(
  context: EngineContext,
  project: Project,
  id: AnnotationId,
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
  // The runs themselves are the version: an edited mask is another picture.
  const version = Buffer.from(annotation.mask.counts.buffer).toString('base64');
  const key = `${project.uid}/crop/${id}/${color}/${image.hash}/${version}`;
  return made(context, key, (target) =>
    context.link.request('image.crop', {
      path: image.path,
      target,
      maxSide: CROP_SIDE,
      mask: annotation.mask,
      color,
    }),
  );
}

/** Files being made, so that ten requests for one picture make it once; none of them can cancel it for the others. */
const making = new WeakMap<EngineContext, Map<string, Promise<unknown>>>();

async function made(
  context: EngineContext,
  key: string,
  make: (target: string) => Promise<unknown>,
): Promise<MediaItem> {
  const path = context.cache.pathOf(key, '.webp');
  const item: MediaItem = {
    kind: 'file',
    path,
    mime: 'image/webp',
    etag: `"${path.slice(-45, -5)}"`,
  };
  if ((await context.cache.find(key, '.webp')) !== null) return item;
  const open = making.get(context) ?? new Map<string, Promise<unknown>>();
  making.set(context, open);
  let promise = open.get(path);
  if (!promise) {
    promise = make(path)
      .then(() => context.cache.added(path))
      .finally(() => open.delete(path));
    open.set(path, promise);
  }
  await promise;
  return item;
}
