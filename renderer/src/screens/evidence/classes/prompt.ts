// Where a class stands in the sentence that the model read.

/** The sentence around the first whole-word occurrence of the class's words; null when it has none. */
export function promptParts(
  caption: string,
  words: string,
): { before: string; after: string } | null {
  const lower = caption.toLowerCase();
  const sought = words.trim().toLowerCase();
  // The reference settings join the words of a name.
  for (const form of [sought, sought.replace(/[\s-]+/g, '')]) {
    if (form === '') continue;
    for (let at = lower.indexOf(form); at >= 0; at = lower.indexOf(form, at + 1)) {
      const end = at + form.length;
      const isWhole = !isLetter(lower[at - 1]) && !isLetter(lower[end]);
      if (isWhole) return { before: caption.slice(0, at), after: caption.slice(end) };
    }
  }
  return null;
}

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** True when a piece begins a word of its own, in the marks of WordPiece, byte-level and CLIP vocabularies. */
export function startsWord(tokens: readonly string[], index: number): boolean {
  const token = tokens[index];
  if (index === 0 || token === undefined || token.startsWith('##')) return false;
  if (tokens.some((one) => one.endsWith('</w>'))) return tokens[index - 1]!.endsWith('</w>');
  if (tokens.some((one) => /^[ĠĊ▁]/.test(one))) return /^[ĠĊ▁]/.test(token);
  return true;
}
