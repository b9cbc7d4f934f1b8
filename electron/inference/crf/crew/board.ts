// Shared memory through which the threads of a crew coordinate: the calls of a round, which thread took which,
// and how many are open. A late thread takes nothing, and no thread waits for it.
import { make, type Call, type CrfExports } from '../wasm/wasmExports.ts';
import type { Unit } from '../wasm/site.ts';

/** Places of the counters. */
const UNTAKEN = 0;
const UNDONE = 1;
const ROUND = 2;
const UNITS = 3;
const HALTED = 4;
const OVER = 5;
const FAILED = 6;
/** How many calls every thread is to make, and how often that list was written. */
const TOLD = 7;
const TELLINGS = 8;
const COUNTERS = 16;

const MOST_UNITS = 1024;
const MOST_CALLS = 4096;
const MOST_TOLD = 16;
/** Number of the name, how many numbers, and the numbers. */
const CALL_WIDTH = 14;
/** Polls of a counter before sleeping: most waits are shorter than waking up takes. */
const LOOKS = 4000;

/** Views of one shared memory. */
export interface Board {
  readonly memory: SharedArrayBuffer;
  readonly counters: Int32Array;
  /** First call and the one behind the last of each unit. */
  readonly units: Int32Array;
  readonly answers: Float64Array;
  readonly calls: Float64Array;
  readonly told: Float64Array;
}

export function boardOn(memory: SharedArrayBuffer): Board {
  let at = 0;
  const place = (bytes: number) => {
    at += bytes;
    return at - bytes;
  };
  return {
    memory,
    counters: new Int32Array(memory, place(4 * COUNTERS), COUNTERS),
    units: new Int32Array(memory, place(8 * MOST_UNITS), 2 * MOST_UNITS),
    answers: new Float64Array(memory, place(8 * MOST_UNITS), MOST_UNITS),
    calls: new Float64Array(memory, place(8 * CALL_WIDTH * MOST_CALLS), CALL_WIDTH * MOST_CALLS),
    told: new Float64Array(memory, place(8 * CALL_WIDTH * MOST_TOLD), CALL_WIDTH * MOST_TOLD),
  };
}

export function newBoard(): Board {
  const calls = MOST_CALLS + MOST_TOLD;
  return boardOn(new SharedArrayBuffer(4 * COUNTERS + 16 * MOST_UNITS + 8 * CALL_WIDTH * calls));
}

/** An instance with the names of its functions, in the order that all instances of its module have. */
export interface Hands {
  readonly code: CrfExports;
  readonly names: readonly string[];
}

export function handsOf(code: CrfExports): Hands {
  return { code, names: Object.keys(code) };
}

/** Opens a round with as many of the units from `first` on as there is room for; returns the first one left out. */
export function openRound(
  { counters, units, calls }: Board,
  { names }: Hands,
  all: readonly Unit[],
  first: number,
): number {
  let written = 0;
  let count = 0;
  for (; first + count < all.length && count < MOST_UNITS; count++) {
    const unit = all[first + count] as Unit;
    if (unit.length > MOST_CALLS) throw new RangeError(`${unit.length} calls in one unit`);
    if (written + unit.length > MOST_CALLS) break;
    units[2 * count] = written;
    for (const call of unit) write(calls, written++, names, call);
    units[2 * count + 1] = written;
  }
  Atomics.store(counters, UNITS, count);
  Atomics.store(counters, UNDONE, count);
  Atomics.store(counters, UNTAKEN, count);
  Atomics.add(counters, ROUND, 1);
  Atomics.notify(counters, ROUND);
  return first + count;
}

/** Writes the calls that every thread makes before its next unit; between rounds only. */
export function tell({ counters, told }: Board, { names }: Hands, calls: readonly Call[]): void {
  calls.forEach((call, at) => write(told, at, names, call));
  Atomics.store(counters, TOLD, calls.length);
  Atomics.add(counters, TELLINGS, 1);
}

