// A thread of a crew that ends in the middle of what it has taken.
import { parentPort } from 'node:worker_threads';
import { boardOn, handsOf, help } from '../../../electron/inference/crf/crew/board.ts';
import type { Muster } from '../../../electron/inference/crf/crew/crew.worker.ts';
import type { CrfExports } from '../../../electron/inference/crf/wasm/wasmExports.ts';
import { instantiate } from '../../../electron/inference/crf/wasm/wasmModule.ts';

parentPort?.on('message', ({ shared, board }: Muster) => {
  const { names } = handsOf(instantiate(shared));
  const end = () => process.exit(1);
  help(boardOn(board), { names, code: new Proxy({}, { get: () => end }) as CrfExports });
});
