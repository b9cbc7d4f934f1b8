// Which devices this build has on which system: what the runtime's own packages contain.
import { DEVICE_NAMES } from '../../link/words/deviceWords.ts';

export interface OfferedDevice {
  readonly provider: string;
  /** Why it is not offered here; null = it is. */
  readonly notHere: string | null;
}

/** All devices that are known, the processor first, then what is likely fastest. */
export function offeredDevices(platform: NodeJS.Platform, arch: string): readonly OfferedDevice[] {
  const webgpu = platform !== 'linux' || arch === 'x64';
  const cuda = platform === 'linux' && arch === 'x64';
  return [
    { provider: 'cpu', notHere: null },
    {
      provider: 'cuda',
      notHere: cuda ? null : 'Needs Linux on x64 and an NVIDIA card.',
    },
    { provider: 'dml', notHere: platform === 'win32' ? null : 'Needs Windows.' },
    {
      provider: 'coreml',
      notHere: platform === 'darwin' && arch === 'arm64' ? null : 'Needs a Mac with Apple silicon.',
    },
    { provider: 'webgpu', notHere: webgpu ? null : 'This build has none for Linux on ARM.' },
  ];
}

/** True for a device that the program knows, whatever the system. */
export const isKnownDevice = (provider: string): boolean => provider in DEVICE_NAMES;
