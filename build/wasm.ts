// Compiles the AssemblyScript sources of the dense CRF to WebAssembly beside their loader.
// Cheap when nothing changed: it looks at file times first, and loads the compiler only when needed.
import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isStale } from './stale.ts';

const root = join(import.meta.dirname, '..');
const SOURCES = join(root, 'electron/inference/crf/assembly');
/** Where the compiled module lies; ignored by git, shipped with the application. */
export const CRF_WASM = join(root, 'electron/inference/crf/crf.wasm');

/**
 * Compiles the module when it is missing or older than a source or this recipe; throws with the
 * compiler's messages when a source is wrong.
 */
export async function ensureWasm(): Promise<void> {
  if (isStale(CRF_WASM, [SOURCES, import.meta.filename])) await compile();
}

async function compile(): Promise<void> {
  const { default: asc } = await import('assemblyscript/asc');
  // Written aside and renamed: a test run beside this one never loads half a file.
  const draft = `${CRF_WASM}.${process.pid}`;
  mkdirSync(dirname(CRF_WASM), { recursive: true });
  const { error, stderr } = await asc.main([
    relative(root, join(SOURCES, 'index.ts')),
    ...['--baseDir', root, '--outFile', relative(root, draft)],
    ...['--runtime', 'stub', '--optimizeLevel', '3', '--shrinkLevel', '0', '--converge'],
    ...['--enable', 'simd', '--enable', 'bulk-memory'],
    // The host owns the memory, one per image in work, and lays it out.
    ...['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
    ...['--noAssert'],
  ]);
  if (error) throw new Error(`AssemblyScript refused ${SOURCES}:\n${stderr}`, { cause: error });
  renameSync(draft, CRF_WASM);
}

if (import.meta.main) await ensureWasm();
