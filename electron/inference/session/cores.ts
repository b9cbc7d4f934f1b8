// Threads of a model where the settings choose none. onnxruntime counts physical cores itself, but on virtual
// machines that present two cores as siblings it uses one and leaves the others idle.
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

/**
 * Below this the edges of an image take about as long as the model, and one core is theirs: on two cores a
 * batch is a little faster so, and one image alone takes a quarter longer. BLIP has 0.9 GB.
 */
const SMALL_MODEL_BYTES = 100 * 2 ** 20;

/** For a model of that many bytes. Null where the runtime's own count is taken: everywhere but on Linux. */
export function usualThreads(modelBytes: number): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const cores = physicalCores(readFileSync('/proc/cpuinfo', 'utf8'));
    if (cores === 0) return null;
    const usable = Math.min(cores, availableParallelism());
    return modelBytes < SMALL_MODEL_BYTES ? Math.max(1, usable - 1) : usable;
  } catch {
    return null;
  }
}
