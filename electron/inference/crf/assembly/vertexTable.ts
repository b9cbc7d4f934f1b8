// Open-addressing table from packed lattice keys to row numbers 1, 2, 3 …; 0 means absent. Keys lie at their slots
// beside the row numbers, so a hit reads both at once. Layout from `workspace`: keys u64[capacity + WINDOW],
// rows u32[capacity].

/** Of an empty slot. No lattice point packs to it: (-1, 0, 0 …) has coordinates that are not congruent modulo d + 1. */
const EMPTY: u64 = u64.MAX_VALUE;
/** 2^64 over the golden ratio. A product is linear: two keys a step apart have slots a constant distance apart. */
const GOLDEN: u64 = 0x9e3779b97f4a7c15;

/** Slots looked at together. */
const WINDOW: i32 = 4;

let shift: u64 = 0;
let mask: usize = 0;
let keys: usize = 0;
let rows: usize = 0;
let filled: u32 = 0;
/** First byte that it may not grow into; 0 where nothing follows. */
let limit: usize = 0;
let full: bool = false;

/** Empties the table; it takes memory from `workspace` up to `end` (0: any), growing the memory when needed. */
export function resetTable(workspace: usize, log2: u32, end: usize): void {
  filled = 0;
  limit = end;
  full = false;
  place(workspace, log2);
}

/** Writes where the table lies, for another instance on this memory: four u32, the last one its rows, 0 where it had no room. */
export function saveTable(at: usize): void {
  store<u32>(at, <u32>keys);
  store<u32>(at, <u32>rows, 4);
  store<u32>(at, <u32>shift, 8);
  store<u32>(at, full ? 0 : filled, 12);
}

/** Goes on with a table that saveTable wrote down; it may grow into whatever follows. */
export function resumeTable(at: usize): void {
  keys = load<u32>(at);
  rows = load<u32>(at, 4);
  shift = load<u32>(at, 8);
  filled = load<u32>(at, 12);
  mask = ((<usize>1) << <usize>(64 - shift)) - 1;
  limit = 0;
  full = false;
}

/**
 * Looks for the keys in slots [first, last) of the table that saveTable wrote down at `record`: its rows to the ones here, 0 for
 * those that are not here, u32[rows + 1] at `map`. Keys have the same order in the slots of both tables, so both are
 * read from front to back, where looking row by row would go all over a memory that no cache holds.
 */
export function findKeys(record: usize, map: usize, first: u32, last: u32): void {
  const otherKeys = <usize>load<u32>(record);
  const otherRows = <usize>load<u32>(record, 4);
  for (let slot = <usize>first; slot < <usize>last; slot++) {
    const key = load<u64>(otherKeys + (slot << 3));
    if (key != EMPTY) store<u32>(map + (<usize>load<u32>(otherRows + (slot << 2)) << 2), findRow(key));
  }
}

/** Enters the keys of that table that findKeys, asked of every slot, has not found. They are numbered in the order of their rows there. */
export function enterTable(record: usize, map: usize): void {
  const otherKeys = <usize>load<u32>(record);
  const otherRows = <usize>load<u32>(record, 4);
  const slots = (<usize>1) << <usize>(64 - load<u32>(record, 8));
  const count = <usize>load<u32>(record, 12);
  const known = filled;
  for (let row: usize = 1; row <= count; row++)
    if (load<u32>(map + (row << 2)) == 0) store<u32>(map + (row << 2), ++filled);
  while (isCrowded()) grow();
  for (let slot: usize = 0; slot < slots; slot++) {
    const key = load<u64>(otherKeys + (slot << 3));
    if (key == EMPTY) continue;
    const row = load<u32>(map + (<usize>load<u32>(otherRows + (slot << 2)) << 2));
    if (row > known) insert(key, row);
  }
}

/** Entries [first, last) of another table's rows to the ones here. */
export function renumber(first: u32, last: u32, vertexOf: usize, map: usize): void {
  for (let at = vertexOf + ((<usize>first) << 2), end = vertexOf + ((<usize>last) << 2); at < end; at += 4)
    store<u32>(at, load<u32>(map + ((<usize>load<u32>(at)) << 2)));
}

export function rowCount(): u32 {
  return filled;
}

/** First byte behind everything the table has used. */
export function tableEnd(): usize {
  return rows + ((mask + 1) << 2);
}

/**
 * One bit for each of the WINDOW slots from `slot` on that holds `key`. Which slot of a full run holds a key cannot
 * be predicted, so four are looked at without a branch. Those behind the table's end are empty.
 */
// @ts-ignore: decorator
@inline
function matches(slot: usize, key: u64): i32 {
  const at = keys + (slot << 3);
  const wanted = i64x2.splat(key);
  return i64x2.bitmask(i64x2.eq(v128.load(at), wanted)) | (i64x2.bitmask(i64x2.eq(v128.load(at, 16), wanted)) << 2);
}

