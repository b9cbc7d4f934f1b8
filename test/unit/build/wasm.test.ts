// The WASM build step: nothing to do is nothing done, and the module asks its host for memory only.
import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CRF_RELAXED_WASM, CRF_WASM, ensureWasm } from '../../../build/wasm.ts';

const modules = [CRF_WASM, CRF_RELAXED_WASM];

test('compiles once and then leaves the files alone', async () => {
  await ensureWasm();
  const before = modules.map((file) => statSync(file).mtimeMs);
  await ensureWasm();
  expect(modules.map((file) => statSync(file).mtimeMs)).toEqual(before);
});

test('gives a module for every engine and another one with relaxed SIMD', async () => {
  await ensureWasm();
  const plain = readFileSync(CRF_WASM);
  const relaxed = readFileSync(CRF_RELAXED_WASM);
  expect(WebAssembly.validate(plain)).toBe(true);
  // f32x4.relaxed_madd: prefix 0xfd, then 0x105 as LEB128.
  const fused = Buffer.from([0xfd, 0x85, 0x02]);
  expect([plain.includes(fused), relaxed.includes(fused)]).toEqual([false, true]);
});

test.each(modules)('gives a module that imports one memory and nothing else (%s)', async (file) => {
  await ensureWasm();
  const module = new WebAssembly.Module(readFileSync(file));
  expect(WebAssembly.Module.imports(module)).toEqual([
    { module: 'env', name: 'memory', kind: 'memory' },
  ]);
});
