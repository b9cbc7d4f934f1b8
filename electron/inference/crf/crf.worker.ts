// Worker thread of the CRF pool: one job at a time, lattices of the last image kept for the next.
// It holds only WebAssembly and plain arrays, so terminating it at any moment is safe.
import { parentPort } from 'node:worker_threads';
import type { Crf } from './crf.ts';
import { createWasmCrf } from './wasmCrf.ts';
import type { SolveMessage, WorkerMessage } from './workerMessages.ts';

const port = parentPort;
if (!port) throw new Error('crf.worker is started by the CRF pool, not by itself');

let kept: { readonly key: string; readonly crf: Crf } | null = null;

function latticesOf({ latticeKey, image, parameters }: SolveMessage, shouldStop: () => boolean) {
  if (kept?.key === latticeKey) return kept.crf;
  kept?.crf.dispose();
  kept = null;
  if (!image) throw new Error(`CRF worker was given no image for ${latticeKey}`);
  kept = { key: latticeKey, crf: createWasmCrf(image, parameters, { shouldStop }) };
  return kept.crf;
}

function solve(message: SolveMessage): Float32Array<ArrayBuffer> {
  const { job, unary, classes, iterations } = message;
  const flag = new Int32Array(message.stopFlag);
  const shouldStop = () => Atomics.load(flag, 0) !== 0;
  const crf = latticesOf(message, shouldStop);
  crf.start(unary, classes, shouldStop);
  for (let done = 1; done <= iterations; done++) {
    crf.step(shouldStop);
    post({ kind: 'iteration', job, done });
  }
  return crf.q();
}

function post(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

port.on('message', (message: SolveMessage) => {
  const { job } = message;
  try {
    const q = solve(message);
    post({ kind: 'done', job, q, latticeKey: kept?.key ?? null }, [q.buffer]);
  } catch (error) {
    const { name, message: text } = error instanceof Error ? error : new Error(String(error));
    post({ kind: 'failed', job, name, message: text, latticeKey: kept?.key ?? null });
  }
});
