// Memories of the CRF, kept for re-use: a memory can grow but never shrink, so images of a batch share a few instead of
// taking a new one each.
import type { CrfPrecision } from '../parameters.ts';
import type { Call, CrfExports } from './wasmExports.ts';
import { instantiate, newMemory, type GrowingMemory, type LoadedCode } from './wasmModule.ts';

/** One growing memory with an instance of the module on it. */
export interface CrfMemory {
  readonly code: CrfExports;
  readonly precision: CrfPrecision;
  readonly memory: GrowingMemory;
  /** Whether threads were to share it. */
  readonly toShare: boolean;
  /** What other threads need to work on it as well; null where only this one can. */
  readonly shared: LoadedCode | null;
  /** Setup calls that each instance on this memory must have made, by name, and how often they changed. */
  readonly told: Map<string, Call>;
  tellings: number;
  /** A thread was lost that may still write there: never to be used again. */
  spoilt: boolean;
  /** What the front of the memory holds, so that the next image of that size need not build it again. */
  gaussian: { readonly key: string; readonly lattice: unknown } | null;
  /** Makes bytes [0, end) usable. Throws a RangeError when the machine or the format has no room. */
  reserve(end: number): void;
}

const PAGE = 65536;
/** Less than the 4 GiB that a memory can have: nothing on a desktop should take more. */
const MAX_BYTES = 3 * 2 ** 30;

/** A few memories kept between images. A memory is borrowed by one CRF at a time. */
export interface CrfMemoryPool {
  /** `toShare`: one that several threads can work on, where this machine has such. */
  borrow(precision: CrfPrecision, toShare?: boolean): CrfMemory;
  giveBack(memory: CrfMemory): void;
  /** Bytes held by idle memories. */
  idleBytes(): number;
}

/** Keeps at most `maxIdle` memories, none above `maxIdleBytes`: those are left to the collector. */
export function createCrfMemoryPool(maxIdle = 2, maxIdleBytes = 512 * 2 ** 20): CrfMemoryPool {
  const idle: CrfMemory[] = [];
  return {
    borrow(precision, toShare = false) {
      const at = idle.findLastIndex(
        (memory) => memory.precision === precision && memory.toShare === toShare,
      );
      return at < 0 ? openMemory(precision, toShare) : (idle.splice(at, 1)[0] as CrfMemory);
    },
    giveBack(memory) {
      if (memory.spoilt || memory.memory.buffer.byteLength > maxIdleBytes) return;
      idle.push(memory);
      if (idle.length > maxIdle) idle.shift();
    },
    idleBytes: () => idle.reduce((sum, { memory }) => sum + memory.buffer.byteLength, 0),
  };
}

function openMemory(precision: CrfPrecision, toShare: boolean): CrfMemory {
  const shared = toShare ? sharedMemory(precision) : null;
  const loaded = shared ?? newMemory(precision, false);
  const { memory } = loaded;
  return {
    code: instantiate(loaded),
    precision,
    memory,
    toShare,
    shared,
    told: new Map(),
    tellings: 0,
    spoilt: false,
    gaussian: null,
    reserve(end) {
      const needed = `this CRF needs ${Math.ceil(end / 2 ** 20)} MiB`;
      if (end > MAX_BYTES)
        throw new RangeError(
          `${needed}, above ${MAX_BYTES / 2 ** 20}; reduce the working size or the classes`,
        );
      const pages = Math.ceil(end / PAGE) - memory.buffer.byteLength / PAGE;
      if (pages <= 0) return;
      try {
        memory.grow(pages);
      } catch (cause) {
        throw new RangeError(`${needed}, which the machine refused; reduce the working size`, {
          cause,
        });
      }
    },
  };
}

/** Null on a machine without: one thread works there as well. */
function sharedMemory(precision: CrfPrecision): LoadedCode | null {
  try {
    return newMemory(precision, true);
  } catch {
    return null;
  }
}
