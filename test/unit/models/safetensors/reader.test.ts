// Which safetensors files are read, and how each broken promise of a header is refused.
import { execFileSync } from 'node:child_process';
import { symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ModelErrorCode } from '../../../../models/errors.ts';
import { ModelError } from '../../../../models/errors.ts';
import { readSafetensorsIndex, readTensorFloats } from '../../../../models/safetensors/reader.ts';
import { f32, fileWithHeader, safetensorsFile } from '../../../helpers/fixtures/safetensorsFile.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

const two = safetensorsFile({
  a: { dtype: 'F32', shape: [2], bytes: f32(1, 2) },
  'b.größe': { dtype: 'F32', shape: [1, 3], bytes: f32(3, 4, 5) },
});

async function refusal(bytes: Uint8Array): Promise<ModelError> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'model.safetensors');
  await writeFile(path, bytes);
  const error: unknown = await readSafetensorsIndex(path).catch((e: unknown) => e);
  if (!(error instanceof ModelError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

function header(entries: unknown, bodyBytes = 8): Buffer {
  const json = typeof entries === 'string' ? entries : JSON.stringify(entries);
  return fileWithHeader(json, Buffer.alloc(bodyBytes));
}

describe('a sound file', () => {
  it('gives name, dtype, shape, file and absolute byte range of every tensor', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'x.safetensors');
    await writeFile(path, two);
    const tensors = await readSafetensorsIndex(path, 'weights/model.safetensors');
    const body = two.length - 20;
    expect([...tensors.values()]).toEqual([
      {
        name: 'a',
        dtype: 'F32',
        shape: [2],
        file: 'weights/model.safetensors',
        offset: body,
        length: 8,
      },
      {
        name: 'b.größe',
        dtype: 'F32',
        shape: [1, 3],
        file: 'weights/model.safetensors',
        offset: body + 8,
        length: 12,
      },
    ]);
  });

  it('is read through a symbolic link, as hub caches store it', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'blob'), two);
    await symlink('blob', join(folder.path, 'model.safetensors'));
    expect((await readSafetensorsIndex(join(folder.path, 'model.safetensors'))).size).toBe(2);
  });

  it('may have sixteen sides, and empty tensors before or behind the one at their place', async () => {
    const sides = Array<number>(16).fill(1);
    const full = { dtype: 'F32', shape: sides, data_offsets: [0, 4] };
    const empty = { dtype: 'F32', shape: [0], data_offsets: [0, 0] };
    await using folder = await temporaryFolder();
    for (const entries of [{ full }, { full, empty }, { empty, full }]) {
      const path = join(folder.path, 'm.safetensors');
      await writeFile(path, header(entries, 4));
      expect((await readSafetensorsIndex(path)).get('full')?.shape).toEqual(sides);
    }
    const more = { ...full, shape: [...sides, 1] };
    expect((await refusal(header({ more }, 4))).message).toMatch(/at most 16 whole numbers/);
  });

  it('may hold metadata, empty tensors, scalars, padding spaces and a key named __proto__', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'm.safetensors');
    const json =
      '{"__metadata__":{"format":"pt"},"empty":{"dtype":"F32","shape":[0,9007199254740991,5],"data_offsets":[0,0]},' +
      '"__proto__":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}   ';
    await writeFile(path, fileWithHeader(json, f32(7)));
    const tensors = await readSafetensorsIndex(path);
    expect([...tensors.keys()]).toEqual(['empty', '__proto__']);
    expect([...(await readTensorFloats(tensors.get('__proto__')!, folder.path))]).toEqual([7]);
  });
});

