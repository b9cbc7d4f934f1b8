// One borrowed thing that is held over several calls, until another one is wanted.
import type { Lease } from './shelf.ts';

export interface Held<T> {
  /** The thing of this key; the previous one is released first when the key differs. */
  get(key: string, borrow: () => Promise<Lease<T>>): Promise<T>;
  release(): Promise<void>;
}

export function holdOne<T>(): Held<T> {
  let held: { readonly key: string; readonly lease: Lease<T> } | null = null;
  const release = async (): Promise<void> => {
    const old = held;
    held = null;
    await old?.lease.release();
  };
  return {
    release,
    async get(key, borrow) {
      if (held?.key === key) return held.lease.value;
      await release();
      held = { key, lease: await borrow() };
      return held.lease.value;
    },
  };
}
