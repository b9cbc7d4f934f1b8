// The result that an earlier run of the very same command wrote: it may be written again. A run that
// was killed after its file appeared would otherwise be refused when it is repeated.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Project } from '../../../engine/project/project.ts';

const META = 'commandLine.result';

interface Remembered {
  readonly path: string;
  readonly command: string;
  readonly sha256: string;
}

/** What decides a result, as one key: same key, same command. */
export function commandKey(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Remembers a finished file that is about to appear at `path`. */
export async function rememberResult(
  project: Project,
  finished: string,
  result: Omit<Remembered, 'sha256'>,
): Promise<void> {
  project.setMeta(META, JSON.stringify({ ...result, sha256: await hashOf(finished) }));
}

/** True when the file at `path` is what this command wrote, byte for byte. */
export async function isOwnResult(
  project: Project,
  { path, command }: Omit<Remembered, 'sha256'>,
): Promise<boolean> {
  const text = project.meta(META);
  if (text === null) return false;
  const known = JSON.parse(text) as Remembered;
  return known.path === path && known.command === command && known.sha256 === (await hashOf(path));
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
