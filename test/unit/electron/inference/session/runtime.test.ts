// What people are told when onnxruntime cannot be loaded, from words as the loaders of each system have them.
import { describe, expect, test } from 'vitest';
import { whyNotLoaded } from '../../../../../electron/inference/session/runtime.ts';

describe('a runtime that cannot be loaded', () => {
  test.each([
    [
      'libonnxruntime.so.1: cannot open shared object file: No such file or directory',
      ['linux', 'x64'],
      /its library libonnxruntime\.so\.1 is missing.*Install Salience again/,
    ],
    [
      'libstdc++.so.6: cannot open shared object file: No such file or directory',
      ['linux', 'x64'],
      /the library libstdc\+\+\.so\.6 is missing.*package of your system/,
    ],
    [
      "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.28' not found (required by /app/libonnxruntime.so.1)",
      ['linux', 'x64'],
      /needs GLIBC 2\.28, and this system is older/,
    ],
    [
      'Das angegebene Modul wurde nicht gefunden.\n\\\\?\\C:\\Salience\\onnxruntime_binding.node',
      ['win32', 'x64'],
      /Visual C\+\+ runtime \(msvcp140\.dll.*Redistributable" for x64/,
    ],
    [
      'dlopen(/Applications/Salience.app/onnxruntime_binding.node, 0x0001): Library not loaded: @rpath/libonnxruntime.1.dylib\n  Referenced from: …',
      ['darwin', 'arm64'],
      /its library libonnxruntime\.1\.dylib is missing/,
    ],
    [
      "Cannot find module '../bin/napi-v6/darwin/x64/onnxruntime_binding.node'",
      ['darwin', 'x64'],
      /its files for darwin x64 are not here/,
    ],
    ['something new', ['linux', 'x64'], /The log has the system's own words/],
  ] as const)('%j', (raw, [platform, arch], words) => {
    const told = whyNotLoaded(raw, platform, arch);
    expect(told).toMatch(words);
    expect(told).not.toMatch(/node_modules|\/app|C:\\/);
  });
});
