// Open-addressing table from packed 60-bit lattice keys to row numbers 1, 2, 3 …; 0 means absent.
// Layout from `workspace`: keys u64[capacity / 2 + 1], then slots u32[capacity].

let log2Capacity: u32 = 0;
let keys: usize = 0;
let slots: usize = 0;
let filled: u32 = 0;

/** Empties the table; it takes memory from `workspace` on, growing the memory when needed. */
export function resetTable(workspace: usize, log2: u32): void {
  filled = 0;
  place(workspace, log2);
}

export function rowCount(): u32 {
  return filled;
}

/** First byte behind everything the table has used. */
export function tableEnd(): usize {
  return slots + ((<usize>4) << log2Capacity);
}

// @ts-ignore: decorator
@inline
export function keyOfRow(row: u32): u64 {
  return load<u64>(keys + ((<usize>row) << 3));
}

/** Row of the key, or 0. */
export function findRow(key: u64): u32 {
  return load<u32>(slotOf(key));
}

/** Row of the key, entered if it is new. */
export function enterRow(key: u64): u32 {
  const slot = slotOf(key);
  const found = load<u32>(slot);
  if (found != 0) return found;
  const row = ++filled;
  store<u32>(slot, row);
  store<u64>(keys + ((<usize>row) << 3), key);
  if (filled << 1 >= (<u32>1) << log2Capacity) grow();
  return row;
}

// @ts-ignore: decorator
@inline
function slotOf(key: u64): usize {
  // Fibonacci hashing: the high bits of the product depend on every coordinate.
  const mask = ((<u32>1) << log2Capacity) - 1;
  let at = <u32>((key * 0x9e3779b97f4a7c15) >> (64 - log2Capacity));
  let slot = slots + ((<usize>at) << 2);
  let row = load<u32>(slot);
  while (row != 0 && keyOfRow(row) != key) {
    at = (at + 1) & mask;
    slot = slots + ((<usize>at) << 2);
    row = load<u32>(slot);
  }
  return slot;
}

function place(workspace: usize, log2: u32): void {
  log2Capacity = log2;
  keys = workspace;
  slots = workspace + ((<usize>4) << log2) + 8;
  const pages = <i32>((tableEnd() + 0xffff) >>> 16);
  if (pages > memory.size() && memory.grow(pages - memory.size()) < 0) unreachable();
  memory.fill(slots, 0, (<usize>4) << log2);
}

function grow(): void {
  const before = keys;
  place(tableEnd() + 8, log2Capacity + 1);
  memory.copy(keys, before, ((<usize>filled) + 1) << 3);
  for (let row: u32 = 1; row <= filled; row++) store<u32>(slotOf(keyOfRow(row)), row);
}
