// Parts of one object that a program keeps as several shapes: those of one class and one group number.
import { union } from '../../../../masks/runs/combine.ts';
import type { FoundObject } from './labelledImages.ts';

export interface GroupedObject extends FoundObject {
  /** Null or 0 = on its own. */
  readonly group: string | number | null;
}

/** One object for each group and class, where its first part stood; the first part's fields are kept. */
export function joinGroups(parts: readonly GroupedObject[]): FoundObject[] {
  const objects = new Map<string, FoundObject>();
  for (const [i, { group, ...part }] of parts.entries()) {
    const alone = group === null || group === '' || Number(group) === 0;
    const key = alone ? `part ${i}` : `group ${JSON.stringify([group, part.label])}`;
    const before = objects.get(key);
    objects.set(key, before ? { ...before, mask: union(before.mask, part.mask) } : part);
  }
  return [...objects.values()];
}
