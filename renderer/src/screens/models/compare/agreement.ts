// How far engines agree on an image: overlap of the masks of a class, pair by pair. It is agreement, not truth.
import type { EngineLook } from '../../../../../electron/api/run.ts';
import type { CategoryId, RleMask } from '../../../../../electron/api/types.ts';
import {
  intersectionOverUnion,
  subtract,
  union,
  unionAll,
} from '../../../../../electron/masks/runs/combine.ts';

/** What one engine found: a mask for each class. */
export type Found = ReadonlyMap<CategoryId, RleMask>;

/** One mask a class, its parts joined. */
export function foundOf({ masks }: Pick<EngineLook, 'masks'>): Found {
  const found = new Map<CategoryId, RleMask>();
  for (const { categoryId, mask } of masks) {
    const before = found.get(categoryId);
    found.set(categoryId, before ? unionAll([before, mask], mask.width, mask.height) : mask);
  }
  return found;
}

export interface ClassAgreement {
  readonly categoryId: CategoryId;
  /** One per pair, in the order of pairs; null where one of the two found nothing. */
  readonly pairs: readonly (number | null)[];
  /** The smallest of them; null where an engine found nothing. */
  readonly least: number | null;
}

/** Numbers of engines, each pair once. */
export function pairsOf(count: number): [number, number][] {
  return Array.from({ length: count }, (_, a) => a).flatMap((a) =>
    Array.from({ length: count - a - 1 }, (_, step): [number, number] => [a, a + 1 + step]),
  );
}

/** Classes that any engine found, in the given order. */
export function agreementOf(
  ids: readonly CategoryId[],
  engines: readonly Found[],
): ClassAgreement[] {
  return ids
    .filter((id) => engines.some((found) => found.has(id)))
    .map((categoryId) => {
      const masks = engines.map((found) => found.get(categoryId) ?? null);
      const pairs = pairsOf(engines.length).map(([a, b]) => {
        const [one, other] = [masks[a], masks[b]];
        return one && other ? intersectionOverUnion(one, other) : null;
      });
      const sure = pairs.filter((value) => value !== null);
      const least = sure.length === pairs.length && sure.length > 0 ? Math.min(...sure) : null;
      return { categoryId, pairs, least };
    });
}

/** Classes on whose masks all engines agree from an overlap on. */
export const agreedOn = (classes: readonly ClassAgreement[], from: number): CategoryId[] =>
  classes.flatMap(({ categoryId, least }) => (least !== null && least >= from ? [categoryId] : []));

/** Mean overlap of one engine with the others over all classes; nothing found counts as 0. Null alone. */
export function meanAgreement(classes: readonly ClassAgreement[], engine: number, count: number) {
  const mine = pairsOf(count).flatMap((pair, at) => (pair.includes(engine) ? [at] : []));
  const values = classes.flatMap(({ pairs }) => mine.map((at) => pairs[at] ?? 0));
  return values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;
}

export interface Difference {
  /** What this engine alone painted; null: nothing. */
  readonly mine: RleMask | null;
  /** What only others painted. */
  readonly theirs: RleMask | null;
}

/** Where an engine's mask of a class differs from what any of the others found. */
export function differenceOf(
  engines: readonly Found[],
  engine: number,
  id: CategoryId,
): Difference {
  const mine = engines[engine]?.get(id) ?? null;
  const others = engines.flatMap((found, at) => (at === engine ? [] : (found.get(id) ?? [])));
  const theirs = others.length === 0 ? null : others.reduce(union);
  if (!mine || !theirs) return { mine, theirs };
  return { mine: subtract(mine, theirs), theirs: subtract(theirs, mine) };
}
