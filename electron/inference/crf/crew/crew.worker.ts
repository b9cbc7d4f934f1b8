// A helper thread: attaches to the memory of one CRF at a time, takes units of work, and detaches.
import { parentPort } from 'node:worker_threads';
import { instantiate, type LoadedCode } from '../wasm/wasmModule.ts';
import { boardOn, handsOf, help } from './board.ts';

/** What a crew calls its helpers with. */
export interface Muster {
  readonly shared: LoadedCode;
  readonly board: SharedArrayBuffer;
  /** The asking thread is number 0. */
  readonly thread: number;
}

parentPort?.on('message', ({ shared, board, thread }: Muster) => {
  const code = instantiate(shared);
  code.takeScratch(thread);
  help(boardOn(board), handsOf(code));
});
