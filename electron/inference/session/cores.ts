// How many threads a model gets when nobody has chosen. onnxruntime counts physical cores itself, but on
// virtual machines that present two cores as siblings it takes one and leaves the others idle.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Physical cores that /proc/cpuinfo lists: pairs of package and core. Where it names none, processors. */
export function physicalCores(cpuinfo: string): number {
  const cores = new Set<string>();
  let processors = 0;
  let place = '';
  for (const line of cpuinfo.split('\n')) {
    const [name, value = ''] = line.split(':').map((part) => part.trim());
    if (name === 'processor') processors += 1;
    if (name === 'physical id') place = value;
    if (name === 'core id') cores.add(`${place}/${value}`);
  }
  return cores.size > 0 ? cores.size : processors;
}

/** Null where the runtime's own count is taken: everywhere but on Linux. */
export function usualThreads(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const cores = physicalCores(readFileSync('/proc/cpuinfo', 'utf8'));
    return cores > 0 ? Math.min(cores, availableParallelism()) : null;
  } catch {
    return null;
  }
}
