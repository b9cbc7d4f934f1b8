// Numbers of COCO records as keys between the tables of one file: whatever form they have in JSON, only
// whether two of them are the same counts. Numbers for writing are made elsewhere.
import type { ImportReason } from '../../../../api/said/importWords.ts';
import type { Json } from '../../../../api/types.ts';
import { isNoNumber, rawNumber } from '../../json.ts';

export type Key = number | string;

/** The key of an id, or null for what can be none (missing, null, a list, NaN). */
export function keyOf(id: Json | undefined): Key | null {
  if (typeof id === 'number') return id;
  if (typeof id === 'string') return id === '' ? null : `"${id}`;
  const raw = rawNumber(id);
  return raw === null || isNoNumber(id) ? null : `#${raw}`;
}

/** What is stored under an id; `"7"` also finds 7 and the other way round when only that is there. */
export function lookUp<T>(table: ReadonlyMap<Key, T>, id: Json | undefined): T | undefined {
  const key = keyOf(id);
  if (key === null) return undefined;
  const found = table.get(key);
  if (found !== undefined) return found;
  if (typeof key === 'number') return table.get(`"${key}`);
  const text = key.slice(1);
  if (!/^-?\d+$/.test(text)) return undefined;
  if (key.startsWith('#')) return table.get(`"${text}`);
  return table.get(Number.isSafeInteger(Number(text)) ? Number(text) : `#${text}`);
}

/** The id where it can be written again: a whole number from 1, exact in a double. */
export function keptId(id: Json | undefined): number | null {
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** Why an id cannot be kept, or null; `undefined` is for the caller to judge. */
export function idFault(id: Json | undefined): ImportReason | null {
  if (keptId(id) !== null) return null;
  if (typeof id === 'string') return { code: 'idText', values: [] };
  const isBeyond = typeof id === 'number' && Math.abs(id) > Number.MAX_SAFE_INTEGER;
  if (isBeyond || (rawNumber(id) !== null && !isNoNumber(id)))
    return { code: 'idBeyond', values: [] };
  return { code: 'idNotWhole', values: [] };
}
