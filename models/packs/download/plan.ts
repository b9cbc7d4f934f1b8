// Which files of a repository make a pack: one form of the weights, config, tokenizer,
// preprocessing. Everything else (other frameworks, pictures) stays on the hub.
import { ModelError } from '../../errors.ts';
import { WEIGHT_NAMES } from '../building/checkpoint.ts';
import type { ListedFile } from './hub/listing.ts';

const NEEDED = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'vocab.txt'];

/** The files to fetch, small ones first, so that a wrong repository is noticed early. */
export function filesToFetch(repo: string, files: readonly ListedFile[]): ListedFile[] {
  const byName = new Map(files.map((file) => [file.path, file]));
  const weights = WEIGHT_NAMES.find((name) => byName.has(name));
  const tokenizer = ['tokenizer.json', 'vocab.txt'].find((name) => byName.has(name));
  if (weights === undefined || tokenizer === undefined)
    throw new ModelError('DOWNLOAD_NOT_FOUND', {
      expected: `${weights === undefined ? WEIGHT_NAMES.join(' or ') : 'tokenizer.json or vocab.txt'} in ${repo}`,
      found: `${files.length} other files`,
      fix: 'Choose an image-text matching model with PyTorch or safetensors weights',
    });
  const wanted = [...NEEDED.filter((name) => name !== 'vocab.txt' || tokenizer === name), weights];
  const shards = weights.endsWith('.index.json') ? shardsOf(weights, files) : [];
  const chosen = [...wanted.flatMap((name) => byName.get(name) ?? []), ...shards];
  for (const { path, sha256, gitSha1 } of chosen)
    if (sha256 === null && gitSha1 === null)
      throw new ModelError('DOWNLOAD_CHECKSUM', {
        file: path,
        expected: `a published checksum in ${repo}`,
        found: 'none',
        fix: 'Check the mirror: without a checksum the download cannot be trusted',
      });
  return chosen;
}

// model.safetensors.index.json -> model-00001-of-00004.safetensors
function shardsOf(index: string, files: readonly ListedFile[]): ListedFile[] {
  const [, stem, extension] = /^(.+)\.(safetensors|bin)\.index\.json$/.exec(index) ?? [];
  const shard = new RegExp(`^${stem}-\\d{5}-of-\\d{5}\\.${extension}$`);
  return files.filter(({ path }) => shard.test(path));
}
