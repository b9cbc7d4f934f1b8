// From values of settings on images to what is found in them: the setting that all images choose, and how far images
// that had no say gain by what the others choose.
import { average, heldOut, type HeldOut } from '../../learn/heldOut.ts';
import { judgeHeldOut, partsOf, search, type Searched } from './search.ts';
import type { MaskSetting } from './setting.ts';
import { verdictOf, type FitVerdict } from './verdict.ts';

export interface TableFit {
  readonly verdict: FitVerdict;
  readonly chosen: MaskSetting;
  readonly held: HeldOut;
  /** Share of the choices without an image that are the one of all. */
  readonly stable: number;
  /** Mean value of the setting in use. */
  readonly now: number;
}

/** `hashes` of the images' files, where many are left out together. */
export async function fitTable(
  searched: Searched,
  hashes: readonly string[],
  tried: () => readonly MaskSetting[],
): Promise<TableFit> {
  const { table, now } = searched;
  const all = Array.from({ length: table.images }, (_, image) => image);
  const chosen = await search(searched, all);
  const { gains, stable } = await judgeHeldOut(searched, partsOf(hashes), chosen);
  const held = heldOut(gains);
  const mean = (setting: MaskSetting) => average(all.map((image) => table.value(image, setting)));
  const [meanNow, best] = [mean(now), Math.max(...tried().map(mean))];
  const verdict = verdictOf({ held, now: meanNow, best, stays: chosen === now });
  return { verdict, chosen, held, stable, now: meanNow };
}
