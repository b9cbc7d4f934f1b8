// The WASM build step: nothing to do is nothing done, and the module asks its host for memory only.
import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CRF_WASM, ensureWasm } from '../../../build/wasm.ts';

test('compiles once and then leaves the file alone', async () => {
  await ensureWasm();
  const { mtimeMs } = statSync(CRF_WASM);
  await ensureWasm();
  expect(statSync(CRF_WASM).mtimeMs).toBe(mtimeMs);
});

test('gives a module that imports one memory and nothing else', async () => {
  await ensureWasm();
  const module = new WebAssembly.Module(readFileSync(CRF_WASM));
  expect(WebAssembly.Module.imports(module)).toEqual([
    { module: 'env', name: 'memory', kind: 'memory' },
  ]);
});
