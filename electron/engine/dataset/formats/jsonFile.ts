// Reads one JSON file of a label program whole; files too large for that are refused with their size.
import { AppError } from '../../../api/errors.ts';
import type { Json } from '../../../api/types.ts';
import { parseJsonBytes } from '../json.ts';
import { readDataFile } from '../openFile.ts';
import type { JsonObject } from '../types.ts';

/** A parsed file takes several times its size in memory. */
const MAX_JSON_BYTES = 256 * 1024 * 1024;

/** Throws IMPORT_INVALID with the file's path. */
export async function readJsonFile(path: string): Promise<Json> {
  const parsed = parseJsonBytes(await readDataFile(path, MAX_JSON_BYTES));
  if ('fault' in parsed) throw new AppError('IMPORT_INVALID', `${parsed.fault}: ${path}`);
  return parsed.value;
}

/** The value as an object, else null. */
export function objectOf(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : null;
}

/** The value as a list, else an empty one. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Text that is not empty, else null. */
export function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** The objects in a list; whatever else stands there is passed over. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  return listOf(value)
    .map(objectOf)
    .filter((one) => one !== null);
}
