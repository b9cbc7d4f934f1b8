// Values behind the words of a filter: numbers with bounds, shares, areas, days, patterns, places in the list.

/** Bounds of a number; null = open. `Below` and `above` do not hold the bound itself. */
export interface Bounds {
  readonly from: number | null;
  readonly to: number | null;
  readonly above?: boolean;
  readonly below?: boolean;
}

const NUMBER = String.raw`\d+(?:\.\d+)?|\.\d+`;
const ONE = new RegExp(`^(<=|>=|<|>|=)?(${NUMBER})$`);
const TWO = new RegExp(`^(${NUMBER})(?:-|\\.\\.)(${NUMBER})$`);

/** `<0.5`, `>=3`, `=4`, `0.1-0.3`; null = no number. A number alone is the least, but for `=`. */
export function boundsOf(written: string): Bounds | null {
  const two = TWO.exec(written);
  if (two) {
    const [a, b] = [Number(two[1]), Number(two[2])];
    return { from: Math.min(a, b), to: Math.max(a, b) };
  }
  const [, sign = '>=', digits] = ONE.exec(written) ?? [];
  if (digits === undefined) return null;
  const value = Number(digits);
  switch (sign) {
    case '<':
      return { from: null, to: value, below: true };
    case '<=':
      return { from: null, to: value };
    case '>':
      return { from: value, to: null, above: true };
    case '=':
      return { from: value, to: value };
    default:
      return { from: value, to: null };
  }
}

/** As `boundsOf`, 0-1; percent are understood. Null = no number or out of range. */
export function shareBoundsOf(written: string): Bounds | null {
  const isPercent = written.includes('%');
  const bounds = boundsOf(written.replaceAll('%', ''));
  if (!bounds) return null;
  const scaled = isPercent ? divided(bounds, 100) : bounds;
  const fits = [scaled.from, scaled.to].every((one) => one === null || (one >= 0 && one <= 1));
  return fits ? scaled : null;
}

/** Pixels (`>2000`, `2000px`), or percent of the image as shares. */
export function areaBoundsOf(
  written: string,
): { readonly bounds: Bounds; readonly unit: 'px' | 'share' } | null {
  if (written.includes('%')) {
    const bounds = shareBoundsOf(written);
    return bounds && { bounds, unit: 'share' };
  }
  const bounds = boundsOf(written.replaceAll(/px/gi, ''));
  return bounds && { bounds, unit: 'px' };
}

function divided(bounds: Bounds, by: number): Bounds {
  const of = (value: number | null) => (value === null ? null : value / by);
  return { ...bounds, from: of(bounds.from), to: of(bounds.to) };
}

/** A day as people name it: `today`, `yesterday`, `2026-11-28`, `<2026-11-28`, `2026-11-01..2026-11-28`. */
export interface Days {
  readonly from: DayName | null;
  readonly to: DayName | null;
}
export type DayName = 'today' | 'yesterday' | `${number}-${number}-${number}`;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayOf(written: string): DayName | null {
  if (written === 'today' || written === 'yesterday') return written;
  if (!DAY.test(written)) return null;
  const read = new Date(`${written}T00:00:00Z`);
  // The 31st of February is no day.
  const isReal = !Number.isNaN(read.valueOf()) && read.toISOString().startsWith(written);
  return isReal ? (written as DayName) : null;
}

export function daysOf(written: string): Days | null {
  const text = written.toLowerCase();
  const range = text.split('..');
  if (range.length === 2) {
    const [from, to] = [dayOf(range[0]!), dayOf(range[1]!)];
    return from && to ? { from, to } : null;
  }
  const [, sign = '', rest = ''] = /^([<>]?)=?(.*)$/.exec(text) ?? [];
  const day = dayOf(rest);
  if (!day) return null;
  if (sign === '<') return { from: null, to: day };
  return { from: day, to: sign === '>' ? null : day };
}
