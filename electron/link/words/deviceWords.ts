// Why a device did not work. The runtime's own words name source files and error
// numbers and go to the log; parts of them identify the known causes.
import { deviceWords, type DeviceReason } from '../../api/said/deviceWords.ts';
import { say } from '../../api/said/said.ts';

export const DEVICE_NAMES: { readonly [provider: string]: string } = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'Core ML',
};

/** 'webgpu' to "WebGPU"; an unknown provider as it is. */
export const deviceName = (provider: string): string => DEVICE_NAMES[provider] ?? provider;

type Cause = (device: string, found: string) => DeviceReason;

const CAUSES: readonly (readonly [RegExp, Cause])[] = [
  [
    /no supported adapters|failed to get a webgpu adapter|requestadapter|adapter not found/i,
    (device) => ({ code: 'noCard', values: [device] }),
  ],
  [
    /out of memory|bad_alloc|failed to allocate|OOM|ErrorOutOfDeviceMemory|E_OUTOFMEMORY/i,
    (device) => ({ code: 'outOfMemory', values: [device] }),
  ],
  [
    /\b(lib(?:cu|nv)\w*\.so[.\d]*): cannot open shared object file/,
    (_, library) => {
      const kind = library.startsWith('libcudnn') ? 'cuDNN' : 'CUDA';
      return { code: 'library', values: [kind, library] };
    },
  ],
  [
    /failed to load shared library|libonnxruntime_providers_cuda|onnxruntime_providers_cuda|providers_shared/i,
    () => ({ code: 'notInstalled', values: [] }),
  ],
  [
    /libcud|libcublas|cudnn|nvrtc|libcurand|libcufft/i,
    () => ({ code: 'otherLibrary', values: [] }),
  ],
  [
    /cuda (driver|failure)|no CUDA-capable|cudaErrorNoDevice|insufficient.*driver/i,
    () => ({ code: 'noNvidia', values: [] }),
  ],
  [
    /device (was )?lost|device removed|DXGI_ERROR|hung/i,
    (device) => ({ code: 'lost', values: [device] }),
  ],
  [
    /backend not found|not (been )?(enabled|available)|unsupported|no available backend|unknown provider|not supported/i,
    (device) => ({ code: 'notInBuild', values: [device] }),
  ],
  [
    /requires f16|does not support f16|shader-f16/i,
    (device) => ({ code: 'noHalf', values: [device] }),
  ],
  [
    /not implemented|could not find an implementation|shader|pipeline/i,
    (device) => ({ code: 'cannotRun', values: [device] }),
  ],
];

/** What kept a device from running, by the runtime's own words `raw`. */
export function causeOf(provider: string, raw: string): DeviceReason {
  const device = deviceName(provider);
  for (const [pattern, cause] of CAUSES) {
    const found = pattern.exec(raw);
    if (found) return cause(device, found[1] ?? '');
  }
  return { code: 'failed', values: [device] };
}

/** A sentence for people; never the runtime's own text. */
export const plainReason = (provider: string, raw: string): string =>
  say(deviceWords, causeOf(provider, raw));
