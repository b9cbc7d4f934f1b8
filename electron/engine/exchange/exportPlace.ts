// Where an export goes: a plain file name in a folder, or a file that was chosen to be replaced.
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { fileError } from '../../files/fileError.ts';
import type { ExportFormat } from '../dataset/formats/format.ts';
import { exportFormat } from '../dataset/formats/registry.ts';
import type { ResultKind } from '../files/originals.ts';
import { placeOf } from '../opening/place.ts';
import type { Project } from '../project/project.ts';

/** What a file of this format holds, by its first bytes. */
export const kindOf = ({ extension }: Pick<ExportFormat, 'extension'>): ResultKind =>
  extension === '.zip' ? 'zip' : extension === '.xml' ? 'xml' : 'json';

export async function place(
  format: ExportFormat,
  imageFolder: string,
  request: AskedPlace,
): Promise<{ path: string; overwrite: boolean }> {
  const { path, folder, overwrite } = await placeAsked(format, imageFolder, request);
  if (!overwrite)
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw fileError(error, path);
    });
  return { path, overwrite };
}

interface AskedPlace {
  readonly target: string | null;
  readonly fileName: string;
}

/** Where an export would go. Throws BAD_REQUEST for a name that no file can have. */
async function placeAsked(
  format: Pick<ExportFormat, 'extension' | 'kind'>,
  imageFolder: string,
  { target, fileName }: AskedPlace,
): Promise<{ path: string; folder: string; overwrite: boolean }> {
  const name = fileNameOf(fileName, format);
  // Not inside the folder of images: exported pictures would be listed as images.
  const folder = target ?? `${imageFolder}-export`;
  const info = await stat(folder).catch(() => null);
  if (target !== null && !info?.isDirectory())
    return { path: target, folder: dirname(target), overwrite: true };
  return { path: join(folder, name), folder, overwrite: false };
}

/** The same as people write it; of a split the folder of its files. Nothing is made. */
export async function exportPlace(
  project: Project,
  request: AskedPlace & { readonly format: string; readonly isSplit: boolean },
): Promise<string> {
  const { path, folder } = await placeAsked(
    exportFormat(request.format),
    project.folder(),
    request,
  );
  return placeOf(request.isSplit ? folder : path);
}

/** A plain file name with the format's extension. Throws BAD_REQUEST. */
export function fileNameOf(
  asked: string,
  format: Pick<ExportFormat, 'extension' | 'kind'>,
): string {
  const name = asked.trim();
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must not be in a name
  if (name === '' || name.startsWith('.') || /[/\\:*?"<>|\u0000-\u001f]/.test(name))
    throw new AppError(
      'BAD_REQUEST',
      `"${name.slice(0, 80)}" cannot be a file name: use letters, digits, spaces, dots and dashes.`,
    );
  const { extension, kind } = format;
  if (kind === 'file' && name.toLowerCase().endsWith(extension)) return name;
  // Left over from another format: a folder of files is no `labels.json`.
  const bare = name.replace(/(?<=.)\.(?:json|xml|zip)$/i, '');
  return kind === 'folder' ? bare : `${bare}${extension}`;
}
