// The judge of a run: the model that looks at prompt pictures, with every sentence of every class.
import type { CarParams } from '../../../../link/engines/car.ts';
import type { RgbImage } from '../../../image/rgbImage.ts';
import { stretched } from '../../../pipeline/planes/halfPixel.ts';
import type { Bench, ExplainRequest } from '../../explainer.ts';
import { filled, JUDGE_PATTERNS } from '../../texts/patterns.ts';
import { wordSourceOf } from '../../texts/wordSource.ts';
import { textVectors } from '../../texts/words.ts';
import { judgePixels, judgeScores } from './judge.ts';
import { promptMask, promptPicture, type PromptMark } from './promptPicture.ts';

/** A query's map on the grid. */
export interface GridMap {
  readonly map: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

export interface Judge {
  readonly packHash: string;
  /** Of the square that it sees. */
  readonly side: number;
  readonly warnings: readonly string[];
  /** What it sees in the picture that a map makes, for each of `queries`. */
  scores(map: GridMap, queries: readonly number[]): Promise<Float64Array>;
}

interface JudgeRequest extends Pick<ExplainRequest, 'packs' | 'image'> {
  readonly params: CarParams;
  readonly texts: readonly string[];
  /** Its pictures are those of stuff. */
  readonly stuff: boolean;
}

/** What the judge is shown for a map. */
export function pictureOf(
  image: RgbImage,
  { map, rows, columns }: GridMap,
  params: CarParams,
  stuff: boolean,
): RgbImage {
  const full = stretched({ data: map, rows, columns }, image.width, image.height);
  return promptPicture(image, promptMask(full, params.maskThreshold), marksOf(params, stuff));
}

/** What is done to a picture outside a mask, as the parameters say. */
function marksOf(params: CarParams, stuff: boolean): PromptMark[] {
  const chosen = stuff
    ? {
        blur: params.stuffBlur,
        gray: params.stuffGray,
        black: params.stuffBlack,
        circle: params.stuffCircle,
      }
    : params;
  return (['blur', 'gray', 'black', 'circle'] as const).filter((mark) => chosen[mark]);
}

export async function openJudge(
  { packs, params, texts, image, stuff }: JudgeRequest,
  { shelves, keep, call, used }: Bench,
): Promise<Judge> {
  const choice = packs.judge ?? packs.explain;
  const clip = keep(await shelves.judge(choice));
  used(clip);
  const { model } = clip;
  const source = wordSourceOf(clip, choice, call);
  const sentences: Float32Array[][] = [];
  for (const pattern of JUDGE_PATTERNS)
    sentences.push(
      await textVectors(
        source,
        texts.map((text) => filled(pattern, text)),
      ),
    );
  const { nativeSide: side, scale, packHash } = model.info;
  return {
    packHash,
    side,
    warnings:
      packs.judge === undefined
        ? ['the judge is the model that makes the maps; a larger CLIP judges better']
        : [],
    async scores(map, queries) {
      const pixels = judgePixels(pictureOf(image, map, params, stuff), side, model.info);
      await call.turn();
      const look = params.judgeBlocks === 'published' ? model.judgeImage : model.embedImage;
      const vector = await look(pixels, side, side);
      const asked = sentences.map((one) => queries.map((query) => one[query] as Float32Array));
      return judgeScores(vector, asked, scale);
    },
  };
}
