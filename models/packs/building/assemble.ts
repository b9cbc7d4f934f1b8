// The last steps of every new pack: hash, describe, write pack.json, then rename the folder. Until the rename
// nothing is a pack, so a crash never leaves half of one.
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ModelError } from '../../errors.ts';
import { containedPath } from '../../files/contained.ts';
import { sha256OfFile, type OnBytes } from '../../files/hash.ts';
import { readJson, readText } from '../../files/readText.ts';
import { MAX_TOKENIZER_BYTES, type CheckpointParts } from './checkpoint.ts';
import {
  MANIFEST_FILE,
  manifestText,
  parseManifest,
  SCHEMA_VERSION,
  type PackManifest,
} from '../manifest.ts';
import type { Recognised } from './recognise.ts';
import { tokenizerFault, vocabularyFault } from './tokenizerCheck.ts';

/** The fields of a pack that a person may set; the files tell all others. */
export interface PackWords {
  /** Default: made from the name. */
  readonly id?: string;
  /** Family that the weights must belong to; default: any known one. */
  readonly family?: string;
  readonly name: string;
  readonly purpose?: string;
  readonly licence?: string;
  readonly notes?: string;
  readonly source?: PackManifest['source'];
  /** Replaces the family's own defaults. */
  readonly defaults?: PackManifest['defaults'];
  readonly preprocessing?: PackManifest['preprocessing'];
  /** Whether captions end with [SEP]; default: the family's. */
  readonly separator?: boolean;
}

/** The manifest of the files in `folder`, hashed. Throws ModelError. */
export async function describePack(
  folder: string,
  parts: Pick<
    CheckpointParts,
    'weights' | 'weightFiles' | 'config' | 'tokenizer' | 'preprocessing' | 'recognised'
  >,
  words: PackWords,
  options: {
    readonly signal?: AbortSignal;
    readonly onBytes?: OnBytes;
    /** Hashes of these files, taken a moment ago. */
    readonly knownSha256?: ReadonlyMap<string, string>;
  } = {},
): Promise<PackManifest> {
  const { tokenizer, recognised } = parts;
  const { kind, family, defaults, parameters, preprocessing, words: table } = recognised;
  if (words.family !== undefined && words.family !== family)
    throw new ModelError('MODEL_FAMILY_UNKNOWN', {
      file: parts.weights,
      expected: `weights of ${words.family} for ${words.name}`,
      found: `weights of ${family}`,
      fix: 'Choose the file that belongs to this model',
    });
  if (tokenizer && table) await checkTokenizer(folder, tokenizer.file, table.rows);
  const names = new Set([
    ...parts.weightFiles,
    ...(tokenizer ? [tokenizer.file] : []),
    ...(parts.config ? [parts.config] : []),
  ]);
  const files: PackManifest['files'] = [];
  for (const path of names) {
    const real = containedPath(folder, path);
    const sha256 = options.knownSha256?.get(path) ?? (await sha256OfFile(real, options));
    files.push({ path, bytes: (await stat(real)).size, sha256 });
  }
  const manifest: PackManifest = {
    schemaVersion: SCHEMA_VERSION,
    id: words.id ?? idFromName(words.name),
    name: words.name,
    kind,
    family,
    purpose: words.purpose ?? '',
    licence: words.licence ?? '',
    notes: words.notes ?? '',
    source: words.source ?? null,
    parameters,
    files,
    weights: parts.weights,
    config: parts.config,
    tokenizer: tokenizer && {
      kind: tokenizer.kind,
      file: tokenizer.file,
      ...(words.separator === undefined ? {} : { separator: words.separator }),
    },
    preprocessing: words.preprocessing ?? copyOf({ ...preprocessing, ...parts.preprocessing }),
    defaults: words.defaults === undefined ? defaults : words.defaults,
  };
  // Reads the manifest back: an id or defaults that a person gave may be invalid.
  return parseManifest(manifestText(manifest));
}

/** As the manifest's schema has it: lists that are its own. */
function copyOf({
  mean,
  std,
  ...rest
}: Recognised['preprocessing'] &
  Pick<PackManifest['preprocessing'], 'frame'>): PackManifest['preprocessing'] {
  return { mean: [...mean], std: [...std], ...rest };
}

/** Throws MODEL_TOKENIZER_INVALID for a tokenizer that asks for too much, or belongs to another model. */
async function checkTokenizer(folder: string, file: string, vocabSize: number): Promise<void> {
  const path = containedPath(folder, file);
  const fault = file.endsWith('.json')
    ? tokenizerFault(
        await readJson(path, file, MAX_TOKENIZER_BYTES, 'MODEL_TOKENIZER_INVALID'),
        vocabSize,
      )
    : vocabularyFault(await readText(path, file, MAX_TOKENIZER_BYTES), vocabSize);
  if (fault)
    throw new ModelError('MODEL_TOKENIZER_INVALID', {
      file,
      ...fault,
      fix: 'Use the tokenizer that belongs to this model',
    });
}

/** Writes pack.json into `temporary` and renames the folder to `out`, which must not exist. */
export async function finishPack(
  temporary: string,
  out: string,
  manifest: PackManifest,
): Promise<void> {
  const handle = await open(join(temporary, MANIFEST_FILE), 'wx');
  try {
    await handle.writeFile(manifestText(manifest));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await refuseExisting(out);
  await rename(temporary, out).catch((cause: unknown) => {
    throw new ModelError('PACK_EXISTS', { file: out, expected: 'a free folder name', cause });
  });
}

/** Throws PACK_EXISTS when something stands at `out`. */
export async function refuseExisting(out: string): Promise<void> {
  const there = await stat(out).catch(() => null);
  if (there !== null)
    throw new ModelError('PACK_EXISTS', {
      file: out,
      expected: `no pack ${basename(out)} yet`,
      found: there.isDirectory() ? 'a folder of that name' : 'a file of that name',
      fix: 'Remove it first or choose another name',
    });
}

/** Removes a temporary pack folder and whatever is in it. */
export async function discard(temporary: string): Promise<void> {
  await rm(temporary, { recursive: true, force: true });
}

/** "BLIP large, Flickr" becomes "blip-large-flickr". */
export function idFromName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-');
  const trimmed = plain.slice(0, 60).replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return trimmed === '' ? 'pack' : trimmed;
}
