// From the open project to a data-set file through the engine's own export, which reads everything back.
import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ExportReport } from '../../api/methods/exchange.ts';
import type { ImageId } from '../../api/types.ts';
import { exportFormat } from '../../engine/dataset/formats/registry.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ExportRequest as EngineExport } from '../../engine/exchange/exportProject.ts';
import { fileNameOf, kindOf } from '../../engine/exchange/exportPlace.ts';
import { exportProject as engineExport } from '../../engine/exchange/exportProject.ts';
import { refuseOriginal, refuseOtherKind } from '../../engine/files/originals.ts';
import type { Project } from '../../engine/project/project.ts';
import { isTaken } from '../../files/isTaken.ts';
import { fileError } from '../../files/fileError.ts';
import { UsageError } from './arguments/usageError.ts';
import type { ProgressPrinter } from './terminal/progress.ts';

export interface ExportRequest {
  readonly format: string;
  readonly out: string;
  readonly overwrite: boolean;
  readonly only?: 'all' | 'reviewed';
  readonly includeProposals?: boolean;
  /** Only these. */
  readonly imageIds?: readonly ImageId[];
  readonly validation?: number;
  /** Look through the masks first, and write what was found into a report beside the data. */
  readonly check?: boolean;
  /** Leave out images that the format cannot be written with. */
  readonly skipUnwritable?: boolean;
  readonly seed?: number;
  readonly job?: EngineExport['job'];
  readonly signal: AbortSignal;
  readonly printer: ProgressPrinter;
}

export const existsAlready = (out: string): UsageError =>
  new UsageError(`${out} exists. Name another file, or add --overwrite to replace it.`);

/**
 * The file that a result named `out` goes to: with the format's ending. Decided before anything else asks
 * for it. Throws FILE_REFUSED where the very name is that of a file which is no result.
 */
export async function resultPath(out: string, format: string): Promise<string> {
  const whole = resolve(out);
  const path = join(dirname(whole), fileNameOf(basename(whole), exportFormat(format)));
  const named = path === whole ? null : await stat(whole).catch(() => null);
  if (named?.isFile()) await checkReplaced(null, whole, format);
  return path;
}

/** Throws FILE_REFUSED when a result may not take the place of what stands at `out`. Cheap: before any work. */
export async function checkReplaced(
  project: Project | null,
  out: string,
  format: string,
): Promise<void> {
  const chosen = exportFormat(format);
  if (chosen.kind === 'folder') return;
  if (project) await refuseOriginal(project, out, kindOf(chosen));
  else await refuseOtherKind(out, kindOf(chosen));
}

/** Exports the open project; throws EXPORT_MISMATCH when the check fails: no file is kept. */
export async function exportProject(engine: Engine, request: ExportRequest): Promise<ExportReport> {
  const { out, signal, printer, job } = request;
  const isFile = exportFormat(request.format).kind === 'file' && (await isTaken(out));
  if (isFile && !request.overwrite) throw existsAlready(out);
  await mkdir(dirname(out), { recursive: true }).catch((error: unknown) => {
    throw fileError(error, dirname(out));
  });
  return engineExport(
    engine.context,
    engine.context.open.get(),
    {
      format: request.format,
      // A file that may be replaced is named outright; anything else goes by its folder and is never replaced.
      target: isFile ? out : dirname(out),
      fileName: basename(out),
      only: request.only ?? 'all',
      categoryIds: [],
      split: request.validation
        ? { validation: request.validation, seed: request.seed ?? 0 }
        : null,
      includeProposals: request.includeProposals ?? true,
      ...(request.imageIds ? { imageIds: request.imageIds } : {}),
      ...(request.check ? { check: true } : {}),
      ...(request.skipUnwritable ? { skipStopped: true } : {}),
      ...(job ? { job } : {}),
    },
    { signal, onProgress: (progress) => printer.update(progress) },
  );
}
