// Parameters of engines and their values in the window's language; those of a newer program say their own words.
import type { Json } from '../../../../electron/api/types.ts';
import { count, fixed } from '../../text/plural.ts';
import { text } from '../../text/text.ts';

/** Decimals of a figure, as many as it has: two at most. */
const decimalsOf = (value: number) => [0, 1].find((n) => Number(value.toFixed(n)) === value) ?? 2;

export function paramLabel(name: string, label: string): string {
  const said: Readonly<Record<string, string>> = text.models.engines.params;
  return said[name] ?? label;
}

export function paramValue(value: Json): string {
  if (typeof value === 'boolean') return value ? text.tune.on : text.tune.off;
  if (typeof value === 'number')
    return Number.isInteger(value) ? count(value) : fixed(value, decimalsOf(value));
  const said: Readonly<Record<string, string>> = text.models.engines.values;
  return said[String(value)] ?? String(value);
}
