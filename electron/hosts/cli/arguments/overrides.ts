// `--set name=value`: single parameters over a preset. Ranges are checked by the engine.
import type { Json } from '../../../api/types.ts';
import { UsageError } from './usageError.ts';

/** The name and its value; words that are no JSON are texts. Throws UsageError for anything else. */
export function parseOverride(text: string): [string, Json] {
  const [name = '', value = ''] = text.split(/=(.*)/s);
  if (!/^[a-z]+\.[A-Za-z]+$/.test(name) || value === '')
    throw new UsageError(`--set takes name=value, e.g. masks.blur=0.03, not ${text}.`);
  try {
    return [name, JSON.parse(value) as Json];
  } catch {
    // Bare words are texts: explain.captions=joint.
    return [name, value];
  }
}
