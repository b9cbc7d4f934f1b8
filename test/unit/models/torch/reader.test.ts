// PyTorch checkpoints written by PyTorch itself (test/fixtures/torch/make.py): which are read, with
// which values, and how the others are refused.
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { TensorRef } from '../../../../models/family.ts';
import { openRegular } from '../../../../models/files/openRegular.ts';
import { readTensorFloats } from '../../../../models/safetensors/reader.ts';
import { readTorchIndex } from '../../../../models/torch/reader.ts';
import { cpuMsOf } from '../../../helpers/drivers/loopTurns.ts';
import { storedEntries } from '../../../../models/torch/storedEntries.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/torch');

interface Described {
  readonly dtype: TensorRef['dtype'];
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
const expected = JSON.parse(readFileSync(join(FIXTURES, 'expected.json'), 'utf8')) as Record<
  'weights' | 'training',
  Record<string, Described>
>;

async function described(folder: string, file: string): Promise<Record<string, Described>> {
  const result: Record<string, Described> = {};
  for (const ref of (await readTorchIndex(join(folder, file))).values())
    result[ref.name] = { dtype: ref.dtype, shape: ref.shape, values: await values(ref, folder) };
  return result;
}

async function values(ref: TensorRef, folder: string): Promise<number[]> {
  if (/^F|^BF/.test(ref.dtype)) return [...(await readTensorFloats(ref, folder))];
  const bytes = (await readFile(join(folder, ref.file))).subarray(
    ref.offset,
    ref.offset + ref.length,
  );
  switch (ref.dtype) {
    case 'I64':
      return [Number(bytes.readBigInt64LE(0))];
    case 'I32':
      return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(4 * i));
    default:
      return [...bytes];
  }
}

describe('an archive of very many entries', () => {
  it('is refused by their number, before they are read one by one', async () => {
    await using folder = await temporaryFolder();
    const zip = new ZipFile();
    for (let i = 0; i < 12_000; i += 1)
      zip.addBuffer(Buffer.of(1), `a/data/${i}`, { compress: false });
    zip.end();
    await writeFile(join(folder.path, 'many.pth'), await buffer(zip.outputStream));
    const ms = await cpuMsOf(() =>
      expect(readTorchIndex(join(folder.path, 'many.pth'))).rejects.toMatchObject({
        code: 'MODEL_FILE_DAMAGED',
        message: expect.stringMatching(/at most 10000 entries.*12000/) as string,
      }),
    );
    expect(ms).toBeLessThan(100);
  });
});

describe('a checkpoint that PyTorch wrote', () => {
  it.each(['weights.bin', 'protocol4.bin'])(
    '%s gives every dtype, views, tied weights, scalars and parameters with their values',
    async (file) => expect(await described(FIXTURES, file)).toEqual(expected.weights),
  );

  it('of a training run gives the tensors under its key model, beside optimiser and settings', async () => {
    expect(await described(FIXTURES, 'training.pth')).toEqual(expected.training);
  });

  it('in shards is joined through its index', async () => {
    await using folder = await temporaryFolder();
    await copyFile(join(FIXTURES, 'weights.bin'), join(folder.path, 'pytorch_model-1.bin'));
    await copyFile(join(FIXTURES, 'training.pth'), join(folder.path, 'pytorch_model-2.bin'));
    const index = join(folder.path, 'pytorch_model.bin.index.json');
    await writeFile(
      index,
      JSON.stringify({ weight_map: { f32: 'pytorch_model-1.bin', bias: 'pytorch_model-2.bin' } }),
    );
    const tensors = await readTorchIndex(index);
    expect([...tensors.values()].map((ref) => [ref.name, ref.file])).toEqual([
      ['f32', 'pytorch_model-1.bin'],
      ['bias', 'pytorch_model-2.bin'],
    ]);
  });

  it('larger than 4 GiB would use zip64 records, which are read', async () => {
    await using folder = await temporaryFolder();
    const original = await readFile(join(FIXTURES, 'training.pth'));
    const zip = new ZipFile();
    // The fixture's own entries, packed anew with zip64 fields.
    for (const [name, bytes] of await entriesOf(join(FIXTURES, 'training.pth')))
      zip.addBuffer(bytes, name, { compress: false, forceZip64Format: true });
    zip.end({ forceZip64Format: true, comment: '' });
    const repacked = await buffer(zip.outputStream);
    expect(repacked.includes(Buffer.from('PK\u0006\u0006'))).toBe(true);
    expect(repacked.equals(original)).toBe(false);
    await writeFile(join(folder.path, 'large.pth'), repacked);
    expect(await described(folder.path, 'large.pth')).toEqual(expected.training);
  });
});

describe('a checkpoint that cannot be read says why', () => {
  it.each([
    ['transposed.pth', 'MODEL_FILE_UNSUPPORTED', /"w".*strides \[1, 3\].*contiguous/],
    ['legacy.pth', 'MODEL_FILE_UNSUPPORTED', /before 1\.6.*safetensors/],
    ['deflated.bin', 'MODEL_FILE_UNSUPPORTED', /stored without compression/],
    ['object.pth', 'MODEL_FILE_REFUSED', /__main__\.Args/],
    ['expected.json', 'MODEL_FILE_DAMAGED', /zip form/],
  ])('%s', async (file, code, message) => {
    await expect(readTorchIndex(join(FIXTURES, file))).rejects.toMatchObject({
      code,
      file,
      message: expect.stringMatching(message) as string,
    });
  });

  it('a pickle that calls os.system is refused by that name and nothing runs', async () => {
    await expect(readTorchIndex(join(FIXTURES, 'system.pth'))).rejects.toMatchObject({
      code: 'MODEL_FILE_REFUSED',
      message: expect.stringMatching(/"posix\.system".*could run code/) as string,
    });
    expect(existsSync('/tmp/salience-was-here')).toBe(false);
  });

  it('a storage that is too short for its tensor is named with the tensor', async () => {
    await using folder = await temporaryFolder();
    const zip = new ZipFile();
    for (const [name, bytes] of await entriesOf(join(FIXTURES, 'training.pth')))
      zip.addBuffer(/data\/\d+$/.test(name) ? bytes.subarray(0, 4) : bytes, name, {
        compress: false,
      });
    zip.end();
    await writeFile(join(folder.path, 'short.pth'), await buffer(zip.outputStream));
    await expect(readTorchIndex(join(folder.path, 'short.pth'))).rejects.toMatchObject({
      code: 'MODEL_FILE_DAMAGED',
      tensor: 'weight',
      message: expect.stringMatching(/16 bytes for F32 \[2, 2\].*a storage of 4 bytes/) as string,
    });
  });

  it('a file cut anywhere', async () => {
    await using folder = await temporaryFolder();
    const whole = await readFile(join(FIXTURES, 'training.pth'));
    for (let cut = 0; cut < whole.length; cut += 41) {
      const path = join(folder.path, 'cut.pth');
      await writeFile(path, whole.subarray(0, cut));
      await expect(readTorchIndex(path)).rejects.toMatchObject({ code: 'MODEL_FILE_DAMAGED' });
    }
  });
});

async function entriesOf(path: string): Promise<[string, Buffer][]> {
  await using file = await openRegular(path);
  const found: [string, Buffer][] = [];
  for (const [name, { offset, length }] of await storedEntries(file))
    found.push([name, await file.read(offset, length ?? 0, name)]);
  return found;
}
