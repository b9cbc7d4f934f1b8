// Finds the parts of a checkpoint: a Hugging Face folder, a hub cache entry, or a bare weight file
// with its neighbours. Weights, config, tokenizer, preprocessing.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { ModelError, shown } from '../../errors.ts';
import { readJson } from '../../files/readText.ts';
import type { PackManifest } from '../manifest.ts';
import { findPreprocessing, MAX_CONFIG_BYTES } from './preprocessing.ts';
import { recognise, type Recognised, type WordTable } from './recognise.ts';
import { readWeights, weightFileNames } from './weightFiles.ts';

/** A checkpoint as it lies on disk; names are relative to `folder` and become names in the pack. */
export interface CheckpointParts {
  readonly folder: string;
  readonly weights: string;
  /** Weights and, for sharded ones, every shard. */
  readonly weightFiles: readonly string[];
  readonly config: string | null;
  /** Null for models that read no words. */
  readonly tokenizer: (NonNullable<PackManifest['tokenizer']> & { readonly path: string }) | null;
  /** Kind and family, from its weights and config. */
  readonly recognised: Recognised;
  /** Preprocessing as the checkpoint states it; default: the family's. */
  readonly preprocessing: Partial<PackManifest['preprocessing']>;
}

/** Longest tokenizer file read. Bytes. */
export const MAX_TOKENIZER_BYTES = 64 * 1024 * 1024;

/** Words that a family may add to a vocabulary: BLIP adds [DEC] and [ENC]. */
const ADDED_WORDS = 2;

// Safetensors first: it cannot carry code, and needs no pickle reader.
/** Usual names of weights, best first. */
export const WEIGHT_NAMES = [
  'model.safetensors',
  'model.safetensors.index.json',
  'pytorch_model.bin',
  'pytorch_model.bin.index.json',
];
const OTHER_WEIGHTS = /\.(safetensors|bin|pth|pt)$/i;

/**
 * The parts of the checkpoint at `source` (folder, hub cache entry or weight file). `tokenizer` is
 * the path of a tokenizer.json or vocab.txt for checkpoints that come without and whose vocabulary does not
 * ship with the program. Throws ModelError.
 */
export async function findCheckpoint(
  source: string,
  options: { readonly tokenizer?: string } = {},
): Promise<CheckpointParts> {
  const isFolder = (await found(source)).isDirectory();
  const folder = isFolder ? await snapshotOf(source) : dirname(source);
  const names = await readdir(folder);
  const weights = isFolder ? chooseWeights(folder, names) : basename(source);
  const config = names.includes('config.json') ? 'config.json' : null;
  const weightFiles = await weightFileNames(join(folder, weights), weights);
  for (const name of weightFiles) await present(join(folder, name), name);
  const recognised = recognise(
    config === null ? null : await readJson(join(folder, config), config, MAX_CONFIG_BYTES),
    await readWeights(join(folder, weights), weights),
  );
  const { words } = recognised;
  return {
    folder,
    weights,
    weightFiles,
    config,
    recognised,
    tokenizer: words && (await findTokenizer(folder, names, options.tokenizer, words)),
    preprocessing: await findPreprocessing(folder, names, {
      clicks: words === null,
      source: nameOfSource(source),
    }),
  };
}

// models--owner--name/snapshots/<revision>/, with refs/main naming the revision in use.
async function snapshotOf(source: string): Promise<string> {
  const revisions = await readdir(join(source, 'snapshots')).catch(() => null);
  if (revisions === null) return source;
  const main = await readFile(join(source, 'refs', 'main'), 'utf8').catch(() => '');
  const revision = revisions.length === 1 ? revisions[0] : revisions.find((r) => r === main.trim());
  if (revision === undefined)
    throw new ModelError('MODEL_FILE_UNREADABLE', {
      file: source,
      expected: 'one snapshot, or one that refs/main names',
      found: `${revisions.length} snapshots`,
      fix: 'Choose the folder of one snapshot',
    });
  return join(source, 'snapshots', revision);
}

function chooseWeights(folder: string, names: readonly string[]): string {
  const usual = WEIGHT_NAMES.find((name) => names.includes(name));
  if (usual !== undefined) return usual;
  const others = names.filter((name) => OTHER_WEIGHTS.test(name)).sort();
  const [only, second] = others;
  if (only !== undefined && second === undefined) return only;
  throw new ModelError('MODEL_FILE_UNREADABLE', {
    file: folder,
    expected: `weights named ${WEIGHT_NAMES.join(', ')}, or one other weight file`,
    found: others.length === 0 ? 'none' : others.slice(0, 5).map(shown).join(', '),
    fix:
      others.length === 0
        ? 'Choose the folder that holds the weights'
        : 'Choose one of these files',
  });
}

async function findTokenizer(
  folder: string,
  names: readonly string[],
  given: string | undefined,
  { rows, vocabulary: { name, shipped } }: WordTable,
): Promise<NonNullable<CheckpointParts['tokenizer']>> {
  const beside = ['tokenizer.json', 'vocab.txt'].find((name) => names.includes(name));
  // A model with another number of words was trained on others.
  const isOwn = shipped !== null && rows >= shipped.words && rows <= shipped.words + ADDED_WORDS;
  const own = isOwn ? shipped.file : undefined;
  const path = given ?? (beside === undefined ? own : join(folder, beside));
  if (path === undefined)
    throw new ModelError('MODEL_TOKENIZER_INVALID', {
      file: folder,
      expected: 'tokenizer.json or vocab.txt beside the weights',
      found: 'neither',
      fix: `Name the one that the model was trained with, as a rule ${name}`,
    });
  const file = path.toLowerCase().endsWith('.json') ? 'tokenizer.json' : 'vocab.txt';
  return { kind: file === 'vocab.txt' ? 'wordpiece' : await kindOf(path), file, path };
}

async function kindOf(path: string): Promise<NonNullable<PackManifest['tokenizer']>['kind']> {
  const json = await readJson(path, basename(path), MAX_TOKENIZER_BYTES, 'MODEL_TOKENIZER_INVALID');
  const parsed = v.safeParse(v.object({ model: v.object({ type: v.string() }) }), json);
  const type = parsed.success ? parsed.output.model.type : 'none';
  if (type === 'WordPiece') return 'wordpiece';
  if (type === 'BPE') return 'byte-bpe';
  throw new ModelError('MODEL_TOKENIZER_INVALID', {
    file: basename(path),
    expected: 'a tokenizer of type WordPiece or BPE',
    found: shown(type),
  });
}

/** Name to show: the repository of a hub cache entry, else the folder or the weight file. */
export function nameOfSource(source: string): string {
  const cache = /models--([^/\\]+)/.exec(source)?.[1];
  const last = basename(resolve(source));
  return cache?.replace('--', '/') ?? last.replace(/\.(safetensors|bin|pth|pt)$/i, '');
}

/** Passes when something lies at `path`; throws ModelError. An index may name a shard that was not downloaded. */
export async function present(path: string, name: string): Promise<void> {
  await stat(path).catch((cause: unknown) => {
    throw new ModelError('MODEL_FILE_UNREADABLE', {
      file: name,
      expected: 'this part of the model beside the others',
      found: (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : String(cause),
      fix: 'Download all files of the model into one folder',
      cause,
    });
  });
}

async function found(source: string) {
  return stat(source).catch((cause: unknown) => {
    throw new ModelError('MODEL_FILE_UNREADABLE', {
      file: source,
      expected: 'a model folder or a weight file',
      found: 'nothing there',
      cause,
    });
  });
}