describe('a hostile or damaged file is refused with one clear error', () => {
  const entry = (data_offsets: unknown, shape: unknown = [2], dtype: unknown = 'F32') => ({
    dtype,
    shape,
    data_offsets,
  });
  const cases: readonly [string, Buffer, ModelErrorCode, RegExp][] = [
    ['an empty file', Buffer.alloc(0), 'MODEL_FILE_DAMAGED', /header length/],
    [
      'a header length of 2^60',
      Buffer.from('0000000000000010ffff', 'hex'),
      'MODEL_FILE_DAMAGED',
      /1152921504606846976/,
    ],
    [
      'a header longer than the file',
      Buffer.from('6400000000000000', 'hex'),
      'MODEL_FILE_DAMAGED',
      /header/,
    ],
    ['no JSON', header('hello'), 'MODEL_FILE_DAMAGED', /a value at character 0/],
    ['a header that is a list', header('[]'), 'MODEL_FILE_DAMAGED', /header object/],
    ['text behind the header object', header('{} x', 0), 'MODEL_FILE_DAMAGED', /nothing more/],
    [
      'bytes that are not UTF-8',
      fileWithHeader(Buffer.from([0x7b, 0xff, 0x7d]), Buffer.alloc(0)),
      'MODEL_FILE_DAMAGED',
      /UTF-8/,
    ],
    ['a million brackets', header('['.repeat(1_000_000)), 'MODEL_FILE_DAMAGED', /at most 3 levels/],
    [
      'a million brackets inside a shape',
      header(`{"a":{"shape":${'['.repeat(1_000_000)}`),
      'MODEL_FILE_DAMAGED',
      /levels/,
    ],
    [
      'a string without end',
      header(`{"${'a'.repeat(3_000_000)}`),
      'MODEL_FILE_DAMAGED',
      /a string/,
    ],
    [
      'the same tensor twice',
      header(
        '{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}',
      ),
      'MODEL_FILE_DAMAGED',
      /not two/,
    ],
    [
      'more bytes than its shape has',
      header({ a: entry([4, 12], [1]) }, 12),
      'MODEL_FILE_DAMAGED',
      /4 bytes for F32 \[1\].*8 bytes/,
    ],
    [
      'bytes between two tensors',
      header({ a: entry([0, 4], [1]), b: entry([8, 12], [1]) }, 12),
      'MODEL_FILE_DAMAGED',
      /a gap, start at byte/,
    ],
    [
      'bytes of two tensors',
      header({ a: entry([0, 8]), b: entry([4, 12]) }, 12),
      'MODEL_FILE_DAMAGED',
      /an overlap, start at byte/,
    ],
    ['a tensor that is no object', header({ a: 3 }), 'MODEL_FILE_DAMAGED', /"a".*an object/],
    [
      'an unknown dtype',
      header({ a: entry([0, 8], [2], 'F8_E4M3') }),
      'MODEL_FILE_UNSUPPORTED',
      /F8_E4M3/,
    ],
    [
      'a dtype from the prototype',
      header({ a: entry([0, 8], [2], 'toString') }),
      'MODEL_FILE_UNSUPPORTED',
      /toString/,
    ],
    ['a negative side', header({ a: entry([0, 8], [-2]) }), 'MODEL_FILE_DAMAGED', /whole numbers/],
    [
      'a fractional side',
      header({ a: entry([0, 8], [2.5]) }),
      'MODEL_FILE_DAMAGED',
      /whole numbers/,
    ],
    [
      'a shape whose product overflows',
      header({ a: entry([0, 8], [2 ** 40, 2 ** 40]) }),
      'MODEL_FILE_DAMAGED',
      /2\^53/,
    ],
    [
      'a shape of a thousand sides',
      header({ a: entry([0, 8], Array(1000).fill(1)) }),
      'MODEL_FILE_DAMAGED',
      /at most 16/,
    ],
    [
      'offsets in the wrong order',
      header({ a: entry([8, 0]) }),
      'MODEL_FILE_DAMAGED',
      /data_offsets/,
    ],
    [
      'offsets behind the end',
      header({ a: entry([0, 16], [4]) }),
      'MODEL_FILE_DAMAGED',
      /body of 8 bytes/,
    ],
    [
      'offsets beyond exact numbers',
      header('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,1e300]}}'),
      'MODEL_FILE_DAMAGED',
      /data_offsets/,
    ],
    [
      'a length that does not fit the shape',
      header({ a: entry([0, 8], [3]) }),
      'MODEL_FILE_DAMAGED',
      /12 bytes for F32 \[3\].*8 bytes/,
    ],
    [
      'overlapping tensors',
      header({ a: entry([0, 8]), b: entry([4, 8], [1]) }),
      'MODEL_FILE_DAMAGED',
      /an overlap/,
    ],
    [
      'a gap between tensors',
      header({ a: entry([0, 4], [1]), b: entry([8, 12], [1]) }, 12),
      'MODEL_FILE_DAMAGED',
      /a gap/,
    ],
    [
      'bytes behind the last tensor',
      header({ a: entry([0, 8]) }, 9),
      'MODEL_FILE_DAMAGED',
      /1 bytes more/,
    ],
  ];
  it.each(cases)('%s', async (_what, bytes, code, message) => {
    const error = await refusal(bytes);
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
    expect(error.file).toBe('model.safetensors');
  });

  it('a file cut short by one byte names the tensor that is cut', async () => {
    const error = await refusal(two.subarray(0, -1));
    expect(error).toMatchObject({ code: 'MODEL_FILE_DAMAGED', tensor: 'b.größe' });
  });

  it('a folder, a missing file and a named pipe', async () => {
    await using folder = await temporaryFolder();
    const pipe = join(folder.path, 'pipe');
    const paths = [folder.path, join(folder.path, 'none')];
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [pipe]);
      paths.push(pipe);
    }
    for (const path of paths)
      await expect(readSafetensorsIndex(path)).rejects.toMatchObject({
        code: 'MODEL_FILE_UNREADABLE',
      });
  });
});

