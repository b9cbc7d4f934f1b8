// How providers are asked for: what cannot be run here is held by what onnxruntime is told.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { providerOption } from '../../../../../electron/inference/session/ort.ts';

test('Core ML is asked for models in its program format, others by name', () => {
  expect(providerOption('coreml')).toEqual({ name: 'coreml', coreMlFlags: 0x10 });
  for (const name of ['cpu', 'cuda', 'webgpu', 'dml']) expect(providerOption(name)).toBe(name);
});

test('the runtime for macOS knows that word', () => {
  const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  const binding = join(runtime, 'bin/napi-v6/darwin/arm64/onnxruntime_binding.node');
  expect(readFileSync(binding).includes('coreMlFlags')).toBe(true);
});
