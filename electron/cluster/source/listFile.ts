// Images named in a text file, one a line, below the folder of that file (or another one).
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { isAbsolute, relative, sep } from 'node:path';
import { ForeignPathError, isUnder, placeUnder } from './place.ts';
import { pathFault, type ListedImage, type PassedBy } from './listed.ts';

const MAX_LINE = 8192;

/** Lines of `file` as images below `folder`. Blank lines and those that begin with # say nothing. */
export async function* listedImages(
  file: string,
  { folder, passedBy }: { readonly folder: string; readonly passedBy: PassedBy },
): AsyncGenerator<ListedImage> {
  const root = await realpath(folder);
  const input = createReadStream(file, 'utf8');
  let number = 0;
  try {
    for await (const raw of createInterface({ input, crlfDelay: Infinity })) {
      number += 1;
      const line = (number === 1 ? raw.replace(/^\ufeff/, '') : raw).trim();
      if (line === '' || line.startsWith('#')) continue;
      const found = line.length > MAX_LINE ? 'the line is too long' : await lookUp(root, line);
      if (typeof found === 'string') passedBy.note(`line ${number} (${line.slice(0, 200)})`, found);
      else yield found;
    }
  } finally {
    input.destroy();
  }
}

/** The image of a line, or why there is none. */
async function lookUp(root: string, line: string): Promise<ListedImage | string> {
  const below = isAbsolute(line) ? relative(root, line) : line;
  const path = below.split(sep).join('/').replace(/^\.\//, '');
  const fault = pathFault(path);
  if (fault !== null) return fault;
  try {
    const real = await placeUnder(root, path);
    const info = await stat(real, { bigint: true });
    if (!info.isFile() || !isUnder(root, real)) return 'no file';
    return { path, bytes: Number(info.size), stamp: String(info.mtimeNs) };
  } catch (error) {
    if (error instanceof ForeignPathError) return 'its path leaves the root';
    return `no file there (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`;
  }
}
