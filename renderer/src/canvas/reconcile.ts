// Brings a set of nodes in line with a list of items, by key and identity: an item that is the same
// object as before leaves its node untouched.

export interface Item {
  readonly key: string;
}

export interface NodeKind<I extends Item, Node> {
  create(item: I): Node;
  update(node: Node, item: I): void;
  remove(node: Node): void;
  /** Called with all nodes in the order of the list, when that order is new. */
  order(nodes: readonly Node[]): void;
}

/** How many nodes were touched. */
export interface Work {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
}

/** Remembers what is there; call it with every new list. Keys must be unique. */
export function makeReconcile<I extends Item, Node>(
  kind: NodeKind<I, Node>,
): (items: readonly I[]) => Work {
  const present = new Map<string, { readonly node: Node; item: I }>();
  let sequence = '';
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
        present.set(item.key, { node: kind.create(item), item });
        added += 1;
      } else if (known.item !== item) {
        kind.update(known.node, item);
        known.item = item;
        updated += 1;
      }
    }
    const next = items.map((item) => item.key).join('\n');
    if (next !== sequence) {
      sequence = next;
      kind.order(items.map((item) => present.get(item.key)!.node));
    }
    return { added, updated, removed };
  };
}
