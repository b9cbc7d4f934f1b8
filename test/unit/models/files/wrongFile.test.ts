// What lies where a file of a model should be, said in the words in which people know it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readJson } from '../../../../models/files/readText.ts';
import { buildPack } from '../../../../models/packs/build.ts';
import { readWeights } from '../../../../models/packs/weightFiles.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salience-wrong-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 12\n';
const PAGE = '<!DOCTYPE html><html><body>Sign in</body></html>';

test.each([
  ['model.safetensors', POINTER, /Git LFS pointer.*Run "git lfs pull"/],
  ['model.safetensors', PAGE, /web page.*[Dd]ownload it again/],
  ['pytorch_model.bin', POINTER, /Git LFS pointer.*Run "git lfs pull"/],
  ['pytorch_model.bin', PAGE, /web page.*[Dd]ownload it again/],
])('%s that is none says what it is: %s', async (name, content, message) => {
  await writeFile(join(folder, name), content);
  await expect(readWeights(join(folder, name), name)).rejects.toThrow(message);
});

test.each([
  [POINTER, /Git LFS pointer/],
  [PAGE, /web page/],
  ['{"a": 1,\n "layer_scale": Infinity}', /Infinity in line 2, which JSON has no number for/],
  ['{"a": [1, NaN]}', /NaN in line 1, .*Put null or a number/],
  ['{"a": "x: Infinity, y"', /found other text/],
])('a config that is no JSON says why: %s', async (content, message) => {
  const path = join(folder, 'config.json');
  await writeFile(path, content);
  await expect(readJson(path, 'config.json', 10_000)).rejects.toThrow(message);
});

test('a shard that was not downloaded is named', async () => {
  const source = join(folder, 'model');
  await mkdir(source);
  const index = { weight_map: { a: 'model-00001-of-00001.safetensors' } };
  await writeFile(join(source, 'model.safetensors.index.json'), JSON.stringify(index));
  await writeFile(join(source, 'config.json'), '{}');
  await writeFile(join(source, 'vocab.txt'), '[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n');
  await expect(buildPack({ source, out: join(folder, 'out') })).rejects.toThrow(
    /no such file\. Download all files of the model .*model-00001-of-00001\.safetensors/,
  );
});
