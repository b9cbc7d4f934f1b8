// Builds a pack from a checkpoint on this disk: hard links where possible, never symbolic links. The folder
// appears only once it is complete.
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ModelError } from '../../errors.ts';
import { containedPath } from '../../files/contained.ts';
import { openRegular } from '../../files/openRegular.ts';
import { placeFile } from '../../files/placeFile.ts';
import { describePack, discard, finishPack, refuseExisting, type PackWords } from './assemble.ts';
import {
  findCheckpoint,
  MAX_TOKENIZER_BYTES,
  nameOfSource,
  present,
  type CheckpointParts,
} from './checkpoint.ts';
import type { PackManifest } from '../manifest.ts';
import { MAX_CONFIG_BYTES } from './preprocessing.ts';
import { sweepUnfinished } from '../store.ts';

/** What to build and where. */
export interface BuildRequest {
  /** A Hugging Face folder, a hub cache entry (models--owner--name), or a weight file. */
  readonly source: string;
  /** The pack folder to make; must not exist. */
  readonly out: string;
  /** tokenizer.json or vocab.txt, for checkpoints that come without one. */
  readonly tokenizer?: string;
  /** `name` defaults to the folder's own. */
  readonly words?: Partial<PackWords>;
}

export interface BuildOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** For tests of disks that cannot link. */
  readonly hardLink?: (from: string, to: string) => Promise<void>;
}

/** What was built. */
export interface BuiltPack {
  readonly folder: string;
  readonly manifest: PackManifest;
  /** Bytes that were copied; few where the weights were linked. */
  readonly copiedBytes: number;
}

/** Builds a pack; throws ModelError, or the signal's reason. Leaves nothing behind on failure. */
export async function buildPack(
  request: BuildRequest,
  options: BuildOptions = {},
): Promise<BuiltPack> {
  const { signal } = options;
  const out = resolve(request.out);
  await refuseExisting(out);
  const parts = await findCheckpoint(
    request.source,
    request.tokenizer === undefined ? {} : { tokenizer: request.tokenizer },
  );
  const sources = sourcesOf(parts);
  let total = 0;
  for (const [name, source] of sources) total += await sizeOf(name, source);

  await sweepUnfinished(dirname(out));
  const temporary = join(dirname(out), `.building-${basename(out)}-${randomUUID()}`);
  await mkdir(temporary, { recursive: true });
  let copiedBytes = 0;
  let done = 0;
  const onBytes = (bytes: number): void => {
    done += bytes;
    options.onProgress?.({ done, total });
  };
  try {
    for (const [name, { path: from }] of sources)
      await placeFile(from, containedPath(temporary, name), {
        // Config and vocabulary are copied: an edit of the original must not reach into the pack.
        mayLink: parts.weightFiles.includes(name),
        onBytes: (bytes) => (copiedBytes += bytes),
        ...(signal ? { signal } : {}),
        ...(options.hardLink ? { hardLink: options.hardLink } : {}),
      });
    const words: PackWords = { name: nameOfSource(request.source), ...request.words };
    const manifest = await describePack(temporary, parts, words, {
      onBytes,
      ...(signal ? { signal } : {}),
    });
    await finishPack(temporary, out, manifest);
    return { folder: out, manifest, copiedBytes };
  } catch (error) {
    await discard(temporary);
    throw error;
  }
}

interface Source {
  readonly path: string;
  /** Largest size of such a file, in bytes; weights have no limit. */
  readonly most: number;
}

function sourcesOf({
  folder,
  weightFiles,
  config,
  tokenizer,
}: CheckpointParts): Map<string, Source> {
  const sources = new Map<string, Source>();
  for (const name of weightFiles)
    sources.set(name, { path: containedPath(folder, name), most: Infinity });
  if (config !== null)
    sources.set(config, { path: containedPath(folder, config), most: MAX_CONFIG_BYTES });
  if (tokenizer !== null)
    sources.set(tokenizer.file, { path: tokenizer.path, most: MAX_TOKENIZER_BYTES });
  return sources;
}

/** Bytes of an ordinary file; looked at before anything is copied. Throws ModelError. */
async function sizeOf(name: string, { path, most }: Source): Promise<number> {
  await present(path, name);
  await using file = await openRegular(path, name);
  if (file.size <= most) return file.size;
  throw new ModelError('MODEL_FILE_DAMAGED', {
    file: name,
    expected: `at most ${most} bytes`,
    found: `${file.size} bytes`,
  });
}
