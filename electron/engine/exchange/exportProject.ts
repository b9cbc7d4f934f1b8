// One export: where it goes, what goes in, and a report. Writers read everything back by themselves.
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { exportDifferences, type ExportDifference } from '../../api/rules/exportDifferences.ts';
import type { Input } from '../../api/methods.ts';
import type { Progress } from '../../api/methods/method.ts';
import type { ExportReport } from '../../api/methods/exchange.ts';
import { warningEnglish } from '../../api/said/exportWords.ts';
import type { ImageId } from '../../api/types.ts';
import { fileError } from '../../files/fileError.ts';
import type { EngineContext } from '../context.ts';
import { cocoInfo } from '../dataset/coco/info.ts';
import { exportFormat } from '../dataset/formats/registry.ts';
import { refuseOriginal, rememberMade, type ResultKind } from '../files/originals.ts';
import type { ExportFormat, FormatReport } from '../dataset/formats/format.ts';
import { selectSubset } from '../dataset/formats/writing/subset.ts';
import { ENGINE_VERSION } from '../version.ts';
import { paramsOf } from '../opening/opening.ts';
import { placeOf } from '../opening/place.ts';
import { findPack } from '../packs/packs.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { checkExport } from './before/checkExport.ts';
import { reported } from './before/report.ts';
import { replacedNote, turnedNote } from './before/notes.ts';
import { keptOf } from './kept.ts';
import { projectSource } from './projectSource.ts';
import { imageOfName } from '../project/images/imageNames.ts';

/** Names that are tried where both files are to be kept. */
const MOST_BESIDE = 1000;

export interface ExportRequest extends Omit<Input<'export.start'>, 'target'> {
  readonly target: string | null;
  /** Of one job: only its images, and what it ran with goes into the file's info. */
  readonly job?: {
    readonly imageIds: ReadonlySet<ImageId> | null;
    readonly packId: string;
    readonly preset: string;
    /** Sees the checked file before it appears under its name. */
    readonly onFinished: (temporaryPath: string) => Promise<void>;
  };
}

interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Exports to `target` (a folder, or a file that was chosen to be replaced), else beside the images. */
export async function exportProject(
  context: EngineContext,
  project: Project,
  request: ExportRequest,
  control: Watch,
): Promise<ExportReport> {
  const format = exportFormat(request.format);
  const first = await place(format, project.folder(), request);
  const guard = (file: string) => refuseOriginal(project, file, kindOf(format));
  const all = projectSource(context, project, {
    includeProposals: request.includeProposals,
    only: request.job?.imageIds ?? (request.imageIds ? new Set(request.imageIds) : null),
    signal: control.signal,
  });
  const check = request.check ? await checkExport(project, request, lookingThrough(control)) : null;
  const source = selectSubset(all, { only: request.only, categoryIds: request.categoryIds });
  const info = await infoOf(context, project, request.job);
  const isReplaced = first.overwrite || request.ifThere === 'replace';
  const write = (path: string) =>
    format.write(source, path, {
      signal: control.signal,
      onProgress: control.onProgress,
      overwrite: isReplaced,
      ...(format.kind === 'file' ? { guard } : {}),
      split: request.split,
      info,
      tolerancePx: 0,
      onFinished: async (temporary) => {
        // Of a split each half has a path of its own, remembered once it is there.
        if (request.split === null) await rememberMade(project, path, temporary);
        await request.job?.onFinished(temporary);
      },
      ...keptOf(project),
    });
  const paths = request.ifThere === 'keepBoth' ? besides(first.path, format) : [first.path];
  const { report, path } = await firstFree(paths, write).catch((error: unknown) => {
    throw withImageIds(error, project);
  });
  if (format.kind === 'file')
    for (const file of report.files) await rememberMade(project, join(dirname(path), file));
  // A split is several files beside each other: what is shown is where they lie.
  const written = request.split === null ? path : dirname(path);
  const warnings = [
    ...report.warnings,
    ...turnedNote(project),
    ...replacedNote(all.replaced),
    ...[...all.leftOut.values()].slice(0, 100),
  ];
  return {
    images: report.images,
    annotations: report.annotations,
    files: report.files,
    written: context.handles.handleOf(written),
    path: placeOf(written),
    leftOut: all.leftOut.size + (report.leftOut ?? 0),
    warnings,
    check:
      check &&
      (await reported(context, project, check, {
        format: format.title,
        path,
        images: report.images,
        masks: report.annotations,
        warnings: warnings.map(warningEnglish),
        replaces: isReplaced,
      })),
  };
}

const lookingThrough = ({ signal, onProgress }: Watch) => ({
  signal,
  onProgress: (done: number, total: number) => onProgress({ stage: 'Look through', done, total }),
});

/** Writes to the first path where nothing is. Throws FILE_EXISTS when something is at every one. */
async function firstFree(
  paths: Iterable<string>,
  write: (path: string) => Promise<FormatReport>,
): Promise<{ report: FormatReport; path: string }> {
  let taken: unknown;
  for (const path of paths)
    try {
      return { report: await write(path), path };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'FILE_EXISTS') throw error;
      taken = error;
    }
  throw taken;
}

/** `labels.json`, `labels-2.json`, `labels-3.json`, ... */
function* besides(path: string, { extension, kind }: Pick<ExportFormat, 'extension' | 'kind'>) {
  yield path;
  const end = kind === 'file' ? path.slice(-extension.length) : '';
  const start = path.slice(0, path.length - end.length);
  for (let n = 2; n <= MOST_BESIDE; n += 1) yield `${start}-${n}${end}`;
}

/** What read back differently, with the image's id beside its name, so that a window can show it. */
function withImageIds(error: unknown, { store }: Project): unknown {
  const differences = exportDifferences(error);
  if (differences.length === 0) return error;
  const known = differences.map(({ name, message }): ExportDifference => {
    return { name, message, imageId: imageOfName(store, name) };
  });
  return new AppError('EXPORT_MISMATCH', (error as AppError).message, {
    cause: error,
    data: { differences: known.map((one) => ({ ...one })) },
  });
}

/** What a file of this format holds, by its first bytes. */
export const kindOf = ({ extension }: Pick<ExportFormat, 'extension'>): ResultKind =>
  extension === '.zip' ? 'zip' : extension === '.xml' ? 'xml' : 'json';

async function place(
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

async function infoOf(context: EngineContext, project: Project, job: ExportRequest['job']) {
  const packId = job?.packId ?? project.meta('packId') ?? context.settings.value().packId;
  const pack = await findPack(context, packId).catch(() => null);
  return cocoInfo({
    appVersion: ENGINE_VERSION,
    model: pack && { id: pack.id, name: pack.name, hash: pack.packHash },
    preset: job?.preset ?? paramsOf(project).preset,
    prompts: Object.fromEntries(
      listCategories(project.store).map((category) => [
        category.name,
        category.prompt || category.name,
      ]),
    ),
    createdAt: context.clock.now().toISOString(),
  });
}
