// The vertices around the pixels of an image: simplices and weights of every pixel, and which vertices are neighbours.
// Several threads enter a part of the image each into a table of their own; the tables are put together afterwards.
import type { PlaneSize } from '../labels.ts';
import { axisScale } from '../parameters.ts';
import { bandsOf, stripesOf, type Range } from './regions.ts';
import { align, alone, runAll, type Site } from './site.ts';
import type { Call } from './wasmExports.ts';

/** Chains of neighbouring rows along one direction: where the list lies and how long it is. */
export interface Chains {
  readonly at: number;
  readonly count: number;
}

/** What a lattice is made of, and where its memory begins. */
export interface Plan {
  readonly start: number;
  readonly dimensions: 2 | 5;
  readonly size: PlaneSize;
  /** The call that enters pixels of the range. */
  readonly enter: (range: Range) => Call;
}

/** Where a lattice lies while it is built. */
export interface Ground extends Plan {
  readonly pixels: number;
  readonly corners: number;
  readonly vertexOf: number;
  readonly weightOf: number;
  /** Chains come here in the end; scales and records of the tables lie here before. */
  readonly firstChain: number;
  readonly records: number;
}

/** Bytes of a slot, and of what a table keeps behind its last one. */
const SLOT = 12;
const BEHIND = 64;
/** Bytes of what saveTable writes, and the most tables there are. */
const RECORD = 16;
const MOST_PARTS = 16;
/** Of a share of the image that the first part has less than the others: its table is for all, which takes more time. */
const LESS = 0.18;
const CHAIN_START = 0x8000_0000;
/** Vertices up to which a table starts with room for four per pixel: filling and growing it is what takes the time. */
const SMALL = 2 ** 15;
/** Where tables of several parts end at most: one table for all takes less room, which a very large image needs. */
const MOST_BYTES = 1.5 * 2 ** 30;
/** Slots that one thread looks through at a time. */
const SLOTS_TOGETHER = 65536;
/** Entries of a piece of chains. */
const PIECE = 32768;

export function layGround(plan: Plan): Ground {
  const { start, dimensions, size } = plan;
  const pixels = size.width * size.height;
  const corners = dimensions + 1;
  // The last block of four may reach past the image.
  const bytes = align((pixels + 4) * corners * 4);
  const firstChain = start + 2 * bytes;
  const place = { vertexOf: start, weightOf: start + bytes, firstChain };
  return { ...plan, ...place, pixels, corners, records: align(firstChain + 4 * dimensions) };
}

/** Enters all pixels. The table of vertices is the module's at hand afterwards, and in the first record. */
export function enterPixels(site: Site, ground: Ground): void {
  const count = Math.min(MOST_PARTS, site.crew.size);
  const parts =
    count > 1 ? stripesOf(ground.size, count, LESS) : [{ first: 0, last: ground.pixels }];
  if (enterParts(site, ground, parts)) return;
  // More vertices than the tables of the parts have room for, or too many pixels: one table grows as it must.
  enterParts({ ...site, crew: alone }, ground, [{ first: 0, last: ground.pixels }]);
}

/** Vertices of a part of the image, while they have a table of their own. */
interface Part extends Range {
  readonly record: number;
  readonly table: number;
  readonly log2: number;
  /** How far the table may grow; 0: as far as it must. */
  readonly end: number;
  /** What rows its own are in the first part's table. */
  readonly map: number;
}

/** False where a table had no room. */
function enterParts(site: Site, ground: Ground, ranges: readonly Range[]): boolean {
  const { memory } = site;
  const { dimensions, firstChain, vertexOf, weightOf } = ground;
  const parts = layParts(ground, ranges);
  const [first] = parts as [Part];
  const end = first.table + 2 ** first.log2 * SLOT + BEHIND;
  if (parts.length > 1 && end > MOST_BYTES) return false;
  memory.reserve(end);
  new Float32Array(memory.memory.buffer, firstChain, dimensions).set(
    Array.from({ length: dimensions }, (_, axis) => axisScale(axis, dimensions)),
  );
  const begin = dimensions === 2 ? 'beginGaussian' : 'beginBilateral';
  runAll(
    site,
    parts.map((part): Call[] => [
      [begin, firstChain, vertexOf, weightOf, part.table, part.log2, part.end],
      ...bandsOf(part).map(ground.enter),
      ['saveTable', part.record],
    ]),
  );
  if (parts.some(({ record }) => recordAt(site, record).rows === 0)) return false;
  memory.code.resumeTable(first.record);
  for (const part of parts.slice(1)) putTogether(site, ground, part);
  memory.code.saveTable(first.record);
  return true;
}

