// From the open project to a data-set file through the engine's own export, which reads everything back.
import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ExportReport } from '../../api/methods.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ExportRequest as EngineExport } from '../../engine/exchange/exportProject.ts';
import { exportProject as engineExport } from '../../engine/exchange/exportProject.ts';
import { UsageError } from './arguments/usageError.ts';
import type { ProgressPrinter } from './progress.ts';

export interface ExportRequest {
  readonly format: string;
  readonly out: string;
  readonly overwrite: boolean;
  readonly only?: 'all' | 'reviewed';
  readonly includeProposals?: boolean;
  readonly validation?: number;
  readonly seed?: number;
  readonly job?: EngineExport['job'];
  readonly signal: AbortSignal;
  readonly printer: ProgressPrinter;
}

export const existsAlready = (out: string): UsageError =>
  new UsageError(`${out} exists. Name another file, or add --overwrite to replace it.`);

/** Exports the open project; throws EXPORT_MISMATCH when the check fails: no file is kept. */
export async function exportProject(engine: Engine, request: ExportRequest): Promise<ExportReport> {
  const { out, signal, printer, job } = request;
  const there = await stat(out).catch(() => null);
  if (there?.isFile() && !request.overwrite) throw existsAlready(out);
  await mkdir(dirname(out), { recursive: true });
  return engineExport(
    engine.context,
    engine.context.open.get(),
    {
      format: request.format,
      // A file that may be replaced is named outright; anything else goes by its folder and is never replaced.
      target: there?.isFile() ? out : dirname(out),
      fileName: basename(out),
      only: request.only ?? 'all',
      categoryIds: [],
      split: request.validation
        ? { validation: request.validation, seed: request.seed ?? 0 }
        : null,
      includeProposals: request.includeProposals ?? true,
      ...(job ? { job } : {}),
    },
    { signal, onProgress: (progress) => printer.update(progress) },
  );
}
