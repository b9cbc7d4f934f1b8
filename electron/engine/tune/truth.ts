// mIoU of tries where the right masks are known. The search never sees any of this.
import type { CategoryId, RleMask } from '../../api/types.ts';
import type { LabelGrid } from '../../link/tuneScores.ts';
import { addInPlace, emptyHistogram, type Histogram } from '../evaluate/histogram.ts';
import { VOID } from '../evaluate/imageScore.ts';
import { scoresOf } from '../evaluate/scores.ts';
import { paintInPlace } from '../../masks/runs/bitmap.ts';

/** Right masks of one image. */
export interface ImageTruth {
  readonly width: number;
  readonly height: number;
  readonly masks: readonly { readonly categoryId: CategoryId; readonly mask: RleMask }[];
  /** Pixels without a mask: background, or not counted where a try has no background. */
  readonly rest: 'background' | 'void';
}

/** Adds up confusions of many images, one histogram per setting. */
export interface TruthScores {
  add(setting: string, truth: ImageTruth, grid: LabelGrid, classes: readonly CategoryId[]): void;
  /** Mean IoU of a setting, 0-1; null when nothing was added. */
  meanIou(setting: string): number | null;
}

export function truthScores(categoryIds: readonly CategoryId[]): TruthScores {
  const labelOf = new Map(categoryIds.map((id, index) => [id, index + 1]));
  const names = ['background', ...categoryIds.map(String)];
  const histograms = new Map<string, Histogram>();
  return {
    add(setting, truth, grid, classes) {
      const histogram = histograms.get(setting) ?? emptyHistogram(names.length);
      histograms.set(setting, histogram);
      const real = new Uint16Array(truth.width * truth.height).fill(
        truth.rest === 'void' ? VOID : 0,
      );
      const asked = new Set(classes);
      for (const { categoryId, mask } of truth.masks)
        if (asked.has(categoryId)) paintInPlace(real, mask, labelOf.get(categoryId) ?? VOID);
      const labels = classes.map((id) => labelOf.get(id) ?? VOID - 1);
      addInPlace(histogram, real, stretched(grid, truth, labels));
    },
    meanIou(setting) {
      const histogram = histograms.get(setting);
      if (!histogram) return null;
      return scoresOf(histogram, names, { protocol: 'standard', background: true }).meanIou;
    },
  };
}

/** The grid's labels at every pixel of an image, nearest neighbour. */
function stretched(
  grid: LabelGrid,
  { width, height }: { readonly width: number; readonly height: number },
  labels: readonly number[],
): Uint16Array {
  const painted = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * grid.height) / height) * grid.width;
    for (let x = 0; x < width; x++) {
      const place = grid.labels[row + Math.floor((x * grid.width) / width)] as number;
      if (place > 0) painted[y * width + x] = labels[place - 1] as number;
    }
  }
  return painted;
}
