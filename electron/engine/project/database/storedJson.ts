// JSON columns of a project file: a file from elsewhere may hold anything in them.
import { AppError } from '../../../api/errors.ts';
import type { Json } from '../../../api/types.ts';

export type JsonKind = 'object' | 'list' | 'any';

/** Parses a column; throws PROJECT_DAMAGED with `place` (such as `synonyms of class 3`). */
export function storedJson<T = Json>(text: string, kind: JsonKind, place: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged(place, 'no JSON', error);
  }
  const isList = Array.isArray(value);
  if (kind === 'list' && !isList) throw damaged(place, 'no list');
  if (kind === 'object' && (isList || typeof value !== 'object' || value === null))
    throw damaged(place, 'no JSON object');
  return value as T;
}

/** Parses a column that must pass a check of its own; throws PROJECT_DAMAGED with `place`. */
export function storedAs<T>(
  text: string,
  isSound: (value: unknown) => value is T,
  place: string,
): T {
  const value = storedJson<unknown>(text, 'any', place);
  if (!isSound(value)) throw damaged(place, 'of another form than Salience gives it');
  return value;
}

function damaged(place: string, found: string, cause?: unknown): AppError {
  return new AppError(
    'PROJECT_DAMAGED',
    `The project file is damaged: ${place} is ${found}. Open a copy that Salience saved.`,
    { cause },
  );
}
