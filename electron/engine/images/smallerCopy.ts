// "Make a smaller copy": an image over the size limit gets a new file beside it that is within the
// limit. The original is only read; a name that is taken, also by an image that is missing, is left alone.
import { constants } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import type { Progress } from '../../api/methods.ts';
import type { ImageId, ImageRecord } from '../../api/types.ts';
import { publishChanged } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { moveToFree } from '../../files/newFile.ts';
import { partBeside, sweepParts } from '../../files/parts.ts';
import { imagePath, knowImage } from './imageFiles.ts';
import { addImage, hasImage, imageRow } from '../project/images.ts';
import type { Project } from '../project/project.ts';

/** Names tried: beyond, something is wrong with the folder. */
const MOST_NAMES = 1000;

/** Makes the copy and takes it into the project. Throws IMAGE_TOO_LARGE beyond what can be reduced. */
export async function addSmallerCopy(
  context: EngineContext,
  id: ImageId,
  call: { readonly signal: AbortSignal; progress(progress: Progress): void },
): Promise<ImageRecord> {
  const project = context.open.writable();
  const row = imageRow(project.store, id);
  await refuseUnlessTooLarge(context, project, id, call.signal);
  const path = imagePath(project, row);
  const folder = dirname(path);
  await refuseUnlessWritable(folder);
  // Of a copy whose program was killed.
  await sweepParts(folder);
  const temporary = partBeside(path);
  const { signal } = call;
  try {
    const { ending } = await context.link.request(
      'image.reduce',
      { path, target: temporary },
      { signal, onProgress: (progress) => call.progress(progress) },
    );
    signal.throwIfAborted();
    const names = freeNames(project, row.name, ending);
    const pathOf = (name: string) => join(folder, basename(name));
    const placed = await moveToFree(temporary, names.map(pathOf));
    const name = names.find((candidate) => pathOf(candidate) === placed);
    if (name === undefined)
      throw new AppError('FILE_EXISTS', `Every name for a smaller copy of ${row.name} is taken.`);
    const { record } = await knowImage(project, context.link, addImage(project.store, name));
    publishChanged(context, project);
    return record;
  } finally {
    // Also of a process that was killed; a whole copy has moved on.
    await rm(temporary, { force: true }).catch((error: unknown) =>
      context.log(`smaller copy: ${String(error)}`),
    );
  }
}

async function refuseUnlessWritable(folder: string): Promise<void> {
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new AppError(
      'BAD_REQUEST',
      'Nothing can be written into the folder of this image: no smaller copy was made.',
      { cause },
    );
  });
}

async function refuseUnlessTooLarge(
  context: EngineContext,
  project: Project,
  id: ImageId,
  signal: AbortSignal,
): Promise<void> {
  try {
    await knowImage(project, context.link, id, { signal });
  } catch (error) {
    if (error instanceof AppError && error.code === 'IMAGE_TOO_LARGE') return;
    throw error;
  }
  throw new AppError(
    'BAD_REQUEST',
    'This image is within the size limit: it needs no smaller copy.',
  );
}

/** `<name>-smaller.<ending>`, then with numbers; names that the project knows are left out. */
function freeNames(project: Project, name: string, ending: string): string[] {
  const stem = name.slice(0, name.length - extname(name).length);
  return Array.from(
    { length: MOST_NAMES },
    (_, i) => `${stem}-smaller${i === 0 ? '' : `-${i + 1}`}${ending}`,
  ).filter((candidate) => !hasImage(project.store, candidate));
}
