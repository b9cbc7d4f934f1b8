// A thread of the inference process whose stages only take their time: the model 30 ms, edges 300 ms. Waiting needs
// no processor, so that a small machine can show what sixteen processors and a fast card would do.
import { serveTasks } from '../../../electron/inference/threads/threadTask.ts';
import { EDGES_MS, MODEL_MS } from './stageTimes.ts';

const SIDE = 512;

/** Blocks the thread, as the stage would; the time that really went by, which is longer where others are at work. */
function take(ms: number): number {
  const startMs = performance.now();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return performance.now() - startMs;
}

interface Any {
  readonly input: unknown;
  readonly output: unknown;
}

serveTasks<{ decode: Any; explain: Any; finish: Any }>({
  decode: async () => ({
    width: SIDE,
    height: SIDE,
    rgb: new Uint8Array(new SharedArrayBuffer(SIDE * SIDE * 3)),
    sha256: '',
  }),
  explain: async () => ({ milliseconds: { encode: take(MODEL_MS) } }),
  finish: async (input) => {
    const { run } = input as { readonly run: { readonly milliseconds: object } };
    const edges = take(EDGES_MS);
    return { facts: { milliseconds: { ...run.milliseconds, edges } }, masks: [] };
  },
});
