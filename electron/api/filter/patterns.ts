// Regular expressions of a filter. They are written as JavaScript has them and run by an engine whose time grows with
// the length of a name only; what such an engine cannot do is told by its place.

/** Position, from 1, at which a pattern stops being valid; null = the pattern is valid. */
export function patternFault(pattern: string): number | null {
  if (isSound(pattern)) return null;
  // The shortest beginning that cannot be mended by what follows.
  for (let end = 1; end < pattern.length; end += 1) {
    const begun = pattern.slice(0, end);
    if (!CLOSINGS.some((closing) => isSound(begun + closing))) return end;
  }
  return pattern.length;
}

const CLOSINGS = ['', ')', ']', '))', '])', 'a', '\\', 'a)', ')))', 'a))'];

function isSound(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'iu') instanceof RegExp;
  } catch {
    // Not a pattern: the caller says where it stops.
    return false;
  }
}

const PIECE =
  /\\[pP]\{[^}]*\}|\\.|\[(?:\\[pP]\{[^}]*\}|\\.|[^\]\\])*\]|\(\?<?[=!]|\{\d+(?:,\d*)?\}|./gsu;
/** What no engine of linear time has: looking ahead or behind, what a group found again, properties by name. */
const BEYOND = /^(?:\(\?<?[=!]|\\[1-9k])|\\[pP]\{[^}]*=/u;
/** As often a piece may be repeated. */
const MOST_REPEATS = 1000;

/** Position, from 1, of the first piece of a valid pattern that filters do not know; null = there is none. */
export function beyondPatterns(pattern: string): number | null {
  for (const { 0: piece, index } of pattern.matchAll(PIECE)) {
    const repeats = /^\{(\d+)(?:,(\d*))?\}$/.exec(piece);
    const most = Math.max(Number(repeats?.[1] ?? 0), Number(repeats?.[2] || 0));
    if (BEYOND.test(piece) || most > MOST_REPEATS) return index + 1;
  }
  return null;
}
