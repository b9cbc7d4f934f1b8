// From an image row to its file: the path, what is learnt at first sight, and whether it changed since.
import { readdir, readlink, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { workError, type WorkReason } from '../../api/said/workWords.ts';
import type { ImageId, ImageRecord } from '../../api/types.ts';
import type { InferenceLink } from '../inferenceLink/link.ts';
import type { Project } from '../project/project.ts';
import type { ImageRow } from '../project/images/images.ts';
import { imageRecord, imageRow } from '../project/images/images.ts';
import { rememberProbe, rememberProblem } from '../project/images/imageFacts.ts';
import { plainProblem } from './plainProblem.ts';
import type { Priority } from '../../link/protocol.ts';
import { isFolder } from '../../files/isFolder.ts';
import { fileWasReplaced } from './changedImages.ts';

/** Absolute path of an image. Names come from the scan, never from outside. */
export function imagePath(project: Project, row: Pick<ImageRow, 'name'>): string {
  return join(project.folder(), ...row.name.split('/'));
}

/** Files asked about at once: a network share answers each in milliseconds. */
const LOOKED_AT_ONCE = 16;

export interface KnownImage {
  readonly record: ImageRecord;
  readonly path: string;
  /** SHA-256 of the file, hex. */
  readonly hash: string;
}

/**
 * Size, orientation and hash of an image, read from the file when it is new or has changed.
 * Proposals for an earlier content of the file are taken back.
 * Throws FOLDER_MISSING, IMAGE_MISSING or the decoder's IMAGE_DAMAGED and the like; the reason is kept
 * with the image.
 */
export async function knowImage(
  project: Project,
  link: InferenceLink,
  id: ImageId,
  options: { signal?: AbortSignal | undefined; priority?: Priority } = {},
): Promise<KnownImage> {
  const row = imageRow(project.store, id);
  const path = imagePath(project, row);
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) {
    if (!(await isFolder(project.folder())))
      throw workError('FOLDER_MISSING', { code: 'folderGone', values: [project.folder()] });
    if (!project.readOnly && row.missing === 0) rememberProblem(project.store, id, null, true);
    throw workError('IMAGE_MISSING', await whyMissing(path, row.name));
  }
  // A problem found when its pixels were read stays with the file until the file changes.
  const unchanged =
    row.hash !== null &&
    row.width > 0 &&
    row.bytes === info.size &&
    row.mtime_ms === info.mtimeMs &&
    row.missing === 0;
  if (unchanged) return { record: imageRecord(project.store, id), path, hash: row.hash! };
  try {
    const probe = await link.request('image.probe', { path }, options);
    if (
      row.width > 0 &&
      row.accepted > 0 &&
      (row.width !== probe.width || row.height !== probe.height)
    )
      throw workError('IMAGE_DAMAGED', {
        code: 'otherSize',
        values: [row.name, [row.width, row.height], [probe.width, probe.height]],
      });
    if (project.readOnly)
      return {
        record: { ...imageRecord(project.store, id), width: probe.width, height: probe.height },
        path,
        hash: probe.hash,
      };
    rememberProbe(project.store, id, probe);
    if (row.hash !== null && row.hash !== probe.hash)
      fileWasReplaced(project, id, new Date().toISOString());
    return { record: imageRecord(project.store, id), path, hash: probe.hash };
  } catch (error) {
    const aboutTheFile = error instanceof AppError && error.code.startsWith('IMAGE_');
    if (aboutTheFile && !project.readOnly)
      rememberProblem(project.store, id, plainProblem(error), error.code === 'IMAGE_MISSING');
    throw error;
  }
}

/** Looks again at images that were read before and whose files have another size or time now. */
export async function lookForReplaced(
  project: Project,
  link: InferenceLink,
  ids: readonly ImageId[],
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < ids.length; from += LOOKED_AT_ONCE) {
    signal.throwIfAborted();
    await Promise.all(
      ids.slice(from, from + LOOKED_AT_ONCE).map(async (id) => {
        if (imageRow(project.store, id).hash === null) return;
        try {
          await knowImage(project, link, id, { signal, priority: 'batch' });
        } catch (error) {
          // The step that works on the image reports it then.
          if (!(error instanceof AppError) || signal.aborted) throw error;
        }
      }),
    );
  }
}

async function whyMissing(path: string, name: string): Promise<WorkReason> {
  if (await isMisread(path)) return { code: 'notUtf8', values: [name] };
  const target = await readlink(path).catch(() => null);
  // Node puts the replacement sign for bytes that are no UTF-8: such a name leads to no file.
  if (name.includes('\ufffd')) return { code: 'oldName', values: [name] };
  return target === null
    ? { code: 'gone', values: [name] }
    : { code: 'deadLink', values: [name, target] };
}

/** True when the name stands for bytes that are no UTF-8: a list shows them by a letter of their place. */
async function isMisread(path: string): Promise<boolean> {
  const name = basename(path);
  if (!name.includes('\ufffd')) return false;
  const names = await readdir(dirname(path), { encoding: 'buffer' }).catch(() => []);
  return names.some((bytes) => bytes.toString() === name && !bytes.equals(Buffer.from(name)));
}
