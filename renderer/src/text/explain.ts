// Turns an error into a sentence: the text of its code, else its own message.
import { AppError, fromPayload } from '../../../electron/api/errors.ts';
import { isDeviceReason } from '../../../electron/api/said/deviceWords.ts';
import { isWorkReason } from '../../../electron/api/said/workWords.ts';
import { endsEarly } from '../../../electron/api/rules/imageDamage.ts';
import { say, type Sentences, type Told } from '../../../electron/api/said/said.ts';
import type { ImportReport } from '../../../electron/api/methods/exchange.ts';
import type { FileProblem, Json } from '../../../electron/api/types.ts';
import { when } from './plural.ts';
import { text } from './text.ts';

type ImportProblem = Pick<ImportReport['problems'][number], 'message' | 'why' | 'more'>;

/** Codes whose own message carries numbers worth showing. */
const SPECIFIC = new Set([
  'PROJECT_LOCKED',
  'PROJECT_READ_ONLY',
  'IMAGE_DAMAGED',
  'IMAGE_TOO_LARGE',
  'IMPORT_INVALID',
  'PARAMS_INVALID',
  'EXPORT_MISMATCH',
  'MODEL_INVALID',
  'FILE_EXISTS',
  'FILE_REFUSED',
]);

/** The error in plain words. */
export function explain(error: unknown): string {
  if (!(error instanceof AppError))
    return error instanceof Error ? error.message : text.errors.fallback;
  const exact = withFigures(error);
  if (exact !== null) return exact;
  if (SPECIFIC.has(error.code) && error.message) return error.message;
  return text.errors[error.code] ?? error.message ?? text.errors.fallback;
}

/** The same of an error that is stored or part of an answer. */
export const explained = (error: FileProblem): string => explain(fromPayload(error));

/** In the window's own words where the error brings its figures, else null. */
function withFigures({ code, data }: AppError): string | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const { width, height, maxPixels, bytes, maxBytes, format, reason, share, name, at, why } =
    data as { readonly [name: string]: Json };
  if (code === 'FILE_EXISTS' && name && at)
    return text.exchange.isThere(String(name), when(String(at)));
  if (code === 'IMAGE_TOO_LARGE' && width && height && maxPixels)
    return text.figures.tooLarge(Number(width), Number(height), Number(maxPixels));
  if (code === 'IMAGE_TOO_LARGE' && bytes && maxBytes)
    return text.figures.tooManyBytes(Number(bytes), Number(maxBytes));
  if (code === 'IMAGE_DAMAGED' && format && reason)
    return share
      ? text.figures.stops(String(format), Number(share))
      : text.figures.damaged(String(format), endsEarly(String(reason)));
  if (isWorkReason(why)) return tell(text.reasons, why);
  if (code === 'DEVICE_FAILED' && isDeviceReason(why)) return tell(text.models.reasons, why);
  return null;
}

/** A sentence of the engine in the window's words; what an error says in it too. */
export function tell<Words extends Sentences>(
  words: Words,
  { code, values, error }: Told<Words>,
): string {
  const said = error ? [...values.slice(0, -1), explained(error)] : values;
  return say(words, { code, values: said });
}

/** What an import says of a label; sentences without a code as they came. */
export function importProblem({ message, why, more }: ImportProblem): string {
  if (!why) return message;
  const { reasons, same } = text.exchange.importing;
  return more ? same(tell(reasons, why), more) : tell(reasons, why);
}

/** True when the caller itself gave up waiting; nothing to show. */
export function isCancelled(error: unknown): boolean {
  return (
    (error instanceof AppError && error.code === 'CANCELLED') ||
    (error instanceof DOMException && error.name === 'AbortError')
  );
}
