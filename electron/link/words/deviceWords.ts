// Why a device did not work, as a sentence for people. The runtime's own words name source files and error
// numbers and go to the log; parts of them identify the known causes.

export const DEVICE_NAMES: { readonly [provider: string]: string } = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'Core ML',
};

/** 'webgpu' to "WebGPU"; an unknown provider as it is. */
export const deviceName = (provider: string): string => DEVICE_NAMES[provider] ?? provider;

const CAUSES: readonly (readonly [RegExp, (name: string, found: string) => string])[] = [
  [
    /no supported adapters|failed to get a webgpu adapter|requestadapter|adapter not found/i,
    (name) => `${name} finds no graphics card that it can use. Check the graphics driver.`,
  ],
  [
    /out of memory|bad_alloc|failed to allocate|OOM|ErrorOutOfDeviceMemory|E_OUTOFMEMORY/i,
    (name) => `${name} ran out of memory. Close other programs or choose a smaller model.`,
  ],
  [
    /\b(lib(?:cu|nv)\w*\.so[.\d]*): cannot open shared object file/,
    (_, library) =>
      `CUDA needs the ${library.startsWith('libcudnn') ? 'cuDNN' : 'CUDA'} library ${library}, which is not on this computer. "salience devices cuda" says all that it needs from NVIDIA.`,
  ],
  [
    /failed to load shared library|libonnxruntime_providers_cuda|onnxruntime_providers_cuda|providers_shared/i,
    () =>
      'The CUDA libraries of the runtime are not installed. "salience devices cuda" says what it would fetch.',
  ],
  [
    /libcud|libcublas|cudnn|nvrtc|libcurand|libcufft/i,
    () =>
      'A CUDA or cuDNN library is missing or of another version. "salience devices cuda" says which ones are needed.',
  ],
  [
    /cuda (driver|failure)|no CUDA-capable|cudaErrorNoDevice|insufficient.*driver/i,
    () => 'CUDA finds no NVIDIA card, or its driver is too old.',
  ],
  [
    /device (was )?lost|device removed|DXGI_ERROR|hung/i,
    (name) => `${name} lost the connection to the graphics card.`,
  ],
  [
    /backend not found|not (been )?(enabled|available)|unsupported|no available backend|unknown provider|not supported/i,
    (name) => `${name} is not part of this build on this system.`,
  ],
  [
    /requires f16|does not support f16|shader-f16/i,
    (name) => `${name} on this graphics card cannot calculate in half precision.`,
  ],
  [
    /not implemented|could not find an implementation|shader|pipeline/i,
    (name) => `${name} cannot run a step of this model.`,
  ],
];

/** A sentence for people; never the runtime's own text. */
export function plainReason(provider: string, raw: string): string {
  const name = deviceName(provider);
  for (const [pattern, words] of CAUSES) {
    const found = pattern.exec(raw);
    if (found) return words(name, found[1] ?? '');
  }
  return `${name} could not run the model. The log has the details.`;
}
