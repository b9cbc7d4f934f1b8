// Pages of the image list: which are kept when the list gets shorter or longer than what is worth keeping.
import type { ImageRecord } from '../../../../electron/api/types.ts';

/** Rows of a page. */
export const PAGE = 200;
/** Pages kept; those farthest from the view are dropped and fetched again when they are shown. */
const MOST_PAGES = 30;

export function keepInRange(
  pages: ReadonlyMap<number, readonly ImageRecord[]>,
  total: number,
): Map<number, readonly ImageRecord[]> {
  return new Map([...pages].filter(([page]) => page * PAGE < total));
}

export function keepNear(
  pages: Map<number, readonly ImageRecord[]>,
  page: number,
  currentIndex: number,
): Map<number, readonly ImageRecord[]> {
  const current = Math.floor(currentIndex / PAGE);
  const far = [...pages.keys()]
    .filter((other) => other !== current)
    .sort((a, b) => Math.abs(b - page) - Math.abs(a - page));
  for (const other of far.slice(0, Math.max(0, pages.size - MOST_PAGES))) pages.delete(other);
  return pages;
}
