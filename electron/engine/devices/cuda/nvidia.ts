// NVIDIA's own libraries in people's words: which products a provider needs by the names of its files,
// and which of them the loader would find on this computer.
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';

const CUDA =
  /^lib(cudart|cublas|cublasLt|cufft|curand|cusparse|cusolver|nvrtc|nvJitLink)\.so\.(\d+)/;
const CUDNN = /^libcudnn\w*\.so\.(\d+)/;
const DRIVER = /^libcuda\.so/;

/** Libraries of NVIDIA among the names that a file asks for. */
export const nvidiaLibraries = (names: readonly string[]): string[] =>
  names.filter((name) => [CUDA, CUDNN, DRIVER].some((pattern) => pattern.test(name)));

/** 'CUDA 13 and cuDNN 9', from the versions that the names end with; '' when none is NVIDIA's. */
export function nvidiaProducts(names: readonly string[]): string {
  const highest = (pattern: RegExp, group: number) =>
    Math.max(0, ...names.map((name) => Number(pattern.exec(name)?.[group] ?? 0)));
  // Parts of CUDA count their own versions; the runtime and cuBLAS have that of the whole.
  const cuda = highest(/^lib(cudart|cublas|cublasLt)\.so\.(\d+)/, 2);
  const cudnn = highest(CUDNN, 1);
  const products = [
    ...(cuda > 0 ? [`CUDA ${cuda}`] : names.some((name) => CUDA.test(name)) ? ['CUDA'] : []),
    ...(cudnn > 0 ? [`cuDNN ${cudnn}`] : []),
  ];
  return products.join(' and ');
}

/** Those of `names` that neither the loader's cache, LD_LIBRARY_PATH nor `folder` has. */
export async function notFoundHere(names: readonly string[], folder: string): Promise<string[]> {
  const folders = [folder, ...(process.env['LD_LIBRARY_PATH'] ?? '').split(delimiter)];
  const listed = await Promise.all(
    folders.filter(Boolean).map((path) => readdir(path).catch(() => [])),
  );
  const cached = await promisify(execFile)('/sbin/ldconfig', ['-p'], { maxBuffer: 2 ** 24 }).then(
    ({ stdout }) => stdout,
    () => '',
  );
  const here = new Set(listed.flat());
  return names.filter((name) => !here.has(name) && !cached.includes(`\t${name} `));
}
