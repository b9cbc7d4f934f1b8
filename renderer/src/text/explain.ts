// From a thrown thing to a sentence: the text for its code, else its own message.
import { AppError } from '../../../electron/api/errors.ts';
import { text } from './text.ts';

/** Codes whose own message carries numbers worth showing. */
const SPECIFIC = new Set([
  'IMAGE_DAMAGED',
  'IMAGE_TOO_LARGE',
  'IMPORT_INVALID',
  'PARAMS_INVALID',
  'EXPORT_MISMATCH',
  'MODEL_INVALID',
  'FILE_EXISTS',
]);

/** What happened, in plain words. */
export function explain(error: unknown): string {
  if (!(error instanceof AppError))
    return error instanceof Error ? error.message : text.errors.fallback;
  if (SPECIFIC.has(error.code) && error.message) return error.message;
  return text.errors[error.code] ?? error.message ?? text.errors.fallback;
}

/** True when the caller itself gave up waiting; nothing to show. */
export function isCancelled(error: unknown): boolean {
  return (
    (error instanceof AppError && error.code === 'CANCELLED') ||
    (error instanceof DOMException && error.name === 'AbortError')
  );
}
