// What a thread keeps because making it again takes long: models, vectors of images. Bounded by bytes; the
// least recently used goes first. A thing that a task has borrowed stays until the task returns it, which no
// cache library supports.

/** A thing that can be kept, the bytes that it takes, and how it is disposed of. */
export interface Keepable<T> {
  readonly value: T;
  readonly bytes: number;
  dispose(): void | Promise<void>;
}

/** Where a thing belongs on the shelf. */
export interface Place<Role extends string> {
  /** What it is for: a new thing takes the room of its own role first. */
  readonly role: Role;
  /** Equal keys of one role mean the same thing. */
  readonly key: string;
  /** Bytes that must be free before it is made; 0 where they are known only afterwards. */
  readonly bytes: number;
}

/** A borrowed thing. It stays whole until it is released. */
export interface Lease<T> {
  readonly value: T;
  /** True for the borrower for whom it was made. */
  readonly fresh: boolean;
  release(): Promise<void>;
}

/** A shelf with things of several roles; `Things` says what each role holds. */
export interface Shelf<Things> {
  /**
   * The kept thing, or the one that `make` gives. Rejects as `make` does, and then nothing is kept. `make` offers
   * no turn (TaskCall.turn): a visitor that wants the same thing would wait for itself.
   */
  borrow<Role extends keyof Things & string>(
    place: Place<Role>,
    make: () => Promise<Keepable<Things[Role]>>,
  ): Promise<Lease<Things[Role]>>;
  /** Another bound; it holds from the next borrowing or release on. */
  resize(maxBytes: number): void;
  /** Disposes of everything; borrowed things follow when they are released. */
  clear(): Promise<void>;
}

/** Keeps a lease until the current work is done, and returns what was borrowed. */
export type Keep = <T>(lease: Lease<T>) => T;

/** Runs `work` and gives back what it kept, however it ends. */
export async function borrowing<Result>(work: (keep: Keep) => Promise<Result>): Promise<Result> {
  const leases: Lease<unknown>[] = [];
  try {
    return await work((lease) => {
      leases.push(lease);
      return lease.value;
    });
  } finally {
    for (const lease of leases.reverse()) await lease.release();
  }
}

interface Entry {
  readonly role: string;
  readonly made: Promise<Keepable<unknown>>;
  bytes: number;
  borrowers: number;
  /** Off the shelf: disposed of with its last lease. */
  gone: boolean;
}

/** An empty shelf. Borrowed things count but are never disposed of, so two large models may exceed the bound. */
export function createShelf<Things>(maxBytes = 0): Shelf<Things> {
  let bound = maxBytes;
  /** In order of last use. */
  const entries = new Map<string, Entry>();

  async function discard(name: string, entry: Entry): Promise<void> {
    if (entries.get(name) === entry) entries.delete(name);
    entry.gone = true;
    if (entry.borrowers === 0) await disposeOf(entry);
  }

  /** Disposes of unborrowed things until all fits: those of `role` first, never the one used last. */
  async function trim(role: string): Promise<void> {
    const older = [...entries].slice(0, -1);
    const own = older.filter(([, entry]) => entry.role === role);
    const others = older.filter(([, entry]) => entry.role !== role);
    for (const [name, entry] of [...own, ...others]) {
      if (totalOf(entries.values()) <= bound) return;
      if (entry.borrowers === 0) await discard(name, entry);
    }
  }

  return {
    async borrow<Role extends keyof Things & string>(
      { role, key, bytes }: Place<Role>,
      make: () => Promise<Keepable<Things[Role]>>,
    ) {
      const name = `${role}\n${key}`;
      const known = entries.get(name);
      // Room comes before the thing: the old and the new one together might not fit. Both come later,
      // when the entry is on the shelf.
      const begin = () => Promise.resolve().then(() => trim(role).then(make));
      const entry = known ?? { role, bytes, made: begin(), borrowers: 0, gone: false };
      entries.delete(name);
      entries.set(name, entry);
      entry.borrowers += 1;
      try {
        const made = await entry.made;
        entry.bytes = made.bytes;
        if (!known) await trim(role);
        // Things of a name were all made for the role in the name.
        return leaseOf(entry, { value: made.value as Things[Role], fresh: !known }, trim);
      } catch (error) {
        entry.borrowers -= 1;
        if (entries.get(name) === entry) entries.delete(name);
        throw error;
      }
    },
    resize(maxBytesNow) {
      bound = maxBytesNow;
    },
    async clear() {
      await Promise.all([...entries].map(([name, entry]) => discard(name, entry)));
    },
  };
}

/** A lease on an entry that has been counted as borrowed; `trim` makes room with the last one given back. */
function leaseOf<T>(
  entry: Entry,
  thing: Pick<Lease<T>, 'value' | 'fresh'>,
  trim: (role: string) => Promise<void>,
): Lease<T> {
  let released = false;
  return {
    ...thing,
    async release() {
      if (released) return;
      released = true;
      entry.borrowers -= 1;
      if (entry.borrowers > 0) return;
      if (entry.gone) await disposeOf(entry);
      else await trim(entry.role);
    },
  };
}

async function disposeOf({ made }: Entry): Promise<void> {
  const thing = await made.catch(() => null);
  await thing?.dispose();
}

function totalOf(entries: Iterable<Entry>): number {
  let total = 0;
  for (const { bytes } of entries) total += bytes;
  return total;
}
