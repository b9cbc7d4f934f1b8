// What this process holds after everything that nobody needs was collected.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export function collectedBytes(): number {
  setFlagsFromString('--expose_gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
  gc();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}
