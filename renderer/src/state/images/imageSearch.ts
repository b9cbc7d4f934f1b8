// The search line of the image list: its words as a filter, and the class that it asks for in vain.
import type { ImageStatus } from '../../../../electron/api/types.ts';
import type { ImageFilter } from '../../../../electron/api/job.ts';

/** "class:cup status:reviewed score:<0.5 name" as a filter. Unknown words are part of the name. */
export function parseSearch(
  query: string,
  categories: readonly { id: ImageFilterCategory; name: string }[],
): ImageFilter {
  const words: string[] = [];
  let categoryIds: ImageFilterCategory[] | null = null;
  const filter: { -readonly [K in keyof ImageFilter]: ImageFilter[K] } = {};
  const statuses: ImageStatus[] = ['untouched', 'proposals', 'inProgress', 'reviewed'];
  for (const part of query.match(/[a-z]+:"[^"]*"|\S+/gi) ?? []) {
    const [, key, value] = /^(class|score|status):"?([^"]*)"?$/i.exec(part) ?? [];
    if (!key || !value) {
      words.push(part);
      continue;
    }
    if (key.toLowerCase() === 'class') {
      const wanted = value.toLowerCase();
      const found = categories.filter((category) => category.name.toLowerCase().includes(wanted));
      // A class that nobody has fits no image: the list of classes stays empty, but is there.
      (categoryIds ??= []).push(...found.map((category) => category.id));
    } else if (key.toLowerCase() === 'status') {
      const status = statuses.find((s) => s.toLowerCase().startsWith(value.toLowerCase()));
      if (status) filter.status = [...(filter.status ?? []), status];
    } else {
      const [, sign, digits] = /^([<>]?)=?(\d*\.?\d+)$/.exec(value) ?? [];
      if (digits === undefined) words.push(part);
      else if (sign === '<') filter.maxMatch = Number(digits);
      else filter.minMatch = Number(digits);
    }
  }
  if (words.length > 0) filter.text = words.join(' ');
  if (categoryIds !== null) filter.categoryIds = categoryIds;
  return filter;
}

/** The first class that a search asks for and the project does not have; null when there is none. */
export function unknownClass(
  query: string,
  categories: readonly { name: string }[],
): string | null {
  for (const [, quoted, plain] of query.matchAll(/\bclass:(?:"([^"]*)"|(\S+))/gi)) {
    const wanted = quoted ?? plain ?? '';
    const isKnown = categories.some(({ name }) =>
      name.toLowerCase().includes(wanted.toLowerCase()),
    );
    if (wanted !== '' && !isKnown) return wanted;
  }
  return null;
}

type ImageFilterCategory = NonNullable<ImageFilter['categoryIds']>[number];
