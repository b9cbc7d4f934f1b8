// Which files of a repository make a pack: one form of the weights, config, tokenizer,
// preprocessing. Everything else (other frameworks, pictures) stays on the hub.
import { ModelError, shown } from '../../errors.ts';
import { containedPath } from '../../files/contained.ts';
import { readJson } from '../../files/readText.ts';
import { WEIGHT_NAMES } from '../building/checkpoint.ts';
import { MAX_CONFIG_BYTES } from '../building/preprocessing.ts';
import type { ListedFile } from './hub/listing.ts';
import type { DownloadPlan } from './partial.ts';

const NEEDED = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'vocab.txt'];

/** The files to fetch, small ones first, so that a wrong repository is noticed early. */
export function filesToFetch(repo: string, files: readonly ListedFile[]): ListedFile[] {
  const byName = new Map(files.map((file) => [file.path, file]));
  const lone = loneWeights(files);
  const weights = WEIGHT_NAMES.find((name) => byName.has(name)) ?? lone;
  const tokenizer = ['tokenizer.json', 'vocab.txt'].find((name) => byName.has(name));
  // A model of pictures alone has none; Meta's files come without anything beside them.
  const readsNoWords = weights === lone || byName.has('preprocessor_config.json');
  if (weights === undefined || (tokenizer === undefined && !readsNoWords))
    throw new ModelError('DOWNLOAD_NOT_FOUND', {
      expected: `${weights === undefined ? WEIGHT_NAMES.join(' or ') : 'tokenizer.json or vocab.txt'} in ${repo}`,
      found: `${files.length} other files`,
      fix: 'Choose an image-text matching or click-to-mask model with PyTorch or safetensors weights',
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

/** Throws where a repository without a tokenizer says that it is no click model, before its weights come. */
export async function refuseForeign(plan: DownloadPlan, folder: string): Promise<void> {
  if (plan.files.some(({ path }) => /^(tokenizer\.json|vocab\.txt)$/.test(path))) return;
  const file = 'config.json';
  const config: unknown = await readJson(containedPath(folder, file), file, MAX_CONFIG_BYTES);
  const type = (config as { readonly model_type?: unknown } | null)?.model_type;
  if (type === undefined || type === 'sam') return;
  throw new ModelError('MODEL_FAMILY_UNKNOWN', {
    file,
    expected: `model_type sam in ${plan.repo}: it has no tokenizer, so it reads no words`,
    found: shown(String(type)),
    fix: 'Choose an image-text matching or click-to-mask model',
  });
}

/** The one .pt or .pth of a repository. */
function loneWeights(files: readonly ListedFile[]): string | undefined {
  const [only, second] = files.filter(({ path }) => /^[^/]+\.(pt|pth)$/i.test(path));
  return second === undefined ? only?.path : undefined;
}

// model.safetensors.index.json -> model-00001-of-00004.safetensors
function shardsOf(index: string, files: readonly ListedFile[]): ListedFile[] {
  const [, stem, extension] = /^(.+)\.(safetensors|bin)\.index\.json$/.exec(index) ?? [];
  const shard = new RegExp(`^${stem}-\\d{5}-of-\\d{5}\\.${extension}$`);
  return files.filter(({ path }) => shard.test(path));
}
