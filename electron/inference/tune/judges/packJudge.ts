// The pack's own match as the judge: a caption per class reads only the image vectors of the patches
// that a mask shows. The image is encoded once; all masks of a try are judged in one text run.
import type { ImageFeatures } from '../../model.ts';
import { probability } from '../../pipeline/explain/match.ts';
import type { PackModel } from '../../pipeline/runOptions.ts';
import { batchOf, type Caption } from '../../pipeline/tokenize/caption.ts';
import { complement, elsewhere, type GridMask } from './controls.ts';
import { remembered, type JudgedImage, type Verdict, type View } from './judge.ts';
import { patchesOf } from '../maskGrid.ts';
import type { LabelGrid } from '../../../link/tuneScores.ts';

/** Captions per model run. */
const ROWS_PER_RUN = 96;

/** `captions`: one per class of the image, in order. `features` must stay open meanwhile. */
export function judgeByPack(
  { model, tokenizer }: PackModel,
  features: () => Promise<ImageFeatures>,
  captions: readonly Caption[],
  grid: { readonly rows: number; readonly columns: number },
): JudgedImage {
  const patches = grid.rows * grid.columns;
  const tokens = 1 + patches;
  const masksPerRun = Math.max(1, Math.floor(ROWS_PER_RUN / captions.length));

  const ask = async (masks: readonly Uint8Array[]): Promise<Verdict[]> => {
    const verdicts: Verdict[] = [];
    for (let from = 0; from < masks.length; from += masksPerRun) {
      const some = masks.slice(from, from + masksPerRun);
      const seen = new BigInt64Array(some.length * captions.length * tokens);
      some.forEach((mask, index) => {
        for (let caption = 0; caption < captions.length; caption++) {
          const at = (index * captions.length + caption) * tokens;
          // The image's class token stays: without any key there would be nothing to read.
          seen[at] = 1n;
          for (let patch = 0; patch < mask.length; patch++)
            if (mask[patch] !== 0) seen[at + 1 + patch] = 1n;
        }
      });
      const batch = batchOf(
        some.flatMap(() => captions),
        tokenizer.padId,
      );
      const logits = await model.match(await features(), batch, seen);
      some.forEach((_, index) => {
        const own = captions.map((_caption, caption) => index * captions.length + caption);
        verdicts.push({
          fits: own.map((row) => (logits[2 * row + 1] as number) - (logits[2 * row] as number)),
          shares: own.map((row) => probability(logits, row)),
        });
      });
    }
    return verdicts;
  };
  const judged = remembered(ask);
  return {
    async blank() {
      return (await judged([new Uint8Array(patches)]))[0] as Verdict;
    },
    judge: (labels, views) => judged(views.map((view) => cellsOf(labels, view, grid))),
  };
}

function cellsOf(
  labels: LabelGrid,
  { kind, place }: View,
  grid: { readonly rows: number; readonly columns: number },
): Uint8Array {
  const { rows, columns } = grid;
  const mask: GridMask = { cells: patchesOf(labels, place, grid), rows, columns };
  if (kind === 'inside') return mask.cells;
  return (kind === 'outside' ? complement(mask) : elsewhere(mask)).cells;
}
