// Loads the compiled modules of the CRF, once per thread, and puts instances of them on memories.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CrfPrecision } from '../parameters.ts';
import type { CrfExports } from './wasmExports.ts';

export interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The part of the WebAssembly API in use; Node's type package leaves it to the browser's. */
interface WasmApi {
  Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => GrowingMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}
const wasm = (globalThis as unknown as { readonly WebAssembly: WasmApi }).WebAssembly;

const MAX_PAGES = 65536;

/** A module and a memory for it; where the memory is shared any thread can put an instance on it. */
export interface LoadedCode {
  readonly module: object;
  readonly memory: GrowingMemory;
}

export function newMemory(precision: CrfPrecision, shared: boolean): LoadedCode {
  const module = moduleFor(precision, shared);
  return { module, memory: new wasm.Memory({ initial: 1, maximum: MAX_PAGES, shared }) };
}

export function instantiate({ module, memory }: LoadedCode): CrfExports {
  return new wasm.Instance(module, { env: { memory } }).exports as CrfExports;
}

const compiled = new Map<string, object>();

/** Relaxed SIMD rounds differently from machine to machine, so 'exact' does without. */
function moduleFor(precision: CrfPrecision, shared: boolean): object {
  const key = `${precision} ${shared}`;
  const known = compiled.get(key);
  if (known) return known;
  const relaxed = precision === 'fast' ? moduleBytes('crfRelaxed.wasm') : null;
  const bytes = relaxed && wasm.validate(relaxed) ? relaxed : moduleBytes('crf.wasm');
  const module = new wasm.Module(shared ? forSharedMemory(bytes) : bytes);
  compiled.set(key, module);
  return module;
}

/** What the modules import: kind memory, limits with a maximum, from 1 page on. */
const IMPORT = Buffer.from('\x03env\x06memory\x02\x01\x01', 'latin1');
/** Flag of limits that have a maximum, of a memory that threads share. */
const SHARED_LIMITS = 3;

/** The same module for a memory that threads share: one flag of its only import tells them apart. */
function forSharedMemory(bytes: Buffer): Buffer {
  const at = bytes.indexOf(IMPORT);
  if (at < 0) throw new Error('the CRF module does not import its memory as expected');
  bytes[at + IMPORT.length - 2] = SHARED_LIMITS;
  return bytes;
}

function moduleBytes(name: string): Buffer {
  const file = fileURLToPath(new URL(`./${name}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${file} is missing; run "npm run build:wasm" once`);
  return readFileSync(file);
}
