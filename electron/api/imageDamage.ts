// What decoders say when the data of a picture stops before its end, by format: one list for both ends.

const TOO_SHORT =
  /premature end|truncated|unexpected end|end of (file|stream|input)|not enough|too (few|short)|ended|out of data/i;

/** True when a decoder's words mean that a part of the file is missing. */
export function endsEarly(reason: string): boolean {
  return TOO_SHORT.test(reason);
}
