// What libraries a file asks the loader for: the runtime's own libraries as the reference, and damaged files.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { neededLibraries } from '../../../../../../electron/engine/devices/cuda/needed.ts';
import {
  notFoundHere,
  nvidiaLibraries,
  nvidiaProducts,
} from '../../../../../../electron/engine/devices/cuda/nvidia.ts';
import { temporaryFolder } from '../../../../../helpers/drivers/temporaryFolder.ts';

const RUNTIME = join(
  import.meta.dirname,
  '../../../../../../node_modules/onnxruntime-node/bin/napi-v6/linux',
);
const COMMON = ['libstdc++.so.6', 'libm.so.6', 'libgcc_s.so.1', 'libc.so.6'];

describe('neededLibraries', () => {
  it.each(['x64', 'arm64'])('reads them from a real library for %s', async (arch) => {
    const needed = await neededLibraries(join(RUNTIME, arch, 'libonnxruntime.so.1'));
    for (const name of COMMON) expect(needed).toContain(name);
    expect(needed.every((name) => /^[\w.+-]+\.so[.\d]*$/.test(name))).toBe(true);
    const binding = await neededLibraries(join(RUNTIME, arch, 'onnxruntime_binding.node'));
    expect(binding).toContain('libonnxruntime.so.1');
  });

  it('refuses what is no such file, wherever it is cut, and never hangs', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'library.so');
    await writeFile(path, 'MZ is another system');
    await expect(neededLibraries(path)).rejects.toThrow('library.so is no library');
    const whole = await readFile(join(RUNTIME, 'x64/onnxruntime_binding.node'));
    for (const bytes of [0, 63, 64, 200, 2000]) {
      await writeFile(path, whole.subarray(0, bytes));
      await expect(neededLibraries(path)).rejects.toThrow(/expected (its whole length|a table)/);
    }
    // The number of program headers, and where they begin, are whatever a file says.
    const lying = Buffer.from(whole);
    lying.writeBigUInt64LE(2n ** 63n, 32);
    await writeFile(path, lying);
    await expect(neededLibraries(path)).rejects.toThrow(/expected/);
  });
});

describe('NVIDIA’s libraries', () => {
  const names = [
    ...['libcublasLt.so.13', 'libcublas.so.13', 'libcurand.so.10', 'libcufft.so.12'],
    ...['libcudart.so.13', 'libcudnn.so.9', 'libdl.so.2', 'libc.so.6'],
  ];

  it('are told by product and version, each part counting its own', () => {
    expect(nvidiaLibraries(names)).toEqual(names.slice(0, 6));
    expect(nvidiaProducts(names)).toBe('CUDA 13 and cuDNN 9');
    expect(nvidiaProducts(['libcufft.so.12'])).toBe('CUDA');
    expect(nvidiaProducts(['libc.so.6'])).toBe('');
  });

  it.runIf(process.platform === 'linux')('are looked for where the loader looks', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'libcudnn.so.9'), '');
    expect(
      await notFoundHere(['libcudnn.so.9', 'libc.so.6', 'libcudart.so.97'], folder.path),
    ).toEqual(['libcudart.so.97']);
  });
});
