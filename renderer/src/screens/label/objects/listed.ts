// Which objects of an image the list shows, and in which order, where there are many of them.
import type { Annotation } from '../../../../../electron/api/types.ts';

export const ORDERS = ['drawn', 'doubt', 'class', 'size'] as const;
export type ObjectOrder = (typeof ORDERS)[number];

/** From so many on a list is searched rather than read. */
export const MANY = 12;

type Listed = Pick<Annotation, 'categoryId' | 'doubtful' | 'match' | 'area'>;

/** `drawn` leaves the order as it is: proposals first, then from the front to the back. */
export function listed<T extends Listed>(
  objects: readonly T[],
  query: string,
  order: ObjectOrder,
  nameOf: (object: T) => string,
): readonly T[] {
  const words = query.trim().toLocaleLowerCase();
  const found =
    words === ''
      ? objects
      : objects.filter((one) => nameOf(one).toLocaleLowerCase().includes(words));
  switch (order) {
    case 'drawn':
      return found;
    case 'doubt':
      return found.toSorted(
        (a, b) =>
          Number(b.doubtful) - Number(a.doubtful) || (a.match ?? Infinity) - (b.match ?? Infinity),
      );
    case 'class':
      return found.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
    case 'size':
      return found.toSorted((a, b) => b.area - a.area);
  }
}
