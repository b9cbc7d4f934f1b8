// What `field:` asks of a value: `field:closed`, `field:material=cardboard`, `field:"lamp kind"=big`, `field:tilt>4`.
import { classKey } from '../rules/classNames.ts';
import type { FieldValue } from '../rules/fields/fields.ts';
import { boundsOf, type Bounds } from './values.ts';

export interface FieldTest {
  readonly name: string;
  /** As it was written behind the sign; null = any value. */
  readonly value: string | null;
  /** Numbers that are meant; null = none are. */
  readonly bounds: Bounds | null;
  /** Only numbers can be larger or smaller. */
  readonly sign: '=' | '<' | '>' | '<=' | '>=' | null;
}

/** Null = it names no field, or compares with what is no number. */
export function fieldTestOf(written: string): FieldTest | null {
  const [, name = '', sign = '', value = ''] =
    /^([^<>=]+?)\s*(<=|>=|<|>|=|$)\s*(.*)$/su.exec(written) ?? [];
  if (name.trim() === '') return null;
  if (sign === '') return { name: name.trim(), value: null, bounds: null, sign: null };
  if (value === '') return null;
  const isRange = /^[\d.]+(?:-|\.\.)[\d.]+$/.test(value);
  const bounds = boundsOf(isRange ? value : `${sign}${value}`);
  if (sign !== '=' && bounds === null) return null;
  return { name: name.trim(), value, bounds, sign: sign as FieldTest['sign'] };
}

const YES: ReadonlySet<string> = new Set(['yes', 'true', 'on', '1']);
const NO: ReadonlySet<string> = new Set(['no', 'false', 'off', '0']);

/** Whether a value is one of those asked for. A tick that was never set is off. */
export function fieldFits(value: FieldValue | undefined, test: FieldTest): boolean {
  if (test.value === null) return value !== undefined && value !== false;
  const asked = classKey(test.value);
  if (value === undefined) return false;
  if (typeof value === 'boolean') return test.sign === '=' && (value ? YES : NO).has(asked);
  if (typeof value === 'number') return test.bounds !== null && isInside(value, test.bounds);
  return test.sign === '=' && classKey(value) === asked;
}

function isInside(value: number, { from, to, above, below }: Bounds): boolean {
  if (from !== null && (above ? value <= from : value < from)) return false;
  return to === null || (below ? value < to : value <= to);
}
