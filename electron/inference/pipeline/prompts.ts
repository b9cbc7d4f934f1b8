// The classes of a run as a person gave them, checked and cleaned before any token is made.
// Names keep their real spelling; joining words is the released code's way and an option.
import type { PromptClass } from '../../api/run.ts';
import type { AskedClass } from '../../link/facts.ts';
import { PipelineError } from '../../link/pipelineError.ts';

export interface ClassPrompt {
  /** Value in the label map, 1-65535; 0 is the background. */
  readonly id: number;
  /** What the model is asked for, in real spelling. */
  readonly name: string;
  /** Other words for the same class; their maps are merged. */
  readonly synonyms?: readonly string[];
  /** Stuff has no shape of its own, like sky; left out: a thing. */
  readonly stuff?: boolean;
}

/** A class with the words that really go into captions, first its name, then its synonyms. */
export interface CleanPrompt {
  readonly id: number;
  readonly name: string;
  readonly words: readonly string[];
}

export interface CleanedPrompts {
  readonly classes: readonly CleanPrompt[];
  /** What was left out and why, in sentences. */
  readonly warnings: readonly string[];
}

/** Classes as a project has them, in the words that a model is asked. */
export function askedPrompts(
  classes: readonly (PromptClass & Partial<Pick<AskedClass, 'kind'>>)[],
): (ClassPrompt & { readonly id: PromptClass['categoryId'] })[] {
  return classes.map(({ categoryId, name, prompt, synonyms, kind }) => ({
    id: categoryId,
    name: prompt || name,
    synonyms,
    ...(kind === 'stuff' ? { stuff: true } : {}),
  }));
}

/** Channels are numbered in one byte, the background included. */
const MAX_CLASSES = 255;

/**
 * Trims names, drops repeated words (the first class that says a word keeps it) and joins words
 * when asked. An empty list is allowed and gives no classes (method.md 13, row 15).
 * Throws PipelineError PROMPT_INVALID for empty names, bad ids and repeated ids.
 */
export function cleanPrompts(
  prompts: readonly ClassPrompt[],
  options: { readonly joinWords: boolean },
): CleanedPrompts {
  if (prompts.length > MAX_CLASSES)
    throw invalid(
      `expected at most ${MAX_CLASSES} classes, found ${prompts.length}; ask for fewer`,
    );
  const warnings: string[] = [];
  const ids = new Set<number>();
  const owner = new Map<string, string>();
  const classes: CleanPrompt[] = [];
  prompts.forEach(({ id, name, synonyms = [] }, position) => {
    if (!Number.isInteger(id) || id < 1 || id > 65535)
      throw invalid(`expected a class id from 1 to 65535, found ${id} for ${JSON.stringify(name)}`);
    if (ids.has(id))
      throw invalid(`expected every class id once, found ${id} again at ${JSON.stringify(name)}`);
    ids.add(id);
    const words: string[] = [];
    [name, ...synonyms].forEach((raw, index) => {
      const word = cleanWord(raw, options.joinWords);
      if (word === '') {
        if (index > 0) return;
        throw invalid(
          `expected a name for class ${id} (position ${position + 1}), found an empty one; type a name or remove the class`,
        );
      }
      const key = word.toLowerCase();
      const first = owner.get(key);
      if (first !== undefined) {
        warnings.push(`"${word}" is already asked for by class "${first}"; it is asked for once`);
        return;
      }
      owner.set(key, name.trim());
      words.push(word);
    });
    classes.push({ id, name: name.trim(), words });
  });
  return { classes, warnings };
}

/** One clean spelling: control characters and repeated spaces go; joined = spaces and hyphens go. */
function cleanWord(raw: string, joinWords: boolean): string {
  const spaced = raw
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Zs}]+/gu, ' ')
    .trim();
  return joinWords ? spaced.replace(/[\s-]+/g, '') : spaced;
}

const invalid = (message: string): PipelineError => new PipelineError('PROMPT_INVALID', message);
