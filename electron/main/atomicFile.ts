// Small files replaced whole: a crash leaves the old one or the new one. They are their owner's alone.
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;

/** Writes aside, syncs, renames. */
export function writeFileWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  const descriptor = openSync(draft, 'w', OWNER_ONLY);
  try {
    // A draft that a crash left behind keeps the mode that it was made with.
    fchmodSync(descriptor, OWNER_ONLY);
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}

/** For what only saves a person a click: a full or read-only disk must not keep a window from closing. */
export function writeIfPossible(file: string, text: string): void {
  try {
    writeFileWhole(file, text);
  } catch {
    // The next start opens as the first one did.
  }
}
