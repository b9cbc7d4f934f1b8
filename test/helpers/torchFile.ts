// Writes zip checkpoints as torch.save does, for models that are too large or too many to keep as
// fixtures. What PyTorch itself writes is in test/fixtures/torch.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/**
 * A checkpoint of F32 tensors. `values` gives a tensor's bytes, or is a block that every tensor
 * repeats. `under` wraps the tensors in a dict with that key, as training scripts do.
 */
export async function writeTorchFile(
  path: string,
  shapes: ReadonlyMap<string, readonly number[]>,
  values: Buffer | ((name: string) => Buffer),
  under?: string,
): Promise<void> {
  const zip = new ZipFile();
  const plain = { compress: false };
  zip.addBuffer(pickleOf([...shapes], under), 'archive/data.pkl', plain);
  [...shapes].forEach(([name, shape], key) => {
    const size = 4 * count(shape);
    // Asked for when its turn has come: all of a large model at once would not fit into memory.
    zip.addReadStreamLazy(`archive/data/${key}`, { ...plain, size }, (give) => {
      const block = typeof values === 'function' ? values(name) : values;
      give(null, Readable.from(repeated(block, size)));
    });
  });
  zip.addBuffer(Buffer.from('3\n'), 'archive/version', plain);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path, { flags: 'wx' }));
}

function pickleOf(
  tensors: readonly (readonly [string, readonly number[]])[],
  under?: string,
): Buffer {
  const program = [
    Buffer.from([0x80, 2]),
    ...(under === undefined ? [] : [Buffer.from('}'), text(under)]),
    Buffer.from('}('),
    ...tensors.flatMap(([name, shape], key) => [text(name), tensor(key, shape)]),
    Buffer.from('u'),
    ...(under === undefined ? [] : [Buffer.from('s')]),
    Buffer.from('.'),
  ];
  return Buffer.concat(program);
}

function tensor(key: number, shape: readonly number[]): Buffer {
  const strides = shape.map((_, axis) => count(shape.slice(axis + 1)));
  return Buffer.concat([
    Buffer.from('ctorch._utils\n_rebuild_tensor_v2\n(('),
    text('storage'),
    Buffer.from('ctorch\nFloatStorage\n'),
    text(String(key)),
    text('cpu'),
    whole(count(shape)),
    Buffer.from('tQ'),
    whole(0),
    tuple(shape),
    tuple(strides),
    Buffer.from([0x89]),
    Buffer.from('ccollections\nOrderedDict\n)RtR'),
  ]);
}

function tuple(numbers: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from('('), ...numbers.map(whole), Buffer.from('t')]);
}

function whole(value: number): Buffer {
  const bytes = Buffer.from('J\0\0\0\0');
  bytes.writeInt32LE(value, 1);
  return bytes;
}

function text(value: string): Buffer {
  const utf8 = Buffer.from(value);
  const head = Buffer.from('X\0\0\0\0');
  head.writeUInt32LE(utf8.length, 1);
  return Buffer.concat([head, utf8]);
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

function* repeated(block: Buffer, size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= block.length)
    yield block.subarray(0, Math.min(left, block.length));
}
