// What an export's check found, as it travels in the data of EXPORT_MISMATCH: a file that differs is
// not kept, so there is no report that could carry it.
import { AppError } from '../errors.ts';
import type { ImageId } from '../types.ts';

export interface ExportDifference {
  /** Of the image, else the place in the file. */
  readonly name: string;
  readonly message: string;
  /** Null = it is not one image that differs. */
  readonly imageId: ImageId | null;
}

/** The images that read back differently; empty for every other failure. */
export function exportDifferences(error: unknown): readonly ExportDifference[] {
  if (!(error instanceof AppError) || error.code !== 'EXPORT_MISMATCH') return [];
  const data = error.data as { differences?: unknown } | null;
  if (typeof data !== 'object' || !Array.isArray(data?.differences)) return [];
  return (data.differences as readonly Partial<ExportDifference>[]).flatMap((one) =>
    typeof one.name === 'string' && typeof one.message === 'string'
      ? [{ name: one.name, message: one.message, imageId: one.imageId ?? null }]
      : [],
  );
}
