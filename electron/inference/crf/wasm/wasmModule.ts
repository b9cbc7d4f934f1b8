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
  const suffix = shared ? 'Shared.wasm' : '.wasm';
  const relaxed = precision === 'fast' ? moduleBytes(`crfRelaxed${suffix}`) : null;
  const bytes = relaxed && wasm.validate(relaxed) ? relaxed : moduleBytes(`crf${suffix}`);
  const module = new wasm.Module(bytes);
  compiled.set(key, module);
  return module;
}

function moduleBytes(name: string): Uint8Array {
  const file = fileURLToPath(new URL(`./${name}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${file} is missing; run "npm run build:wasm" once`);
  return readFileSync(file);
}
