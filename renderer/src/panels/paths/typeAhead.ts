// Finding an entry of a list by the first letters of its name, as file managers do.

/** Letters that follow later than this begin another name. */
const PAUSE_MS = 900;

/** Place of the entry that the letters mean, searched from the one that has the focus on; -1 = none begins so. */
export function placeOf(names: readonly string[], letters: string, from: number): number {
  const wanted = letters.toLocaleLowerCase();
  // One letter again and again walks through all that begin with it.
  const isOneLetter = new Set(wanted).size === 1;
  const start = isOneLetter && from >= 0 ? from + 1 : Math.max(0, from);
  const begins = isOneLetter ? wanted[0]! : wanted;
  for (let step = 0; step < names.length; step += 1) {
    const at = (start + step) % names.length;
    if (names[at]!.toLocaleLowerCase().startsWith(begins)) return at;
  }
  return -1;
}

/** Collects letters that are typed one after the other. */
export class TypeAhead {
  #letters = '';
  #atMs = -Infinity;

  /** What was typed so far, this letter with it. */
  add(letter: string, nowMs: number): string {
    this.#letters = nowMs - this.#atMs > PAUSE_MS ? letter : this.#letters + letter;
    this.#atMs = nowMs;
    return this.#letters;
  }
}
