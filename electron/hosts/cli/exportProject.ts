// From the open project to a data-set file through the engine's own export, which reads everything back.
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ExportReport } from '../../api/methods.ts';
import { AppError } from '../../api/errors.ts';
import type { Engine } from '../../engine/engine.ts';
import { callEngine } from '../startEngine.ts';
import type { ProgressPrinter } from './progress.ts';

export interface ExportRequest {
  readonly format: string;
  readonly out: string;
  readonly overwrite: boolean;
  readonly only?: 'all' | 'reviewed';
  readonly includeProposals?: boolean;
  readonly validation?: number;
  readonly seed?: number;
  readonly signal: AbortSignal;
  readonly printer: ProgressPrinter;
}

/** Exports the open project; throws EXPORT_MISMATCH with the first difference when the check fails. */
export async function exportProject(engine: Engine, request: ExportRequest): Promise<ExportReport> {
  const { out, signal, printer } = request;
  await mkdir(dirname(out), { recursive: true });
  // Asked for by the person; the export itself never replaces anything.
  if (request.overwrite && (await stat(out).catch(() => null))?.isFile()) await rm(out);
  const report = await callEngine(
    engine,
    'export.start',
    {
      format: request.format,
      target: engine.handleOf(dirname(out)),
      fileName: basename(out),
      only: request.only ?? 'all',
      categoryIds: [],
      split: request.validation
        ? { validation: request.validation, seed: request.seed ?? 0 }
        : null,
      includeProposals: request.includeProposals ?? true,
    },
    { signal, onProgress: (progress) => printer.update(progress) },
  );
  const [difference] = report.differences;
  if (difference)
    throw new AppError('EXPORT_MISMATCH', `${difference.name}: ${difference.message}`);
  return report;
}
