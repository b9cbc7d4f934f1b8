// Reads one hostile input in a thread of little memory and tells how that ended.
import { parentPort, workerData } from 'node:worker_threads';
import { ModelError } from '../../../models/errors.ts';
import { parseHeader } from '../../../models/safetensors/header.ts';
import { runPickle } from '../../../models/torch/pickle.ts';

const { kind, bytes } = workerData as { kind: 'pickle' | 'header'; bytes: Uint8Array };
try {
  if (kind === 'pickle') runPickle(bytes, 'x.pth');
  else parseHeader(bytes, { file: 'x.safetensors', bodyStart: 8, bodyLength: 0 });
  parentPort?.postMessage('read');
} catch (error) {
  parentPort?.postMessage(error instanceof ModelError ? error.code : String(error));
}
