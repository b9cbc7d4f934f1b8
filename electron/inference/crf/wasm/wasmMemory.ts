// Loads the compiled CRF module and keeps memories for re-use: a memory can grow but never shrink,
// so images of a batch share a few instead of taking a new one each.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CrfPrecision } from '../parameters.ts';
import type { CrfExports } from './wasmExports.ts';

/** One growing memory with an instance of the module on it. */
export interface CrfMemory {
  readonly code: CrfExports;
  readonly precision: CrfPrecision;
  readonly memory: GrowingMemory;
  /** What the front of the memory holds, so that the next image of that size need not build it again. */
  gaussian: { readonly key: string; readonly lattice: unknown } | null;
  /** Makes bytes [0, end) usable. Throws a RangeError when the machine or the format has no room. */
  reserve(end: number): void;
}

export interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The part of the WebAssembly API in use; Node's type package leaves it to the browser's. */
interface WasmApi {
  Memory: new (limits: { initial: number; maximum: number }) => GrowingMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}
const wasm = (globalThis as unknown as { readonly WebAssembly: WasmApi }).WebAssembly;

const PAGE = 65536;
const MAX_PAGES = 65536;
/** Less than the 4 GiB that a memory can have: nothing on a desktop should take more. */
const MAX_BYTES = 3 * 2 ** 30;

/** A few memories kept between images. A memory is borrowed by one CRF at a time. */
export interface CrfMemoryPool {
  borrow(precision: CrfPrecision): CrfMemory;
  giveBack(memory: CrfMemory): void;
  /** Bytes held by idle memories. */
  idleBytes(): number;
}

/** Keeps at most `maxIdle` memories, none above `maxIdleBytes`: those are left to the collector. */
export function createCrfMemoryPool(maxIdle = 2, maxIdleBytes = 512 * 2 ** 20): CrfMemoryPool {
  const idle: CrfMemory[] = [];
  return {
    borrow(precision) {
      const at = idle.findLastIndex((memory) => memory.precision === precision);
      return at < 0 ? openMemory(precision) : (idle.splice(at, 1)[0] as CrfMemory);
    },
    giveBack(memory) {
      if (memory.memory.buffer.byteLength > maxIdleBytes) return;
      idle.push(memory);
      if (idle.length > maxIdle) idle.shift();
    },
    idleBytes: () => idle.reduce((sum, { memory }) => sum + memory.buffer.byteLength, 0),
  };
}

function openMemory(precision: CrfPrecision): CrfMemory {
  const memory = new wasm.Memory({ initial: 1, maximum: MAX_PAGES });
  const instance = new wasm.Instance(moduleFor(precision), { env: { memory } });
  return {
    code: instance.exports as CrfExports,
    precision,
    memory,
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

const compiled = new Map<CrfPrecision, object>();

/** Compiled once per thread. Relaxed SIMD rounds differently from machine to machine, so 'exact' does without. */
function moduleFor(precision: CrfPrecision): object {
  const known = compiled.get(precision);
  if (known) return known;
  const relaxed = precision === 'fast' ? moduleBytes('crfRelaxed.wasm') : null;
  const bytes = relaxed && wasm.validate(relaxed) ? relaxed : moduleBytes('crf.wasm');
  const module = new wasm.Module(bytes);
  compiled.set(precision, module);
  return module;
}

function moduleBytes(name: string): Uint8Array {
  const file = fileURLToPath(new URL(`./${name}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${file} is missing; run "npm run build:wasm" once`);
  return readFileSync(file);
}
