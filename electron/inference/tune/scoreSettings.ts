// Tries settings on one image and says how well each one's masks fit the class names.
import type { TuneSetting } from '../../api/tuning.ts';
import { throwIfCancelled, type Stoppable } from '../cancel.ts';
import { createMaskCache } from '../pipeline/planes/maskCache.ts';
import type { MaskParams } from '../../link/params.ts';
import type { JudgedImage, Verdict, View } from './judges/judge.ts';
import { labelGrid } from './maskGrid.ts';
import type { LabelGrid } from '../../link/tuneScores.ts';
import { mapsOf } from './mapBank.ts';
import { gradedReward, publishedReward } from './judges/reward.ts';
import { tokenContrast } from './tokenContrast.ts';
import type { TuneImage } from './tuneImage.ts';
import type { TuneScore } from '../../link/tuneScores.ts';

export interface ScoreOptions extends Stoppable {
  /** Long side of the label grid. */
  readonly side?: number | undefined;
  readonly keepGrids: boolean;
}

/** What settings are tried on. */
export interface Scored {
  readonly image: TuneImage;
  readonly size: { readonly width: number; readonly height: number };
  readonly judged: JudgedImage;
  readonly masks: MaskParams;
}

/** A score per setting, in order. */
export async function scoreSettings(
  { image, size, judged, masks }: Scored,
  settings: readonly TuneSetting[],
  options: ScoreOptions,
): Promise<TuneScore[]> {
  const cache = createMaskCache();
  const { frame } = image;
  const blank = await judged.blank();
  const scores: TuneScore[] = [];
  for (const setting of settings) {
    throwIfCancelled(options);
    const maps = await image.maps(setting);
    const { passes, threshold, blur } = setting;
    const params = { ...masks, threshold, blur };
    const grid = await labelGrid({ frame, maps, passes }, size, params, {
      cache,
      side: options.side,
    });
    scores.push({
      ...(await rewardsOf(grid, frame.classes.length, judged, blank)),
      tokenContrast: tokenContrast(maps),
      grid: options.keepGrids ? grid : null,
    });
  }
  return scores;
}

/** The judge's scores for the masks of a grid with `pairs` classes, summed over the classes. */
export async function rewardsOf(
  grid: LabelGrid,
  pairs: number,
  judged: JudgedImage,
  blank: Verdict,
): Promise<Pick<TuneScore, 'pairs' | 'reward' | 'published'>> {
  const places = Array.from({ length: pairs }, (_, index) => index + 1);
  const views = places.flatMap((place): View[] => [
    { kind: 'inside', place },
    { kind: 'outside', place },
    { kind: 'elsewhere', place },
  ]);
  const verdicts = await judged.judge(grid, views);
  let reward = 0;
  let published = 0;
  places.forEach((_, index) => {
    const [inside, outside, elsewhere] = verdicts.slice(3 * index, 3 * index + 3) as [
      Verdict,
      Verdict,
      Verdict,
    ];
    const verdict = {
      masked: inside.fits,
      blank: blank.fits,
      place: index,
      inside: inside.shares[index] as number,
      outside: outside.shares[index] as number,
      elsewhere: elsewhere.shares[index] as number,
    };
    reward += gradedReward(verdict);
    published += publishedReward(verdict);
  });
  return { pairs, reward, published };
}

/** Token contrast of every layer and head, the mean over heads last: [layers][heads + 1]. */
export function contrastTable({ bank }: TuneImage): number[][] {
  return Array.from({ length: bank.layers }, (_, layer) =>
    [...Array.from({ length: bank.heads }, (_head, head) => [head]), []].map((heads) =>
      tokenContrast(mapsOf(bank, [layer], heads)),
    ),
  );
}
