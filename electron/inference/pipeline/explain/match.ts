// ITM match probabilities of captions on one image, and suggestions of classes from a list
// (method.md 6): the text side is cheap, the image vectors are shared.
import type { ImageFeatures } from '../../model.ts';
import { throwIfCancelled, type Stoppable } from '../../cancel.ts';
import type { ExplainParams } from '../../../link/params.ts';
import { PipelineError } from '../../../link/pipelineError.ts';
import { preprocess } from './preprocess.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import { cleanPrompts } from '../prompts.ts';
import type { PackModel } from '../runOptions.ts';
import { batchOf, planCaptions, type Caption } from '../tokenize/caption.ts';

export interface Suggestion {
  readonly name: string;
  /** ITM probability of "prefix name", 0-1. */
  readonly match: number;
}

const CAPTIONS_PER_RUN = 32;

/** Softmax of one row of ITM logits [B, 2], match side. Throws MODEL_OUTPUT_INVALID on NaN. */
export function probability(itmLogits: Float32Array, row: number): number {
  const value =
    1 / (1 + Math.exp((itmLogits[2 * row] as number) - (itmLogits[2 * row + 1] as number)));
  if (Number.isNaN(value))
    throw new PipelineError(
      'MODEL_OUTPUT_INVALID',
      'expected finite match logits from the model, found NaN; run the pack in 32-bit precision',
    );
  return value;
}

/** Match probability of every caption, in their order; long lists run in chunks. */
export async function matchProbabilities(
  { model, tokenizer }: PackModel,
  features: ImageFeatures,
  captions: readonly Caption[],
  options: Stoppable,
): Promise<number[]> {
  const matches: number[] = [];
  for (let from = 0; from < captions.length; from += CAPTIONS_PER_RUN) {
    throwIfCancelled(options);
    const chunk = captions.slice(from, from + CAPTIONS_PER_RUN);
    const logits = await model.match(features, batchOf(chunk, tokenizer.padId));
    if (logits.length !== 2 * chunk.length)
      throw new PipelineError(
        'MODEL_OUTPUT_INVALID',
        `expected ${2 * chunk.length} match logits for ${chunk.length} captions, found ${logits.length}`,
      );
    chunk.forEach((_, row) => matches.push(probability(logits, row)));
  }
  return matches;
}

/** Names whose match is at least `threshold`, best first. */
export async function suggestClasses(
  pack: PackModel,
  { image, names }: { readonly image: RgbImage; readonly names: readonly string[] },
  params: Pick<ExplainParams, 'inputSide' | 'aspect' | 'prefix' | 'joinWords'>,
  options: Stoppable & { readonly threshold?: number; readonly features?: ImageFeatures } = {},
): Promise<Suggestion[]> {
  const { model, tokenizer } = pack;
  const prompts = names.map((name, index) => ({ id: index + 1, name }));
  const { classes } = cleanPrompts(prompts, params);
  const { captions } = planCaptions(tokenizer, classes, {
    prefix: params.prefix,
    captions: 'perClass',
    maxClasses: 1,
    maxTokens: model.info.maxTokens,
  });
  if (captions.length === 0) return [];
  throwIfCancelled(options);
  const features = options.features ?? (await encode(pack, image, params, options));
  try {
    const matches = await matchProbabilities(pack, features, captions, options);
    return captions
      .map(({ spans }, row) => ({
        name: classes[spans[0]?.classIndex ?? 0]?.name ?? '',
        match: matches[row] as number,
      }))
      .filter(({ match }) => match >= (options.threshold ?? 0.5))
      .sort((a, b) => b.match - a.match);
  } finally {
    if (!options.features) features.dispose();
  }
}

function encode(
  { model }: PackModel,
  image: RgbImage,
  params: Pick<ExplainParams, 'inputSide' | 'aspect'>,
  options: Stoppable,
): Promise<ImageFeatures> {
  const poll = (): void => throwIfCancelled(options);
  const { pixels, height, width } = preprocess(image, params, model.info, poll);
  return model.encodeImage(pixels, height, width);
}
