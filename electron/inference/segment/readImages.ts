// Images that a click model has read. The current image and its crop are never dropped.
import type { SessionShelves } from '../shelves.ts';
import type { Lease } from '../shelf/shelf.ts';

/** Thrown and caught here: a shelf cannot be asked whether it holds a thing without making it. */
const NOT_READ = new Error('the image has not been read');

export interface ReadImages {
  /** Null where it is not there. */
  known(key: string): Promise<Lease<Float32Array> | null>;
  /** Keeps a lease until the next thing of its kind is current. */
  hold(kind: 'image' | 'crop', lease: Lease<Float32Array>): Promise<void>;
  letGo(): Promise<void>;
}

export function createReadImages({ embedding }: Pick<SessionShelves, 'embedding'>): ReadImages {
  const atHand = new Map<'image' | 'crop', Lease<Float32Array>>();
  return {
    async known(key) {
      try {
        return await embedding(key, () => Promise.reject(NOT_READ));
      } catch (error) {
        if (error === NOT_READ) return null;
        throw error;
      }
    },
    async hold(kind, lease) {
      const before = atHand.get(kind);
      atHand.set(kind, lease);
      await before?.release();
    },
    async letGo() {
      const leases = [...atHand.values()];
      atHand.clear();
      for (const lease of leases) await lease.release();
    },
  };
}
