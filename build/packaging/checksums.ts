// Checksums beside the installers, in the form that `sha256sum --check` reads.
import { createHash } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Writes `SHA256SUMS-<system>.txt` into `folder` for these files; one per system, as releases gather them. */
export async function writeChecksums(
  folder: string,
  files: readonly string[],
  system: string,
): Promise<string> {
  const lines: string[] = [];
  for (const file of [...files].sort()) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    lines.push(`${hash.digest('hex')}  ${basename(file)}\n`);
  }
  const target = join(folder, `SHA256SUMS-${system}.txt`);
  writeFileSync(target, lines.join(''));
  return target;
}
