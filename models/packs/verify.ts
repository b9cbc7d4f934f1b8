// Reads every byte of a pack and compares it with the manifest.
import { containedPath } from '../files/contained.ts';
import { sha256OfFile } from '../files/hash.ts';
import { loadPack } from './load.ts';
import { ModelError } from '../errors.ts';
import type { PackManifest } from './manifest.ts';
import { readManifest, sizeProblem } from './packFolder.ts';

/** One file that is not what the manifest says. */
export interface PackProblem {
  readonly file: string;
  readonly expected: string;
  readonly found: string;
}

/** Result of a check; `problems` is empty when every byte is right. */
export interface PackReport {
  readonly manifest: PackManifest;
  readonly problems: readonly PackProblem[];
  /** Bytes read. */
  readonly bytes: number;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Checks the pack in `folder`; throws only when there is no manifest to check it by. */
export async function verifyPack(folder: string, options: VerifyOptions = {}): Promise<PackReport> {
  const manifest = await readManifest(folder);
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const problems: PackProblem[] = [];
  let done = 0;
  for (const { path, bytes, sha256 } of manifest.files) {
    const problem = await sizeProblem(folder, path, bytes);
    if (problem !== null) {
      problems.push({ file: path, ...problem });
      continue;
    }
    const found = await sha256OfFile(containedPath(folder, path), {
      ...(options.signal ? { signal: options.signal } : {}),
      onBytes(count) {
        done += count;
        options.onProgress?.({ done, total });
      },
    });
    if (found !== sha256) problems.push({ file: path, expected: `sha256 ${sha256}`, found });
  }
  // Right bytes can still be no model: a manifest made by hand, or by a newer program.
  if (problems.length === 0) {
    const error: unknown = await loadPack(folder).then(
      () => null,
      (cause: unknown) => cause,
    );
    if (error instanceof ModelError)
      problems.push({
        file: error.file ?? manifest.weights,
        expected: error.expected,
        found: error.found ?? 'something else',
      });
    else if (error !== null) throw error;
  }
  return { manifest, problems, bytes: done };
}
