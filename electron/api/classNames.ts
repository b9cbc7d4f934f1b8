// When two class names are the same class, and how long and how many they may be. The window, the
// command line, imports and the project file all ask here, so that none tells apart what another joins.

/** Letters in a class name; longer ones are cut on import and refused where they are typed. */
export const MAX_CLASS_NAME = 500;
/** Classes of one project. */
export const MAX_CLASSES = 10_000;
/** Classes that one run can be asked for. */
export const MAX_CLASSES_ASKED = 1000;
/** Nesting and values of what an imported record may carry besides its own fields. */
export const MAX_EXTRA_DEPTH = 12;
export const MAX_EXTRA_VALUES = 20_000;

/**
 * Equal for names that are one class: the same letters whatever their Unicode form and case, with blanks
 * at the ends left out and those between words counted once.
 */
export function classKey(name: string): string {
  // Lower case can undo the composed form (İ becomes i and a dot), so the form comes last.
  return name.normalize('NFC').toLowerCase().normalize('NFC').trim().replace(/\s+/gu, ' ');
}

export function isSameClass(a: string, b: string): boolean {
  return classKey(a) === classKey(b);
}

/** Names that are one class though they are spelled differently, each list in the order given. */
export function sameClassSpellings(names: readonly string[]): string[][] {
  const spellings = new Map<string, Set<string>>();
  for (const name of names) {
    const key = classKey(name);
    const known = spellings.get(key);
    if (known) known.add(name);
    else spellings.set(key, new Set([name]));
  }
  return [...spellings.values()].filter((found) => found.size > 1).map((found) => [...found]);
}
