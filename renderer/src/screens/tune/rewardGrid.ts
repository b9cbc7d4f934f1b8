// Mean reward of the tries of each layer and head.
import type { TuneEvaluation } from '../../../../electron/api/tuning.ts';

/** [layers][heads + 1], the mean over heads last; null where nothing was tried. */
export function rewardGrid(
  tries: readonly TuneEvaluation[],
  layers: number,
  heads: number,
): (number | null)[][] {
  const sums = Array.from({ length: layers }, () =>
    Array.from({ length: heads + 1 }, () => ({ sum: 0, count: 0 })),
  );
  for (const { stage, setting, reward } of tries) {
    const [layer, second] = setting.layers;
    const cell = sums[layer ?? -1]?.[setting.heads.length === 0 ? heads : setting.heads[0]!];
    if (stage !== 'group' || second !== undefined || setting.heads.length > 1 || !cell) continue;
    cell.sum += reward;
    cell.count += 1;
  }
  return sums.map((row) => row.map(({ sum, count }) => (count === 0 ? null : sum / count)));
}
