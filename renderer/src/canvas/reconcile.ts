// Brings a set of nodes in line with a list of items: by key and version, unchanged ones untouched.

export interface Item {
  readonly key: string;
  /** Anything that changes when the node must be drawn anew; compared by identity. */
  readonly version: unknown;
}

export interface NodeKind<I extends Item, Node> {
  create(item: I): Node;
  update(node: Node, item: I): void;
  remove(node: Node): void;
}

/** How many nodes were touched. */
export interface Work {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
}

/** Remembers what is there; call it with every new list. */
export function makeReconcile<I extends Item, Node>(
  kind: NodeKind<I, Node>,
): (items: readonly I[]) => Work {
  const present = new Map<string, { node: Node; version: unknown }>();
  return (items) => {
    let added = 0;
    let updated = 0;
    let removed = 0;
    const wanted = new Set(items.map((item) => item.key));
    for (const [key, { node }] of present) {
      if (wanted.has(key)) continue;
      kind.remove(node);
      present.delete(key);
      removed += 1;
    }
    for (const item of items) {
      const known = present.get(item.key);
      if (!known) {
        present.set(item.key, { node: kind.create(item), version: item.version });
        added += 1;
      } else if (known.version !== item.version) {
        kind.update(known.node, item);
        known.version = item.version;
        updated += 1;
      }
    }
    return { added, updated, removed };
  };
}
