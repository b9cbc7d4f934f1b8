// Captions for a set of classes: one joint caption (in chunks) or one per word, with the token
// span of every word. Word-by-word tokens equal those of the whole string (method.md 4.2).
import type { TokenBatch } from '../../model.ts';
import { PipelineError } from '../../../link/pipelineError.ts';
import type { CleanPrompt } from '../prompts.ts';
import type { CaptionTokenizer, TokenPiece } from './captionTokenizer.ts';

/** Where one word of one class stands in a caption: tokens start (inclusive) to end (exclusive). */
export interface WordSpan {
  readonly classIndex: number;
  /** 0 = the class's name, 1... = its synonyms. */
  readonly wordIndex: number;
  readonly start: number;
  readonly end: number;
}

export interface Caption {
  readonly text: string;
  /** Token ids with the special tokens: the first, and the last where the model has one. */
  readonly ids: readonly number[];
  /** Vocabulary entry per token; the special tokens are empty strings. */
  readonly pieces: readonly string[];
  readonly spans: readonly WordSpan[];
}

export interface CaptionPlan {
  readonly prefix: string;
  /** 'joint': all classes in one sentence; 'perClass': a sentence per word. */
  readonly captions: 'joint' | 'perClass';
  /** Classes per joint caption before a new one is begun. */
  readonly maxClasses: number;
  /** Longest caption in tokens, special tokens included. */
  readonly maxTokens: number;
}

export interface PlannedCaptions {
  readonly captions: readonly Caption[];
  /** Words that the vocabulary cannot read, in sentences. */
  readonly warnings: readonly string[];
}

interface Word {
  readonly classIndex: number;
  readonly wordIndex: number;
  readonly text: string;
  readonly pieces: readonly TokenPiece[];
}

/**
 * Captions for the classes, in order. A class's synonyms stay in its chunk.
 * Throws PipelineError PROMPT_INVALID for a name without readable letters, PROMPT_TOO_LONG when a
 * single class does not fit the model.
 */
export function planCaptions(
  tokenizer: CaptionTokenizer,
  classes: readonly CleanPrompt[],
  plan: CaptionPlan,
): PlannedCaptions {
  const prefix = plan.prefix.trim();
  const opening = prefix === '' ? [] : tokenizer.pieces(prefix, true);
  const special = tokenizer.lastId === null ? 1 : 2;
  const room = plan.maxTokens - opening.length - special;
  const warnings: string[] = [];
  const groups: Word[][] = [];
  let current: Word[] = [];
  let classesInCurrent = 0;
  const close = (): void => {
    if (current.length > 0) groups.push(current);
    current = [];
    classesInCurrent = 0;
  };
  classes.forEach((one, classIndex) => {
    const words = one.words.map((text, wordIndex): Word => {
      const pieces = tokenizer.pieces(text, false);
      checkWord(one, text, pieces, warnings);
      return { classIndex, wordIndex, text, pieces };
    });
    if (plan.captions === 'perClass') {
      for (const word of words) {
        checkRoom(one, [word], room);
        groups.push([word]);
      }
      return;
    }
    checkRoom(one, words, room);
    if (classesInCurrent >= plan.maxClasses || tokenCount([...current, ...words]) > room) close();
    if (words.length === 0) return;
    current.push(...words);
    classesInCurrent++;
  });
  close();
  return { captions: groups.map((words) => caption(tokenizer, prefix, opening, words)), warnings };
}

/** Captions padded at the end to the longest (or to `length`), as the model takes them. */
export function batchOf(
  captions: readonly Caption[],
  padId: number,
  length = Math.max(...captions.map((one) => one.ids.length)),
): TokenBatch {
  const inputIds = new BigInt64Array(captions.length * length).fill(BigInt(padId));
  const attentionMask = new BigInt64Array(captions.length * length);
  captions.forEach(({ ids }, row) => {
    ids.forEach((id, column) => {
      inputIds[row * length + column] = BigInt(id);
      attentionMask[row * length + column] = 1n;
    });
  });
  return { batch: captions.length, length, inputIds, attentionMask };
}

function caption(
  tokenizer: CaptionTokenizer,
  prefix: string,
  opening: readonly TokenPiece[],
  words: readonly Word[],
): Caption {
  const ids = [tokenizer.firstId, ...opening.map((piece) => piece.id)];
  const pieces = ['', ...opening.map((piece) => piece.text)];
  const spans = words.map(({ classIndex, wordIndex, ...word }, position): WordSpan => {
    const start = ids.length;
    // Without a prefix the first word opens the caption, which byte BPE spells without a space.
    const opens = position === 0 && opening.length === 0;
    for (const piece of opens ? tokenizer.pieces(word.text, true) : word.pieces) {
      ids.push(piece.id);
      pieces.push(piece.text);
    }
    return { classIndex, wordIndex, start, end: ids.length };
  });
  if (tokenizer.lastId !== null) {
    ids.push(tokenizer.lastId);
    pieces.push('');
  }
  const text = [prefix, ...words.map((word) => word.text)].filter((part) => part !== '').join(' ');
  return { text, ids, pieces, spans };
}

function checkWord(
  { id }: CleanPrompt,
  text: string,
  pieces: readonly TokenPiece[],
  warnings: string[],
): void {
  if (pieces.length === 0)
    throw new PipelineError(
      'PROMPT_INVALID',
      `expected letters that the model can read for class ${id}, found ${JSON.stringify(text)}; use another name`,
    );
  if (pieces.some((piece) => piece.unknown))
    warnings.push(`the model's vocabulary cannot spell "${text}"; its map means little`);
}

function checkRoom({ name }: CleanPrompt, words: readonly Word[], room: number): void {
  const needed = tokenCount(words);
  if (needed > room)
    throw new PipelineError(
      'PROMPT_TOO_LONG',
      `expected at most ${room} tokens for one class, found ${needed} for ${JSON.stringify(name.slice(0, 80))}; shorten the name or its synonyms`,
    );
}

const tokenCount = (words: readonly Word[]): number =>
  words.reduce((sum, word) => sum + word.pieces.length, 0);
