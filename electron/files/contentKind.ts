// Kind of a file by its first bytes: enough to tell an exported result from a file that somebody needs.
import { open } from 'node:fs/promises';

export type ContentKind = 'empty' | 'json' | 'zip' | 'image' | 'project' | 'text' | 'other';

const HEAD_BYTES = 512;

const STARTS: readonly (readonly [ContentKind, string])[] = [
  ['image', '\u0089PNG'],
  ['image', '\u00ff\u00d8\u00ff'],
  ['image', 'GIF8'],
  ['image', 'BM'],
  ['image', 'II*\0'],
  ['image', 'MM\0*'],
  ['image', 'II+\0'],
  ['image', 'MM\0+'],
  ['zip', 'PK'],
  ['project', 'SQLite format 3\0'],
];

/** Words for a message: "… holds an image". */
export const KIND_WORDS: Readonly<Record<ContentKind, string>> = {
  empty: 'nothing',
  json: 'JSON',
  zip: 'a zip archive',
  image: 'an image',
  project: 'a project',
  text: 'text that is no result',
  other: 'something else than a result',
};

/** The kind of an ordinary file's contents. Throws what the system says when it cannot be read. */
export async function contentKind(path: string): Promise<ContentKind> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(bytes, 0, HEAD_BYTES, 0);
    return kindOf(bytes.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

function kindOf(bytes: Buffer): ContentKind {
  if (bytes.length === 0) return 'empty';
  const start = bytes.toString('latin1');
  const found = STARTS.find(([, text]) => start.startsWith(text));
  if (found) return found[0];
  // WebP and the family of HEIC and AVIF name themselves after a length.
  if (/^RIFF[^]{4}WEBP/.test(start) || /^[^]{4}ftyp/.test(start)) return 'image';
  if (/^(\u00ef\u00bb\u00bf)?\s*[[{]/.test(start)) return 'json';
  return bytes.includes(0) ? 'other' : 'text';
}
