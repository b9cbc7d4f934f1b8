// One export: where it goes, what goes in, and a report. Writers read everything back by themselves.
import { dirname, join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { exportDifferences, type ExportDifference } from '../../api/rules/exportDifferences.ts';
import type { Input } from '../../api/methods.ts';
import type { Progress } from '../../api/methods/method.ts';
import type { ExportReport } from '../../api/methods/exchange.ts';
import { warningEnglish } from '../../api/said/exportWords.ts';
import type { ImageId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import { cocoInfo } from '../dataset/coco/info.ts';
import { exportFormat } from '../dataset/formats/registry.ts';
import { refuseOriginal, rememberMade } from '../files/originals.ts';
import type { ExportFormat, FormatReport } from '../dataset/formats/format.ts';
import { selectSubset } from '../dataset/formats/writing/subset.ts';
import { ENGINE_VERSION } from '../version.ts';
import { paramsOf } from '../opening/opening.ts';
import { placeOf } from '../opening/place.ts';
import { findPack } from '../packs/packs.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import { lookThrough, type Looked } from './before/checkExport.ts';
import { reported } from './before/report.ts';
import { replacedNote, turnedNote } from './before/notes.ts';
import { kindOf, place } from './exportPlace.ts';
import { countingClasses, sizeOf } from './figures.ts';
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
  const looked = await lookedAt(project, request, control);
  const except = request.skipStopped ? looked?.stopped : undefined;
  const wanted = { ...wantedOf(request), except, signal: control.signal };
  const all = projectSource(context, project, wanted);
  const { source, classes } = countingClasses(selectSubset(all, request));
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
  const parts = report.files.map((file) => join(dirname(path), file));
  if (format.kind === 'file') for (const part of parts) await rememberMade(project, part);
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
    classes: classes.size,
    size: await sizeOf(format.kind === 'file' ? parts : [path]),
    files: report.files,
    written: context.handles.handleOf(written),
    path: placeOf(written),
    leftOut: all.leftOut.size + (report.leftOut ?? 0),
    warnings,
    check:
      looked && request.check
        ? await reported(context, project, looked.check, {
            format: format.title,
            path,
            images: report.images,
            masks: report.annotations,
            warnings: warnings.map(warningEnglish),
            replaces: isReplaced,
          })
        : null,
  };
}

const wantedOf = ({ includeProposals, imageIds, job }: ExportRequest) => ({
  includeProposals,
  only: job?.imageIds ?? (imageIds ? new Set(imageIds) : null),
});

/** Null where nobody asked to look. */
async function lookedAt(
  project: Project,
  request: ExportRequest,
  { signal, onProgress }: Watch,
): Promise<Looked | null> {
  if (!request.check && !request.skipStopped) return null;
  return lookThrough(project, request, {
    signal,
    onProgress: (done, total) => onProgress({ stage: 'Look through', done, total }),
  });
}

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
