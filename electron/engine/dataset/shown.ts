// Values of somebody's file inside a sentence: quoted, cut to a length that can be read.
import type { Json } from '../../api/types.ts';
import { rawNumber } from './json.ts';

const MAX_TEXT = 200;
const MAX_VALUE = 60;

/** A name or path from a file. */
export function shown(text: string): string {
  return JSON.stringify(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}...` : text);
}

/** A JSON value as a person would read it off the file; `missing` when there is none. */
export function describe(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  const raw = rawNumber(value);
  if (raw !== null) return raw;
  // Large lists are cut before they become text: a message needs only their beginning.
  const small =
    Array.isArray(value) && value.length > MAX_VALUE ? value.slice(0, MAX_VALUE) : value;
  if (typeof small === 'string') return quoted(small);
  if (typeof small === 'object' && small !== null && !Array.isArray(small)) return 'an object';
  if (Array.isArray(small) && small.some((item) => typeof item === 'object' && item !== null))
    return `a list of ${(value as readonly Json[]).length}`;
  const text = JSON.stringify(small);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}...` : text;
}

/** Its quotes close, cut or not. */
function quoted(text: string): string {
  const beginning = JSON.stringify(text.slice(0, MAX_VALUE));
  return text.length > MAX_VALUE ? `${beginning.slice(0, -1)}..."` : beginning;
}
