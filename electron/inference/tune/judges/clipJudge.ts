// CLIP as the judge (method.md 7.1, 7.2): the image is multiplied with the mask, black outside, and
// compared with the class names. One run of CLIP's image encoder per mask that is new.
import { normaliseToChw } from '../../image/color.ts';
import { resizeBicubic } from '../../image/resize.ts';
import type { EmbeddingModel } from '../../model.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import type { ClipTexts } from './clipTexts.ts';
import { complement, elsewhere, type GridMask } from './controls.ts';
import { remembered, type JudgedImage, type Verdict, type View } from './judge.ts';
import type { LabelGrid } from '../../../link/tuneScores.ts';
import { share } from './reward.ts';

/** Names added to every image's own classes, so that one class alone can fit well or badly. */
const NEGATIVES: readonly string[] = [
  'background',
  'nothing',
  'a black picture',
  'texture',
  'noise',
];

export interface ClipJudge {
  readonly model: EmbeddingModel;
  readonly texts: ClipTexts;
}

/** What a masked image is compared with. */
export interface ComparedNames {
  /** The classes of the image, in order. */
  readonly names: readonly string[];
  /** Classes that are not in it. */
  readonly others: readonly string[];
}

export async function judgeByClip(
  { model, texts }: ClipJudge,
  image: RgbImage,
  { names, others }: ComparedNames,
  stop: () => void,
): Promise<JudgedImage> {
  const side = model.info.nativeSide;
  // Squeezed like the pack's input: a centre crop would cut masks off.
  const rgb = resizeBicubic(image, side, side);
  const vectors: Float32Array[] = [];
  for (const name of [...names, ...others, ...NEGATIVES]) {
    stop();
    vectors.push(await texts.vector(name));
  }

  const verdictOf = async (cells: Uint8Array, width: number, height: number): Promise<Verdict> => {
    stop();
    const shown = maskedPixels(rgb, side, { cells, rows: height, columns: width });
    const pixels = normaliseToChw(shown, side * side, model.info);
    const vector = await model.embedImage(pixels, side, side);
    const all = vectors.map((text) => model.info.scale * dot(vector, text));
    return {
      fits: all.slice(0, names.length),
      shares: names.map((_, place) => share(all, place)),
    };
  };
  const askers = new Map<string, (masks: readonly Uint8Array[]) => Promise<Verdict[]>>();
  const asker = ({ width, height }: { readonly width: number; readonly height: number }) => {
    const key = `${width}x${height}`;
    const known =
      askers.get(key) ??
      remembered(async (masks) => {
        const verdicts: Verdict[] = [];
        for (const cells of masks) verdicts.push(await verdictOf(cells, width, height));
        return verdicts;
      });
    askers.set(key, known);
    return known;
  };
  return {
    async blank() {
      return (await asker({ width: 1, height: 1 })([new Uint8Array(1)]))[0] as Verdict;
    },
    judge: (grid, views) => asker(grid)(views.map((view) => cellsOf(grid, view))),
  };
}

/** The image [side, side, 3] with black where the mask, stretched over it, is 0. */
export function maskedPixels(rgb: Uint8Array, side: number, mask: GridMask): Uint8Array {
  const shown = new Uint8Array(rgb.length);
  for (let y = 0; y < side; y++) {
    const row = Math.floor((y * mask.rows) / side) * mask.columns;
    for (let x = 0; x < side; x++) {
      if (mask.cells[row + Math.floor((x * mask.columns) / side)] === 0) continue;
      const at = (y * side + x) * 3;
      shown[at] = rgb[at] as number;
      shown[at + 1] = rgb[at + 1] as number;
      shown[at + 2] = rgb[at + 2] as number;
    }
  }
  return shown;
}

function cellsOf({ labels, width, height }: LabelGrid, { kind, place }: View): Uint8Array {
  const mask: GridMask = {
    cells: labels.map((label) => (label === place ? 1 : 0)),
    rows: height,
    columns: width,
  };
  if (kind === 'inside') return mask.cells;
  return (kind === 'outside' ? complement(mask) : elsewhere(mask)).cells;
}

/** Of two vectors of one length. */
function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
