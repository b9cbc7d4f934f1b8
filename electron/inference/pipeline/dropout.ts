// Salience DropOut: how many patches go after each pass, and which (method.md 4.5, 4.6).
// The published oddities are options, so that the reference preset can keep them.
import type { Caption } from './tokenize/caption.ts';
import type { DropScore } from '../../link/params.ts';

export type DropRule =
  /** The same number after every pass (released code: 10). */
  | { readonly kind: 'count'; readonly patches: number }
  /** The same share of all N patches after every pass, rounded (10 of 441 = 2.27 %). */
  | { readonly kind: 'fraction'; readonly fraction: number }
  /** floor(N / 2^(t+1)) after pass t (paper text). */
  | { readonly kind: 'half' };

/** Number of patches to hide after pass 0 ... passes-2; never more than remain. */
export function dropCounts(rule: DropRule, patches: number, passes: number): number[] {
  let left = patches;
  return Array.from({ length: Math.max(0, passes - 1) }, (_, pass) => {
    const wanted =
      rule.kind === 'count'
        ? rule.patches
        : rule.kind === 'fraction'
          ? Math.round(rule.fraction * patches)
          : Math.floor(patches / 2 ** (pass + 1));
    const count = Math.max(0, Math.min(left, wanted));
    left -= count;
    return count;
  });
}

/** Score per patch [N] over all captions of a pass; maps are [tokens, N] per caption. */
export function dropScores(
  maps: readonly Float32Array[],
  captions: readonly Caption[],
  patches: number,
  options: {
    readonly score: DropScore;
    /**
     * Length of the padded batch that the released code would have run. In a caption shorter than
     * that, its last special token counts in the score too (method.md 13, row 4).
     */
    readonly paddedLength?: number | undefined;
  },
): Float64Array {
  const scores = new Float64Array(patches);
  const addRow = (map: Float32Array, row: number, share: number): void => {
    for (let patch = 0; patch < patches; patch++)
      scores[patch] = (scores[patch] as number) + share * (map[row * patches + patch] as number);
  };
  const wordsOf = new Map<number, number>();
  for (const { spans } of captions)
    for (const { classIndex } of spans) wordsOf.set(classIndex, (wordsOf.get(classIndex) ?? 0) + 1);
  captions.forEach(({ ids, pieces, spans }, index) => {
    const map = maps[index] as Float32Array;
    for (const { start, end, classIndex } of spans) {
      const share =
        options.score === 'pieces' ? 1 : 1 / ((end - start) * (wordsOf.get(classIndex) ?? 1));
      for (let row = start; row < end; row++) addRow(map, row, share);
    }
    const shorter = options.paddedLength !== undefined && ids.length < options.paddedLength;
    // A caption may also end with a word's last piece, which its span has counted.
    if (shorter && pieces.at(-1) === '') addRow(map, ids.length - 1, 1);
  });
  return scores;
}

/**
 * The `count` highest scoring patches, best last. With `excludeDropped` a hidden patch is never
 * chosen again; without it a hidden patch scores 0 and may be chosen when too few are positive,
 * as in the released code.
 */
export function chooseDrops(
  scores: Float64Array,
  dropped: Uint8Array,
  count: number,
  excludeDropped: boolean,
): number[] {
  const candidates: { patch: number; score: number }[] = [];
  scores.forEach((score, patch) => {
    if (dropped[patch] !== 1) candidates.push({ patch, score });
    else if (!excludeDropped) candidates.push({ patch, score: 0 });
  });
  // Array sort is stable: equal scores stay in the order of their patch numbers.
  candidates.sort((a, b) => a.score - b.score);
  return count === 0 ? [] : candidates.slice(-count).map((one) => one.patch);
}
