// The built page in memory, by address.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix, relative, sep } from 'node:path';
import { PAGE_MIME } from '../pageMime.ts';

export interface PageFile {
  readonly bytes: Buffer;
  readonly mime: string;
  /** Named by content hash, so it may be kept for good. */
  readonly immutable: boolean;
}

/** The page is read once: a request can only name a file that was there, so no path can lead outside. */
export function pageFiles(folder: string): Map<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join(posix.sep)}`;
    const mime = PAGE_MIME[extname(entry.name)];
    if (mime)
      files.set(name, { bytes: readFileSync(path), mime, immutable: name.startsWith('/assets/') });
  }
  return files;
}
