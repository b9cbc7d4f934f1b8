// The largest hostile inputs that the limits let through are read in 512 MiB: the formats promise
// gigabytes in a few bytes, and nobody may be made to believe them.
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { MAX_PICKLE_BYTES } from '../../../models/torch/pickle.ts';
import { MAX_HEADER_BYTES } from '../../../models/safetensors/header.ts';

const HEAP_MIB = 512;

function ending(kind: 'pickle' | 'header', bytes: Buffer): Promise<unknown> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('../../helpers/children/hostileWorker.ts', import.meta.url), {
      workerData: { kind, bytes: new Uint8Array(bytes) },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB, maxYoungGenerationSizeMb: 64 },
    });
    worker.once('message', resolve);
    worker.once('error', (error) => resolve(String(error)));
  });
}

const pickle = (start: string, unit: string) =>
  Buffer.from(
    `\x80\x02${start}${unit.repeat(Math.floor((MAX_PICKLE_BYTES - 100) / unit.length))}`,
    'latin1',
  );
const header = (start: string, unit: (i: number) => string, end: string) => {
  const parts = [start];
  for (let size = start.length, i = 0; size < MAX_HEADER_BYTES - 200; i += 1) {
    const part = unit(i);
    parts.push(part);
    size += part.length;
  }
  return Buffer.from(parts.join('') + end);
};

it.each<[string, 'pickle' | 'header', Buffer]>([
  ['dicts', 'pickle', pickle('', '}')],
  ['lists in lists', 'pickle', pickle('', '](')],
  ['tuples of three', 'pickle', pickle('NNN', '\x87NN')],
  ['floats', 'pickle', pickle('', 'G\x3f\xf8\x00\x00\x00\x00\x00\x01')],
  ['texts', 'pickle', pickle('', 'X\x02\x00\x00\x00ab')],
  ['memo slots', 'pickle', pickle('N', 'r\xff\x1f\x1e\x00')],
  ['marks', 'pickle', pickle('', '(')],
  [
    'a text of the whole file',
    'pickle',
    Buffer.concat([
      Buffer.from('\x80\x02X\xf0\xff\xff\x00', 'latin1'),
      Buffer.alloc(MAX_PICKLE_BYTES - 20, 0xc3),
    ]),
  ],
  [
    'empty tensors',
    'header',
    header(
      '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}',
      (i) => `,"${i}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`,
      '}',
    ),
  ],
  ['long shapes', 'header', header('{"a":{"shape":[0', () => ',0', ']}}')],
  ['metadata', 'header', header('{"__metadata__":{"a":""', (i) => `,"${i}":""`, '}}')],
  ['one long name', 'header', header('{"', () => 'aaaaaaaaaaaaaaaa', '":0}')],
])('%s', async (_what, kind, bytes) => {
  expect(await ending(kind, bytes)).toMatch(/^(read|MODEL_FILE_DAMAGED)$/);
});
