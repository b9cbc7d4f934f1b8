// What other thresholds would change over the whole data set, counted from histograms in one query.
import type { Project } from '../project/project.ts';
import { decodeHistogram } from '../project/runs.ts';

export interface Rethreshold {
  readonly changed: number;
  readonly vanished: number;
  readonly unchanged: number;
  /** Proposals whose maps are not kept any more. */
  readonly withoutMaps: number;
  readonly histogram: readonly number[];
  readonly patches: { readonly before: number; readonly after: number };
}

export const nothingCounted = () => ({
  changed: 0,
  vanished: 0,
  unchanged: 0,
  withoutMaps: 0,
  histogram: [] as number[],
  patches: { before: 0, after: 0 },
});

export type Thresholds = { readonly [categoryId: number]: number };

/**
 * How many untouched proposals would change, without computing a mask: a proposal is unchanged when
 * no patch of its class map lies between the old and the new threshold.
 */
export function countRethreshold(project: Project, thresholds: Thresholds): Rethreshold {
  const result = nothingCounted();
  for (const [key, threshold] of Object.entries(thresholds)) {
    const rows = project.store.iterate<{ threshold: number | null; histogram: Uint8Array | null }>(
      `SELECT run_class.threshold, run_class.histogram FROM annotation
       LEFT JOIN run_class ON run_class.category_id = annotation.category_id
         AND run_class.run_id = annotation.run_id
       WHERE annotation.category_id = ? AND annotation.status = 0 AND origin = 1 AND edited = 0`,
      Number(key),
    );
    for (const row of rows) {
      if (row.threshold === null || row.histogram === null) result.withoutMaps += 1;
      else {
        const bins = decodeHistogram(row.histogram);
        const before = keptIn(bins, row.threshold);
        const after = keptIn(bins, threshold);
        bins.forEach((n, bin) => (result.histogram[bin] = (result.histogram[bin] ?? 0) + n));
        result.patches.before += before;
        result.patches.after += after;
        // Other patches kept = another mask; as many are the same ones, since they only grow fewer.
        result[after === 0 ? 'vanished' : after === before ? 'unchanged' : 'changed'] += 1;
      }
    }
  }
  return result;
}

/** Patches at or above a threshold. */
function keptIn(bins: Uint16Array, threshold: number): number {
  let kept = 0;
  // A value exactly on a bin's edge counts to the bin above, as the threshold does.
  for (let bin = Math.floor(threshold * bins.length + 1e-9); bin < bins.length; bin += 1)
    kept += bins[bin]!;
  return kept;
}