/** What saveTable wrote: 64 less the logarithm of its slots, and its rows, none where it had no room. */
function recordAt({ memory }: Site, record: number): { shift: number; rows: number } {
  const [, , shift, rows] = new Uint32Array(memory.memory.buffer, record, RECORD / 4);
  return { shift: shift as number, rows: rows as number };
}

/** The first part's table lies last: it has room for all vertices, which it takes in the end, and grows. */
function layParts({ corners, pixels, records }: Ground, ranges: readonly Range[]): Part[] {
  let top = align(records + RECORD * MOST_PARTS);
  const parts = ranges.map(({ first, last }, at): Part => {
    const entering = at === 0 ? pixels : last - first;
    // Photographs have about half a vertex per pixel, small ones more than three; positions alone an eighth.
    const entered =
      corners === 3 ? entering / 4 : Math.max(entering, Math.min(4 * entering, SMALL));
    const log2 = Math.max(6, Math.ceil(Math.log2(entered)));
    // Twice the slots, once, behind the first ones: at most half of those are taken.
    const slots = 2 ** log2;
    const end = at === 0 ? 0 : align(top + 3 * slots * SLOT + 2 * BEHIND);
    const part = { first, last, record: records + RECORD * at, log2, end, map: end, table: top };
    if (at > 0) top = align(end + (slots + 2) * 4);
    return part;
  });
  return parts.map((part, at) => (at === 0 ? { ...part, table: top } : part));
}

/** Makes the vertices of a part those of the first part's table, which is the module's at hand. */
function putTogether(site: Site, ground: Ground, { record, map, ...part }: Part): void {
  const { memory } = site;
  memory.code.saveTable(ground.records);
  const slots = { first: 0, last: 2 ** (64 - recordAt(site, record).shift) };
  runAll(
    site,
    bandsOf(slots, SLOTS_TOGETHER).map(({ first, last }): Call[] => [
      ['resumeTable', ground.records],
      ['findKeys', record, map, first, last],
    ]),
  );
  memory.code.enterTable(record, map);
  // The last block of four counts as a whole.
  const entries = {
    first: part.first * ground.corners,
    last: Math.ceil(part.last / 4) * 4 * ground.corners,
  };
  runAll(
    site,
    bandsOf(entries).map(({ first, last }) => [['renumber', first, last, ground.vertexOf, map]]),
  );
}

/** Lists of chains along every direction, and where they end. */
export interface Linked {
  readonly chains: readonly Chains[];
  readonly end: number;
}

/** Links the vertices at hand. The table of them still occupies the place of the chains: link behind it, then move down. */
export function linkVertices(site: Site, ground: Ground, rows: number): Linked {
  const { memory, crew } = site;
  const { code } = memory;
  const { corners, dimensions, firstChain, records } = ground;
  const rowBytes = align((rows + 1) * 4);
  const behind = align(code.tableEnd() >>> 0);
  const keys = behind + rowBytes * corners;
  const listed = keys + 2 * rowBytes;
  const scratch = listed + rowBytes;
  const together = Math.min(crew.size, corners);
  memory.reserve(scratch + 2 * rowBytes * together);
  code.listKeys(keys, listed);
  const counts: number[] = [];
  for (let axis = 0; axis < corners; axis += together)
    counts.push(
      ...runAll(
        site,
        Array.from({ length: Math.min(together, corners - axis) }, (_, at): Call[] => {
          const right = scratch + 2 * rowBytes * at;
          const list = behind + rowBytes * (axis + at);
          const known = [list, keys, listed, right, right + rowBytes] as const;
          return [
            ['resumeTable', records],
            ['linkChains', dimensions, axis + at, ...known],
          ];
        }),
      ),
    );
  let end = firstChain;
  const chains = counts.map((count, axis) => {
    code.copyBytes(end, behind + rowBytes * axis, count * 4);
    end += count * 4;
    return { at: end - count * 4, count };
  });
  return { chains, end: align(end) };
}

/** A list of chains in pieces that end where a chain does. */
export function piecesOf(buffer: ArrayBuffer, { at, count }: Chains): Chains[] {
  const list = new Uint32Array(buffer, at, count);
  const pieces: Chains[] = [];
  let from = 0;
  while (from < count) {
    let to = Math.min(count, from + PIECE);
    while (to < count && (list[to] as number) < CHAIN_START) to += 1;
    pieces.push({ at: at + 4 * from, count: to - from });
    from = to;
  }
  return pieces;
}
