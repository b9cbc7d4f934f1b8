// Compiles the AssemblyScript sources of the dense CRF to WebAssembly beside their loader: one module that every
// engine runs, one with relaxed SIMD for those that know it.
// Cheap when nothing changed: it looks at file times first, and loads the compiler only when needed.
import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isStale } from './bundle/stale.ts';

const root = join(import.meta.dirname, '..');
const SOURCES = join(root, 'electron/inference/crf/assembly');
/** Where the compiled modules lie; ignored by git, shipped with the application. */
export const CRF_WASM = join(root, 'electron/inference/crf/wasm/crf.wasm');
export const CRF_RELAXED_WASM = join(root, 'electron/inference/crf/wasm/crfRelaxed.wasm');

const MODULES: readonly (readonly [output: string, features: readonly string[]])[] = [
  [CRF_WASM, ['simd', 'bulk-memory']],
  [CRF_RELAXED_WASM, ['simd', 'bulk-memory', 'relaxed-simd']],
];

const staleModules = () =>
  MODULES.filter(([output]) => isStale(output, [SOURCES, import.meta.filename]));

export const isWasmStale = () => staleModules().length > 0;

/**
 * Compiles the modules that are missing or older than a source or this recipe; throws with the
 * compiler's messages when a source is wrong.
 */
export async function ensureWasm(): Promise<void> {
  for (const [output, features] of staleModules()) await compile(output, features);
}

async function compile(output: string, features: readonly string[]): Promise<void> {
  const { default: asc } = await import('assemblyscript/asc');
  // Written aside and renamed: a test run beside this one never loads half a file.
  const draft = `${output}.${process.pid}`;
  mkdirSync(dirname(output), { recursive: true });
  const { error, stderr } = await asc.main([
    relative(root, join(SOURCES, 'index.ts')),
    ...['--baseDir', root, '--outFile', relative(root, draft)],
    ...['--runtime', 'stub', '--optimizeLevel', '3', '--shrinkLevel', '0', '--converge'],
    ...features.flatMap((feature) => ['--enable', feature]),
    // The host owns the memory, one per image in work, and lays it out.
    ...['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
    ...['--noAssert'],
  ]);
  if (error) throw new Error(`AssemblyScript refused ${SOURCES}:\n${stderr}`, { cause: error });
  renameSync(draft, output);
}

if (import.meta.main) await ensureWasm();
