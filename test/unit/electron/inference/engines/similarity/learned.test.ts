// Directions that a project taught, read from their file: only one that is whole, and of the model in use.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  mixed,
  readLearned,
} from '../../../../../../electron/inference/engines/similarity/learned.ts';

const ID = '0123456789abcdef0123456789abcdef';
const MODEL = { packHash: 'pack', embeddingWidth: 2 };
const vector = (...values: number[]) =>
  Buffer.from(Float32Array.from(values).buffer).toString('base64');
const FILE = { packHash: 'pack', packName: 'CLIP', mix: 0.5, directions: { 3: vector(0, 1) } };

describe('learned directions', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'salience-directions-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function read(text: string, id = ID, at = join(folder, `${id}.json`)) {
    await writeFile(at, text);
    return readLearned(folder, id, MODEL);
  }

  it('are read as they were written, and mix into a word', async () => {
    const { mix, directions } = await read(JSON.stringify(FILE));
    expect([...directions]).toEqual([[3, Float32Array.of(0, 1)]]);
    const [x, y] = mixed(Float32Array.of(1, 0), directions.get(3), mix);
    expect([x, y]).toEqual([Math.fround(Math.SQRT1_2), Math.fround(Math.SQRT1_2)]);
  });

  it.each([
    ['cut', JSON.stringify(FILE).slice(0, -5)],
    ['empty', ''],
    ['of another shape', JSON.stringify({ ...FILE, directions: null })],
    ['of vectors of another length', JSON.stringify({ ...FILE, directions: { 3: vector(1) } })],
    ['of half a number', JSON.stringify({ ...FILE, directions: { 3: 'AAAA' } })],
    ['mixed beyond all', JSON.stringify({ ...FILE, mix: 4 })],
  ])('that are %s are refused with the way out', async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'PARAM_INVALID',
      message: expect.stringMatching(/learn again in Tune/) as string,
    });
  });

  it('of another model are refused by its name', async () => {
    await expect(read(JSON.stringify({ ...FILE, packHash: 'other' }))).rejects.toThrow(/CLIP/);
  });

  it('are not looked for outside of their folder', async () => {
    const outside = join(folder, '..', 'salience-directions-outside.json');
    await expect(
      read(JSON.stringify(FILE), '../salience-directions-outside', outside),
    ).rejects.toMatchObject({ code: 'PARAM_INVALID' });
    await rm(outside, { force: true });
  });
});