/** Takes units and makes their calls until none is left. `stop` is asked before each call; true halts the round. */
export function work(board: Board, hands: Hands, stop: () => boolean): void {
  for (let unit = take(board); unit >= 0; unit = take(board)) {
    try {
      workOn(board, hands, unit, stop);
    } finally {
      finish(board);
    }
  }
}

/** What a helping thread does until the crew is no longer needed. */
export function help(board: Board, hands: Hands): void {
  const { counters } = board;
  let heard = 0;
  while (Atomics.load(counters, OVER) === 0) {
    const round = Atomics.load(counters, ROUND);
    const unit = take(board);
    if (unit < 0) {
      sleepWhile(counters, ROUND, round, 1000);
      continue;
    }
    try {
      const tellings = Atomics.load(counters, TELLINGS);
      if (tellings !== heard)
        for (let at = 0; at < (counters[TOLD] as number); at++) read(board.told, at, hands);
      heard = tellings;
      workOn(board, hands, unit, () => false);
    } catch {
      Atomics.store(counters, FAILED, 1);
      halt(board);
    } finally {
      finish(board);
    }
  }
}

/** Units of the round that are not done, after up to `ms` of waiting for the others. */
export function undoneAfter({ counters }: Board, ms: number): number {
  const undone = Atomics.load(counters, UNDONE);
  if (undone > 0) sleepWhile(counters, UNDONE, undone, ms);
  return Atomics.load(counters, UNDONE);
}

/** Ends the round early: units at work stop before their next call, those that nobody took are done. */
export function halt(board: Board): void {
  Atomics.store(board.counters, HALTED, 1);
  while (take(board) >= 0) finish(board);
}

export function hasFailed({ counters }: Board): boolean {
  return Atomics.load(counters, FAILED) !== 0;
}

/** Makes ready for a round after one that was halted. */
export function resume({ counters }: Board): void {
  Atomics.store(counters, HALTED, 0);
}

export function answersOf({ answers }: Board, count: number): number[] {
  return Array.from(answers.subarray(0, count));
}

/** Releases every helper thread. */
export function close({ counters }: Board): void {
  Atomics.store(counters, OVER, 1);
  Atomics.notify(counters, ROUND);
}

/** A unit of the round that nobody has taken, or -1. */
function take({ counters }: Board): number {
  for (;;) {
    const untaken = Atomics.load(counters, UNTAKEN);
    if (untaken <= 0) return -1;
    // Taking comes first: the round cannot end, nor the next begin, before this unit is done.
    if (Atomics.compareExchange(counters, UNTAKEN, untaken, untaken - 1) === untaken)
      return Atomics.load(counters, UNITS) - untaken;
  }
}

function finish({ counters }: Board): void {
  if (Atomics.sub(counters, UNDONE, 1) === 1) Atomics.notify(counters, UNDONE);
}

function workOn(board: Board, hands: Hands, unit: number, stop: () => boolean): void {
  const { counters, units, answers } = board;
  const end = units[2 * unit + 1] as number;
  for (let at = units[2 * unit] as number; at < end; at++) {
    if (stop()) halt(board);
    if (Atomics.load(counters, HALTED) !== 0) return;
    answers[unit] = read(board.calls, at, hands);
  }
}

function write(calls: Float64Array, at: number, names: readonly string[], call: Call): void {
  const [name, ...numbers] = call;
  const place = at * CALL_WIDTH;
  calls[place] = names.indexOf(name);
  calls[place + 1] = numbers.length;
  calls.set(numbers, place + 2);
}

function read(calls: Float64Array, at: number, { code, names }: Hands): number {
  const place = at * CALL_WIDTH;
  const name = names[calls[place] as number] as string;
  const numbers = calls.subarray(place + 2, place + 2 + (calls[place + 1] as number));
  return make(code, [name, ...numbers] as unknown as Call);
}

function sleepWhile(counters: Int32Array, at: number, value: number, ms: number): void {
  for (let looks = 0; looks < LOOKS; looks++) if (Atomics.load(counters, at) !== value) return;
  Atomics.wait(counters, at, value, ms);
}
