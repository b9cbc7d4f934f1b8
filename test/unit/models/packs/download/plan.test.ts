// Which files of a repository are fetched.
import { describe, expect, it } from 'vitest';
import { filesToFetch } from '../../../../../models/packs/download/plan.ts';

const listed = (...paths: string[]) =>
  paths.map((path) => ({ path, bytes: 1, sha256: null, gitSha1: 'a'.repeat(40) }));
const fetched = (...paths: string[]) =>
  filesToFetch('a/b', listed(...paths)).map(({ path }) => path);

describe('filesToFetch', () => {
  it('prefers safetensors, takes one tokenizer, and leaves other frameworks alone', () => {
    expect(
      fetched(
        'README.md',
        'config.json',
        'flax_model.msgpack',
        'model.safetensors',
        'preprocessor_config.json',
        'pytorch_model.bin',
        'tf_model.h5',
        'tokenizer.json',
        'vocab.txt',
      ),
    ).toEqual(['config.json', 'preprocessor_config.json', 'tokenizer.json', 'model.safetensors']);
  });

  it('takes the PyTorch file where there is no other', () => {
    expect(fetched('pytorch_model.bin', 'vocab.txt', 'config.json')).toEqual([
      'config.json',
      'vocab.txt',
      'pytorch_model.bin',
    ]);
  });

  it('takes an index with its own shards, and names in folders never', () => {
    expect(
      fetched(
        'vocab.txt',
        'pytorch_model.bin.index.json',
        'pytorch_model-00001-of-00002.bin',
        'pytorch_model-00002-of-00002.bin',
        'model-00001-of-00002.safetensors',
        'sub/pytorch_model-00001-of-00002.bin',
        'sub/config.json',
      ),
    ).toEqual([
      'vocab.txt',
      'pytorch_model.bin.index.json',
      'pytorch_model-00001-of-00002.bin',
      'pytorch_model-00002-of-00002.bin',
    ]);
  });

  it('refuses repositories without weights or tokenizer by naming what is missing', () => {
    expect(() => fetched('config.json', 'vocab.txt')).toThrow(/model\.safetensors or .*in a\/b/);
    expect(() => fetched('model.safetensors')).toThrow(/tokenizer\.json or vocab\.txt/);
  });
});
