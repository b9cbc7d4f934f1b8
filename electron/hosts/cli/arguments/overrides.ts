// `--set name=value`: single parameters over a preset. Ranges are checked by the engine.
import type { Json } from '../../../api/types.ts';
import { currentName, PARAM_RANGES } from '../../../link/paramRanges.ts';
import { UsageError } from './usageError.ts';

/**
 * The name and its value. Lists are written `0,1` (or as JSON), and nothing after `=` is the empty list;
 * words that are no JSON are texts. Throws UsageError for anything else.
 */
export function parseOverride(text: string): [string, Json] {
  const [given = '', value = ''] = text.split(/=(.*)/s);
  const name = currentName(given);
  if (!/^[a-z]+\.[A-Za-z]+$/.test(name) || !text.includes('='))
    throw new UsageError(`--set takes name=value, e.g. masks.blur=0.03, not ${text}.`);
  const kind = PARAM_RANGES.get(name)?.kind;
  if (kind === 'indices' || kind === 'numbers') return [name, listOf(name, value)];
  if (kind === 'words') return [name, wordsOf(value)];
  // A text may be empty: pnp.prefix= asks for a caption without one.
  if (kind === 'text') return [name, textOf(value)];
  if (value === '')
    throw new UsageError(`--set ${name}= has no value; write it behind the "=", e.g. ${name}=1.`);
  try {
    return [name, JSON.parse(value) as Json];
  } catch {
    // Bare words are texts: pnp.captions=joint.
    return [name, value];
  }
}

function listOf(name: string, value: string): Json {
  const items = value.trim().replace(/^\[(.*)\]$/s, '$1');
  if (items.trim() === '') return [];
  return items.split(',').map((item) => {
    const number = Number(item);
    if (item.trim() === '' || !Number.isFinite(number))
      throw new UsageError(
        `--set ${name} takes numbers with commas, e.g. ${name}=0,1 (or ${name}= for none), not ${value}.`,
      );
    return number;
  });
}

/** Words with commas. */
function wordsOf(value: string): string[] {
  return value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** As it is, or as JSON where it is quoted. */
function textOf(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    const parsed = JSON.parse(value) as Json;
    return typeof parsed === 'string' ? parsed : value;
  } catch {
    return value;
  }
}
