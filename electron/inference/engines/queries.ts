// The words of a run as engines that compare words ask them: those of classes, and those of the background
// that no class asks for.
import type { CleanPrompt } from '../pipeline/prompts.ts';

/** Background words without those that a class asks for: a word would compete with itself. */
export function ownBackground(
  classes: readonly Pick<CleanPrompt, 'words'>[],
  background: readonly string[],
): string[] {
  const taken = new Set(classes.flatMap(({ words }) => words).map((word) => word.toLowerCase()));
  const words = background.map((word) => word.trim()).filter((word) => word !== '');
  return [...new Set(words)].filter((word) => !taken.has(word.toLowerCase()));
}
