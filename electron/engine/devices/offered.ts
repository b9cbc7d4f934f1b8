// Which devices this build has on which system: what the runtime's own packages contain.
import type { DeviceReason } from '../../api/said/deviceWords.ts';
import { DEVICE_NAMES } from '../../link/words/deviceWords.ts';

export interface OfferedDevice {
  readonly provider: string;
  /** Why it is not offered here; null = it is. */
  readonly notHere: DeviceReason | null;
}

/** All devices that are known, the processor first, then what is likely fastest. */
export function offeredDevices(platform: NodeJS.Platform, arch: string): readonly OfferedDevice[] {
  const webgpu = platform !== 'linux' || arch === 'x64';
  const cuda = platform === 'linux' && arch === 'x64';
  return [
    { provider: 'cpu', notHere: null },
    {
      provider: 'cuda',
      notHere: cuda ? null : { code: 'needsNvidia', values: [] },
    },
    {
      provider: 'dml',
      notHere: platform === 'win32' ? null : { code: 'needsWindows', values: [] },
    },
    {
      provider: 'coreml',
      notHere:
        platform === 'darwin' && arch === 'arm64' ? null : { code: 'needsApple', values: [] },
    },
    { provider: 'webgpu', notHere: webgpu ? null : { code: 'notOnArm', values: [] } },
  ];
}

/** True for a device that the program knows, whatever the system. */
export const isKnownDevice = (provider: string): boolean => provider in DEVICE_NAMES;
