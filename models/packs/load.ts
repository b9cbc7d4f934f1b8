// Opens a pack for use: manifest, config, weight index. Small files are checked by hash, weights by size:
// reading 1.8 GB before every start would take too long (verify does it on request).
import { ModelError } from '../errors.ts';
import type { WeightIndex } from '../family.ts';
import { containedPath } from '../files/contained.ts';
import { sha256OfFile } from '../files/hash.ts';
import { readJson } from '../files/readText.ts';
import { MAX_CONFIG_BYTES } from './building/preprocessing.ts';
import { MANIFEST_FILE, packHash, type PackManifest } from './manifest.ts';
import { packParameters } from './packDefaults.ts';
import { readManifest, sizeProblem } from './packFolder.ts';
import { readWeights } from './building/weightFiles.ts';

/** A pack that may be used. */
export interface LoadedPack {
  readonly folder: string;
  readonly manifest: PackManifest;
  /** Parsed config.json; null where the checkpoint has none. */
  readonly config: unknown;
  readonly weights: WeightIndex;
  /** Path of the tokenizer file named by manifest.tokenizer; null for models that read no words. */
  readonly tokenizerPath: string | null;
  /** Identity for caches. */
  readonly packHash: string;
  /** Parameters that this pack sets for a run, by dotted name. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

const HASHED_AT_LOAD_BYTES = 8 * 1024 * 1024;

/** Opens the pack in `folder`; throws ModelError naming file and expectation. */
export async function loadPack(folder: string): Promise<LoadedPack> {
  const manifest = await readManifest(folder);
  for (const file of manifest.files) await checkFile(folder, file);
  const weights = await readWeights(containedPath(folder, manifest.weights), manifest.weights);
  checkWeightFiles(weights, manifest);
  return {
    folder,
    manifest,
    weights,
    config:
      manifest.config === null
        ? null
        : await readJson(containedPath(folder, manifest.config), manifest.config, MAX_CONFIG_BYTES),
    tokenizerPath:
      manifest.tokenizer === null ? null : containedPath(folder, manifest.tokenizer.file),
    packHash: packHash(manifest),
    parameters: packParameters(manifest),
  };
}

/** The tokenizer of a pack that reads words; throws PACK_INVALID for a click model. */
export function tokenizerPathOf({ tokenizerPath, manifest }: LoadedPack): string {
  if (tokenizerPath !== null) return tokenizerPath;
  throw new ModelError('PACK_INVALID', {
    file: MANIFEST_FILE,
    expected: 'a model that reads words',
    found: `${manifest.id}, which makes masks of clicks`,
    fix: 'Choose another model for this',
  });
}

/** Throws unless the file is an ordinary one of the stated size, and hash where it is small. */
async function checkFile(
  folder: string,
  { path, bytes, sha256 }: PackManifest['files'][number],
): Promise<void> {
  const problem = await sizeProblem(folder, path, bytes);
  if (problem !== null)
    throw new ModelError('PACK_INVALID', {
      file: path,
      ...problem,
      fix: 'Get or build the pack again',
    });
  if (bytes > HASHED_AT_LOAD_BYTES) return;
  const found = await sha256OfFile(containedPath(folder, path));
  if (found !== sha256)
    throw new ModelError('PACK_HASH_MISMATCH', {
      file: path,
      expected: `sha256 ${sha256}`,
      found,
      fix: 'The file was changed: get or build the pack again',
    });
}

// A shard that is not listed would be used without ever being verified.
function checkWeightFiles(weights: WeightIndex, manifest: PackManifest): void {
  const listed = new Set(manifest.files.map(({ path }) => path));
  for (const { name, file } of weights.values())
    if (!listed.has(file))
      throw new ModelError('PACK_INVALID', {
        file,
        tensor: name,
        expected: 'a file that pack.json lists',
      });
}
