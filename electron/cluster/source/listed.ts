// An image as a source lists it, and its identity: the same file at the same place is the same image.
import { createHash } from 'node:crypto';

export interface ListedImage {
  /** Below the root, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Modification time in nanoseconds, or the ETag. */
  readonly stamp: string;
}

/** What a walk passes over, with the reason, so that a person is not left to count. */
export interface PassedBy {
  note(path: string, why: string): void;
}

/** 128 bits over root, path, size and stamp, as a UUID. */
export function imageKey(root: string, { path, bytes, stamp }: ListedImage): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([root, path, bytes, stamp]))
    .digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
}

const MAX_PATH = 1024;

/** Why a path cannot be listed; null when it can. The table has the same rule. */
export function pathFault(path: string): string | null {
  if (path.length === 0 || [...path].length > MAX_PATH)
    return `its path is longer than ${MAX_PATH} characters`;
  if (path.startsWith('/') || /(^|\/)\.\.?(\/|$)/.test(path)) return 'its path leaves the root';
  if (path.includes('\0')) return 'its path holds a NUL';
  if (path.includes('\ufffd')) return 'its name is not UTF-8 text; rename the file';
  return null;
}

/** Order of bytes: the one order that a bucket and every disk can be walked in. */
export function inByteOrder(a: string, b: string): number {
  // Only letters outside the first 65,536 are ordered otherwise by a plain comparison.
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : Number(a > b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const SURROGATE = /[\ud800-\uffff]/;
