// Finding by a few letters: whole words first, then word beginnings, then letters in order.

/** Items that fit the query, best first; all of them when it is empty. */
export function rank<T>(items: readonly T[], query: string, labelOf: (item: T) => string): T[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [...items];
  return items
    .map((item) => ({ item, score: scoreOf(labelOf(item).toLowerCase(), wanted) }))
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((entry) => entry.item);
}

function scoreOf(label: string, wanted: string): number {
  if (label === wanted) return 100;
  if (label.startsWith(wanted)) return 90;
  if (label.split(/[\s,_-]+/).some((word) => word.startsWith(wanted))) return 80;
  if (label.includes(wanted)) return 60;
  let at = 0;
  for (const letter of wanted) {
    at = label.indexOf(letter, at) + 1;
    if (at === 0) return 0;
  }
  return 20;
}
