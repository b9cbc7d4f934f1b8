// The rings of a COCO polygon list, also in the nestings that other programs write: corners in pairs, one
// list too many, coordinates as text. Each can mean one thing only and is read as that, with a note.
import type { Json } from '../../../api/types.ts';
import { describe } from '../shown.ts';

export interface Rings {
  readonly rings: readonly (readonly number[])[];
  /** Where, below the list, and what is wrong with a ring that was left out. */
  readonly faults: readonly (readonly [at: string, fault: string])[];
  /** How the list was read when it is not as COCO has it. */
  readonly repair: string | null;
}

type List = readonly Json[];

const PAIRS = 'has its corners in pairs [[x, y], ...]; read as [x, y, x, y, ...]';
const DEEP = 'is nested one list too deep; read as a list of polygons';
const TEXT = 'has coordinates as text; read as numbers';

/** `list` is not empty. */
export function ringsOf(list: List): Rings {
  if (list.every((item) => typeof item === 'number'))
    return failed('is a flat list of numbers; expected a list of polygons [[x, y, ...]]');
  if (list.length > 2 && list.every(isPair)) return read([list.flat() as List], '', PAIRS);
  if (!list.some((item) => Array.isArray(item) && Array.isArray(item[0])))
    return read(list, '', null);
  if (list.every((item) => Array.isArray(item) && item.length > 2 && item.every(isPair)))
    return read(
      list.map((item) => (item as List).flat() as List),
      '',
      PAIRS,
    );
  const inner = list.flat() as List;
  if (inner.every((ring) => Array.isArray(ring) && !ring.some(Array.isArray)))
    return read(inner, '', DEEP);
  if (inner.every((ring) => Array.isArray(ring) && ring.length > 2 && ring.every(isPair)))
    return failed(
      'has rings inside rings, as GeoJSON has; in COCO a hole needs RLE, polygons are [[x, y, ...]]',
    );
  return failed('mixes lists of different depth; expected polygons [[x, y, ...]]');
}

function failed(fault: string): Rings {
  return { rings: [], faults: [['', fault]], repair: null };
}

function read(list: List, at: string, repair: string | null): Rings {
  const rings: number[][] = [];
  const faults: [string, string][] = [];
  let hasText = false;
  for (const [i, item] of list.entries()) {
    const numbers = Array.isArray(item) ? item.map(fromText) : item;
    const fault = ringFault(numbers);
    if (fault !== null) faults.push([`${at}[${i}]`, fault]);
    else {
      rings.push(numbers as number[]);
      hasText ||= (item as List).some((value) => typeof value === 'string');
    }
  }
  return { rings, faults, repair: repair ?? (hasText ? TEXT : null) };
}

function fromText(value: Json): Json {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

function ringFault(ring: Json): string | null {
  if (!Array.isArray(ring)) return `is ${describe(ring)}; expected a list of numbers`;
  const bad = ring.findIndex((n) => typeof n !== 'number' || !Number.isFinite(n));
  if (bad >= 0) return `number ${bad} is ${describe(ring[bad])}; expected a coordinate`;
  if (ring.length < 6) return `has ${ring.length} numbers; a polygon needs 6 or more`;
  return ring.length % 2 === 1 ? `has an odd count of ${ring.length} numbers` : null;
}

function isPair(value: Json): boolean {
  return Array.isArray(value) && value.length === 2 && !value.some(Array.isArray);
}