describe('shards', () => {
  const shard = (name: string, value: number) =>
    safetensorsFile({ [name]: { dtype: 'F32', shape: [1], bytes: f32(value) } });

  it('are joined through weight_map, and each tensor points into its own shard', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'model-1.safetensors'), shard('a', 1));
    await writeFile(join(folder.path, 'model-2.safetensors'), shard('b', 2));
    const index = join(folder.path, 'model.safetensors.index.json');
    await writeFile(
      index,
      JSON.stringify({
        metadata: { total_size: 8 },
        weight_map: { a: 'model-1.safetensors', b: 'model-2.safetensors' },
      }),
    );
    const tensors = await readSafetensorsIndex(index);
    expect([...tensors.values()].map(({ name, file }) => [name, file])).toEqual([
      ['a', 'model-1.safetensors'],
      ['b', 'model-2.safetensors'],
    ]);
    expect([...(await readTensorFloats(tensors.get('b')!, folder.path))]).toEqual([2]);
  });

  it.each(['../other.safetensors', '/etc/passwd', 'sub/x.safetensors', 'C:x', 'a\\b', '..', ''])(
    'may not be named %j',
    async (name) => {
      await using folder = await temporaryFolder();
      const index = join(folder.path, 'model.safetensors.index.json');
      await writeFile(index, JSON.stringify({ weight_map: { a: name } }));
      await expect(readSafetensorsIndex(index)).rejects.toMatchObject({
        code: 'MODEL_FILE_REFUSED',
        tensor: 'a',
      });
    },
  );

  it('that lack a promised tensor are refused by its name', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'model-1.safetensors'), shard('a', 1));
    const index = join(folder.path, 'model.safetensors.index.json');
    await writeFile(index, JSON.stringify({ weight_map: { z: 'model-1.safetensors' } }));
    await expect(readSafetensorsIndex(index)).rejects.toMatchObject({
      code: 'MODEL_TENSOR_MISSING',
      tensor: 'z',
    });
  });
});

describe('readTensorFloats', () => {
  it('refuses whole numbers, tensors over the limit, and files outside the folder', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'm.safetensors'), two);
    const ref = (await readSafetensorsIndex(join(folder.path, 'm.safetensors'))).get('a')!;
    await expect(
      readTensorFloats({ ...ref, dtype: 'I64', length: 16 }, folder.path),
    ).rejects.toMatchObject({ code: 'MODEL_TENSOR_DTYPE' });
    await expect(readTensorFloats(ref, folder.path, 7)).rejects.toMatchObject({
      code: 'MODEL_TENSOR_SHAPE',
    });
    await expect(
      readTensorFloats({ ...ref, file: '../m.safetensors' }, folder.path),
    ).rejects.toMatchObject({ code: 'MODEL_FILE_REFUSED' });
    await truncate(join(folder.path, 'm.safetensors'), ref.offset + 4);
    await expect(readTensorFloats(ref, folder.path)).rejects.toMatchObject({
      code: 'MODEL_FILE_DAMAGED',
    });
  });
});
