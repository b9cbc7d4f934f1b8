// Pictures by opaque name for a host's URL handler: the file itself where a browser can show it,
// scaled copies, tiles, thumbnails and crops made once and kept in the cache.
import { open, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { SCALED_SIDE, TILED_ABOVE_SIDE, parseTile, tileBox } from '../../api/rules/tiles.ts';
import type { AnnotationId, ImageId, JobId, RunId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import { publishChanged } from '../commits.ts';
import { imagePath, knowImage } from '../images/imageFiles.ts';
import { plainProblem } from '../images/plainProblem.ts';
import {
  inTurn,
  made,
  ofList,
  type MakeOptions,
  type MediaItem,
  type PictureName,
  webp,
} from './madePicture.ts';
import { imageRow } from '../project/images/images.ts';
import { rememberProblem } from '../project/images/imageFacts.ts';
import type { Project } from '../project/project.ts';
import { recentKey } from '../project/recents.ts';
import { crop } from './crops.ts';
import { promptPicture } from './prompts.ts';

const SHOWN_AS_IS: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jpe': 'image/jpeg',
  '.jfif': 'image/jpeg',
  '.jfi': 'image/jpeg',
  '.jif': 'image/jpeg',
  '.pjpeg': 'image/jpeg',
  '.pjp': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.bmp': 'image/bmp',
  '.avif': 'image/avif',
};

/** Larger than this and a browser may refuse to draw it: the scaled copy stands in. */
const FULL_SIDE = 16_384;

/** Where a PNG says how many bits a sample has. */
const PNG_DEPTH_AT = 24;

const THUMB_SIDE = 256;

/**
 * What lies behind `image/<project>/<id>`, `scaled/<project>/<id>`, `thumb/<project>/<id>`,
 * `tile/<project>/<id>/<name>`, `crop/<project>/<annotation id>`, the same with `/salience`, and
 * `prompt/<project>/<run>/<class>-<round>` of the open project, behind `report/<project>/<job>`, or behind
 * `cover/<recent>/<n>`. Null when there is no such thing, when its file cannot
 * be shown, and for another project than the open one.
 */
export async function mediaItem(
  context: EngineContext,
  path: string,
  asked: AbortSignal,
): Promise<MediaItem | null> {
  const before = context.open.current();
  const item = await mediaNow(context, path, asked);
  if (item !== null || asked.aborted) return item;
  // A project that is opened again is closed in between: its pictures are there again after that.
  await context.open.inTurn(async () => undefined);
  return context.open.current() === before ? null : mediaNow(context, path, asked);
}

async function mediaNow(
  context: EngineContext,
  path: string,
  asked: AbortSignal,
): Promise<MediaItem | null> {
  const project = context.open.current();
  const signal = project ? AbortSignal.any([asked, context.open.signal()]) : asked;
  const [kind, owner = '', id = '', index = ''] = path.split('/');
  try {
    if (kind === 'cover') return await cover(context, owner, Number(id), signal);
    if (project?.id !== owner) return null;
    if (kind === 'report') return await report(context, project, id as JobId);
    if (kind === 'crop' && (index === '' || index === 'salience'))
      return await crop(
        context,
        project,
        { id: id as AnnotationId, asSalience: index === 'salience' },
        signal,
      );
    if (kind === 'prompt')
      return await promptPicture(context, project, { runId: id as RunId, name: index }, signal);
    const imageId = Number(id);
    if (!Number.isSafeInteger(imageId) || imageId < 1) return null;
    if (kind === 'image') return await original(context, project, imageId as ImageId, signal);
    if (kind === 'tile')
      return await tile(context, project, { id: imageId as ImageId, name: index }, signal);
    if (kind !== 'scaled' && kind !== 'thumb') return null;
    const maxSide = kind === 'scaled' ? SCALED_SIDE : THUMB_SIDE;
    return await scaled(context, project, { id: imageId as ImageId, maxSide }, signal);
  } catch (error) {
    const known =
      error instanceof AppError &&
      (error.code.startsWith('IMAGE_') ||
        error.code === 'ANNOTATION_UNKNOWN' ||
        error.code === 'RUN_UNKNOWN');
    if (known && kind !== 'cover' && kind !== 'crop' && kind !== 'prompt' && !signal.aborted)
      keepProblem(context, Number(id) as ImageId, error);
    // The image's own record tells what is wrong with it; the URL only has nothing to show.
    if (known || signal.aborted) return null;
    throw error;
  }
}

/** A sound header may precede damaged pixels: decoding finds them, and the problem goes to every window. */
function keepProblem(context: EngineContext, id: ImageId, error: AppError): void {
  const project = context.open.current();
  if (!project || project.readOnly || error.code === 'IMAGE_UNKNOWN') return;
  const said = plainProblem(error);
  const row = imageRow(project.store, id);
  if ((row.problem === said.message && row.problem_code === said.code) || row.missing === 1) return;
  rememberProblem(project.store, id, said, error.code === 'IMAGE_MISSING');
  publishChanged(context, project);
}

async function original(
  context: EngineContext,
  project: Project,
  id: ImageId,
  signal: AbortSignal,
): Promise<MediaItem | null> {
  const row = imageRow(project.store, id);
  const file = imagePath(project, row);
  const mime = SHOWN_AS_IS[extname(file).toLowerCase()];
  if (mime === undefined || Math.max(row.width, row.height) > FULL_SIDE)
    return scaled(context, project, { id, maxSide: TILED_ABOVE_SIDE }, signal);
  const info = await stat(file).catch(() => null);
  if (!info?.isFile()) return null;
  // A browser shows 16 bits by their upper half: what a camera of 12 bits took is all but black.
  if (mime === 'image/png' && (await isDeepPng(file)))
    return scaled(context, project, { id, maxSide: TILED_ABOVE_SIDE }, signal);
  return { kind: 'file', path: file, mime, etag: `"${info.size}-${info.mtimeMs}"` };
}

async function isDeepPng(path: string): Promise<boolean> {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(
    Buffer.alloc(PNG_DEPTH_AT + 1),
    0,
    PNG_DEPTH_AT + 1,
    0,
  );
  return bytesRead > PNG_DEPTH_AT && buffer[PNG_DEPTH_AT] === 16;
}

/** The page of a benchmark's report, for a window that is itself in a browser. */
async function report(
  { host }: EngineContext,
  project: Project,
  id: JobId,
): Promise<MediaItem | null> {
  if (host.kind !== 'browser') return null;
  const { PAGE_POLICY, pageFacts, reportPage } = await import('../benchmark/report/page.ts');
  const path = reportPage(project, id);
  const facts = path === null ? null : await pageFacts(path);
  if (path === null || facts === null || typeof facts === 'string') return null;
  return {
    kind: 'file',
    path,
    mime: 'text/html; charset=utf-8',
    policy: PAGE_POLICY,
    etag: `"${facts.size}-${facts.mtimeMs}"`,
  };
}

/** A picture of a recent project, for the start screen. */
async function cover(
  context: EngineContext,
  key: string,
  index: number,
  signal: AbortSignal,
): Promise<MediaItem | null> {
  const entry = context.recents.value().find((candidate) => recentKey(candidate) === key);
  const name = entry?.covers[index];
  if (!entry || name === undefined) return null;
  const file = join(entry.folder, ...name.split('/'));
  const info = await stat(file).catch(() => null);
  if (!info?.isFile()) return null;
  const picture = webp(`cover/${file}/${info.size}/${info.mtimeMs}`);
  return ofList(context, picture, signal, (target, options) =>
    context.link.request('image.scaled', { path: file, target, maxSide: THUMB_SIDE }, options),
  );
}

async function scaled(
  context: EngineContext,
  project: Project,
  { id, maxSide }: { readonly id: ImageId; readonly maxSide: number },
  signal: AbortSignal,
): Promise<MediaItem | null> {
  const file = imagePath(project, imageRow(project.store, id));
  const info = await stat(file).catch(() => null);
  if (!info?.isFile()) return null;
  const name = webp(`${project.uid}/${id}/${maxSide}/${info.size}/${info.mtimeMs}`);
  const make = (target: string, options: MakeOptions) =>
    context.link.request('image.scaled', { path: file, target, maxSide }, options);
  // A thumbnail is one of many; anything larger stands on the canvas, where a person waits for it.
  return maxSide === THUMB_SIDE
    ? ofList(context, name, signal, make)
    : made(context, name, signal, (target, wanted) => make(target, { signal: wanted }));
}

/** A part of a large image as it is, without loss; null for a name that no tile has. */
async function tile(
  context: EngineContext,
  project: Project,
  { id, name }: { readonly id: ImageId; readonly name: string },
  signal: AbortSignal,
): Promise<MediaItem | null> {
  const wanted = parseTile(name);
  if (!wanted) return null;
  const image = await knowImage(project, context.link, id, { signal });
  const box = tileBox(wanted, image.record);
  if (!box) return null;
  const picture: PictureName = { key: `tile/${image.hash}/${name}`, extension: '.png' };
  return made(context, picture, signal, (target, gone) =>
    inTurn(context, () => {
      gone.throwIfAborted();
      const { path } = image;
      const { octave } = wanted;
      return context.link.request('image.tile', { path, target, box, octave }, { signal: gone });
    }),
  );
}