/** Row of the key, entered if it is new. */
// @ts-ignore: decorator
@inline
export function enterRow(key: u64): u32 {
  const home = <usize>((key * GOLDEN) >> shift);
  const found = matches(home, key);
  return found != 0 ? load<u32>(rows + ((home + <usize>ctz(found)) << 2)) : enterBeyond(key, home);
}

/** Row of the key, or 0. */
// @ts-ignore: decorator
@inline
function findRow(key: u64): u32 {
  const home = <usize>((key * GOLDEN) >> shift);
  const found = matches(home, key);
  // A run of keys that ends within the window ends the search too.
  if ((found | matches(home, EMPTY)) == 0 || home + <usize>WINDOW > mask) return findBeyond(key, home);
  const row = load<u32>(rows + ((home + <usize>(ctz(found) & (WINDOW - 1))) << 2));
  return found != 0 ? row : 0;
}

function findBeyond(key: u64, home: usize): u32 {
  let slot = home;
  let found = load<u64>(keys + (slot << 3));
  while (found != key && found != EMPTY) {
    slot = (slot + 1) & mask;
    found = load<u64>(keys + (slot << 3));
  }
  return found == key ? load<u32>(rows + (slot << 2)) : 0;
}

/** Keys and rows of the occupied slots in order, u64 and u32 at the addresses; both have room for all rows and one more. */
export function listKeys(listedKeys: usize, listedRows: usize): void {
  for (let slot: usize = 0; slot <= mask; slot++) {
    const key = load<u64>(keys + (slot << 3));
    store<u64>(listedKeys, key);
    store<u32>(listedRows, load<u32>(rows + (slot << 2)));
    // An empty slot's is overwritten by the next.
    const taken = <usize>(key != EMPTY);
    listedKeys += taken << 3;
    listedRows += taken << 2;
  }
}

/**
 * Row of every listed key plus `step` to right u32[rows + 1], the reverse to left u32[rows + 1]; 0 where there is none.
 * The list is in the order of slots: those looked for a step away go through memory in order, too.
 */
export function findNeighbours(listedKeys: usize, listedRows: usize, step: u64, right: usize, left: usize): void {
  memory.fill(left, 0, ((<usize>filled) + 1) << 2);
  for (let entry: usize = 0; entry < <usize>filled; entry++) {
    const row = load<u32>(listedRows + (entry << 2));
    // The right neighbour's left neighbour is the vertex itself: one search serves both.
    const next = findRow(load<u64>(listedKeys + (entry << 3)) + step);
    store<u32>(right + ((<usize>row) << 2), next);
    // Row 0 is no vertex; it takes those without a neighbour.
    store<u32>(left + ((<usize>next) << 2), row);
  }
}

/** The first slots hold other keys, or one is free. */
function enterBeyond(key: u64, home: usize): u32 {
  let slot = home;
  for (;;) {
    const found = load<u64>(keys + (slot << 3));
    if (found == key) return load<u32>(rows + (slot << 2));
    if (found == EMPTY) break;
    slot = (slot + 1) & mask;
  }
  const row = ++filled;
  store<u64>(keys + (slot << 3), key);
  store<u32>(rows + (slot << 2), row);
  if (isCrowded()) grow();
  return row;
}

/** More than half full: a search could take long, or never end. */
// @ts-ignore: decorator
@inline
function isCrowded(): bool {
  return (<usize>filled) << 1 > mask;
}

/** Puts a key that is not there into the first free slot. */
// @ts-ignore: decorator
@inline
function insert(key: u64, row: u32): void {
  let slot = <usize>((key * GOLDEN) >> shift);
  while (load<u64>(keys + (slot << 3)) != EMPTY) slot = (slot + 1) & mask;
  store<u64>(keys + (slot << 3), key);
  store<u32>(rows + (slot << 2), row);
}

function place(workspace: usize, log2: u32): void {
  shift = 64 - log2;
  mask = ((<usize>1) << log2) - 1;
  keys = workspace;
  rows = workspace + ((mask + 1 + <usize>WINDOW) << 3);
  const pages = <i32>((tableEnd() + 0xffff) >>> 16);
  if (pages > memory.size() && memory.grow(pages - memory.size()) < 0) unreachable();
  memory.fill(keys, 0xff, rows - keys);
}

function grow(): void {
  const oldKeys = keys;
  const oldRows = rows;
  const slots = mask + 1;
  if (limit != 0 && ((tableEnd() + 7) & ~7) + slots * 24 + ((<usize>WINDOW) << 3) > limit) {
    // Whoever looks at the saved table hears of it; what follows is thrown away, and only must end.
    full = true;
    filled = 0;
    memory.fill(keys, 0xff, rows - keys);
    return;
  }
  place((tableEnd() + 7) & ~7, <u32>(65 - shift));
  for (let old: usize = 0; old < slots; old++) {
    const key = load<u64>(oldKeys + (old << 3));
    if (key != EMPTY) insert(key, load<u32>(oldRows + (old << 2)));
  }
}
