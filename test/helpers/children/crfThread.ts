// A worker thread that solves the same dense CRF as often as it is told, for the bench of threads.
import { parentPort, workerData } from 'node:worker_threads';
import { REFERENCE_CRF, type RgbImage } from '../../../electron/inference/crf/parameters.ts';
import { createWasmCrf } from '../../../electron/inference/crf/wasmCrf.ts';

const { image, unary, classes, iterations } = workerData as {
  readonly image: RgbImage;
  readonly unary: Float32Array;
  readonly classes: number;
  readonly iterations: number;
};

parentPort?.on('message', (times: number) => {
  for (let time = 0; time < times; time++) {
    const crf = createWasmCrf(image, REFERENCE_CRF);
    crf.start(unary, classes);
    for (let i = 0; i < iterations; i++) crf.step();
    crf.q();
    crf.dispose();
  }
  parentPort?.postMessage(null);
});
