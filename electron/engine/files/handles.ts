// Handles stand for paths, so that a page can point at folders and files without ever naming one.
import { createHmac, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { LRUCache } from 'lru-cache';
import { AppError } from '../../api/errors.ts';
import type { Handle } from '../../api/types.ts';

export interface Handles {
  /** The handle of a path: the same one each time, unguessable, valid while the engine lives. */
  handleOf(path: string): Handle;
  /** Throws HANDLE_UNKNOWN for anything that was not given out. */
  pathOf(handle: Handle): string;
}

const MAX_HANDLES = 200_000;

export function createHandles(): Handles {
  const key = randomBytes(32);
  // Bounded by size, not by number: a bound on the number would reserve its room at once.
  const paths = new LRUCache<string, string>({ maxSize: MAX_HANDLES, sizeCalculation: () => 1 });
  return {
    handleOf(path) {
      const absolute = resolve(path);
      const handle = createHmac('sha256', key).update(absolute).digest('base64url').slice(0, 32);
      paths.set(handle, absolute);
      return handle as Handle;
    },
    pathOf(handle) {
      const path = paths.get(handle);
      if (path === undefined)
        throw new AppError('HANDLE_UNKNOWN', 'That folder or file was not chosen in this session.');
      return path;
    },
  };
}
