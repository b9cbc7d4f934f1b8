// Image names inside data sets: relative paths with forward slashes, never a way out of the folder.
import { AppError } from '../../api/errors.ts';

/** Why a name is no safe relative path, or null when it is one. */
export function relativeNameFault(
  name: string,
  platform: NodeJS.Platform = process.platform,
): string | null {
  if (name === '') return 'is empty; expected a relative path';
  if (name.includes('\0')) return 'contains a NUL character';
  if (name.startsWith('/') || name.startsWith('\\\\') || /^[a-z]:[\\/]/i.test(name))
    return `is the absolute path ${JSON.stringify(name.slice(0, 200))}; expected a relative one`;
  // A drive's own folder, or a second stream of a file; elsewhere a letter like any other.
  if (platform === 'win32' && name.includes(':') && !name.includes('://'))
    return `${JSON.stringify(name.slice(0, 200))} holds a colon; expected a name that Windows takes`;
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(name))
    return `is the address ${JSON.stringify(name.slice(0, 200))}; expected a relative path`;
  if (name.split(/[\\/]/).includes('..'))
    return `${JSON.stringify(name.slice(0, 200))} leads out of the data set's folder`;
  return null;
}

/** The name without its last extension: `sub/a.b.jpg` becomes `sub/a.b`. */
export function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > name.lastIndexOf('/') + 1 ? name.slice(0, dot) : name;
}

/** Remembers which stems are taken; labels named after stems clash for `a.png` and `a.jpg`. */
export class StemRegister {
  readonly #taken = new Map<string, string>();

  /** The name that already holds this stem, or null after taking it. */
  take(fileName: string, stem = stemOf(fileName)): string | null {
    // Some file systems do not tell upper from lower case.
    const key = stem.toLowerCase();
    const holder = this.#taken.get(key);
    if (holder !== undefined) return holder;
    this.#taken.set(key, fileName);
    return null;
  }

  /** The stem, taken for the image; throws EXPORT_MISMATCH that names `file` where another image has it. */
  claim(fileName: string, file: (stem: string) => string, stem = stemOf(fileName)): string {
    const holder = this.take(fileName, stem);
    if (holder === null) return stem;
    throw new AppError(
      'EXPORT_MISMATCH',
      `${holder} and ${fileName} would share ${file(stem)}; rename one of them`,
    );
  }
}
