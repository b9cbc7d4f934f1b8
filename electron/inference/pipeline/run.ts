// Runs the model on one image: preprocess, encode, ask for matches, then Salience DropOut pass by
// pass (method.md 4.3-4.6). What it returns is enough for everything that follows.
import type { ImageFeatures, ItmModel } from '../model.ts';
import { throwIfCancelled, type Stoppable } from './cancel.ts';
import { chooseDrops, dropCounts, dropScores, type DropRule } from './dropout.ts';
import { fillImage, hidePatchesInPlace, type InputPixels } from './fill.ts';
import { matchProbabilities, probability } from './match.ts';
import type { ExplainParams } from './params.ts';
import { PipelineError } from './pipelineError.ts';
import { inputSize, preprocess, type RgbImage } from './preprocess.ts';
import { cleanPrompts, type ClassPrompt, type CleanPrompt } from './prompts.ts';
import type { RunClass, RunPass, SalienceRun } from './salienceRun.ts';
import { tokenMaps } from './saliency.ts';
import { batchOf, planCaptions, type Caption } from './tokenize/caption.ts';
import type { CaptionTokenizer } from './tokenize/captionTokenizer.ts';

/** A loaded pack: the model and the tokenizer that belongs to it. */
export interface PackModel {
  readonly model: ItmModel;
  readonly tokenizer: CaptionTokenizer;
}

export type ExplainProgress =
  | { readonly stage: 'preprocess' | 'encode' | 'match' }
  /** Matches are known before any mask. */
  | { readonly stage: 'classes'; readonly classes: readonly RunClass[] }
  /** `pass` counts from 1. */
  | { readonly stage: 'pass'; readonly pass: number; readonly passes: number };

export interface ExplainOptions extends Stoppable {
  readonly onProgress?: (progress: ExplainProgress) => void;
  /** Image vectors of the untouched input, kept by the caller from an earlier run; not disposed here. */
  readonly features?: ImageFeatures;
  /** See dropScores: length of the batch the released code would have padded this caption to. */
  readonly paddedLength?: number;
  /** Milliseconds now; for timings only. */
  readonly clock?: () => number;
}

/** Captions per model run; more are run one chunk after the other. */
const CAPTIONS_PER_RUN = 32;

/** Salience of every class of `prompts` on an image. Cancellation rejects with the signal's reason. */
export async function explainImage(
  pack: PackModel,
  image: RgbImage,
  prompts: readonly ClassPrompt[],
  params: ExplainParams,
  options: ExplainOptions = {},
): Promise<SalienceRun> {
  throwIfCancelled(options);
  checkModelParams(pack.model, params);
  // Names are checked before the first expensive step.
  cleanPrompts(prompts, params);
  inputSize(image, params, pack.model.info);
  options.onProgress?.({ stage: 'preprocess' });
  const clock = options.clock ?? performance.now.bind(performance);
  const start = clock();
  const input = preprocess(image, params, pack.model.info, () => throwIfCancelled(options));
  const run = await explainPixels(pack, input, image, prompts, params, options);
  const total = clock() - start;
  const spent = Object.values(run.milliseconds).reduce((sum, ms) => sum + ms, 0);
  return { ...run, milliseconds: { preprocess: Math.max(0, total - spent), ...run.milliseconds } };
}

/** The same from an input that is already normalised; `image` gives the size masks will have. */
export async function explainPixels(
  pack: PackModel,
  input: InputPixels,
  image: { readonly width: number; readonly height: number },
  prompts: readonly ClassPrompt[],
  params: ExplainParams,
  options: ExplainOptions = {},
): Promise<SalienceRun> {
  const { model, tokenizer } = pack;
  checkModelParams(model, params);
  const { classes, warnings } = cleanPrompts(prompts, params);
  const plan = {
    prefix: params.prefix,
    maxClasses: params.maxClassesPerCaption,
    maxTokens: model.info.maxTokens,
  };
  const single = planCaptions(tokenizer, classes, { ...plan, captions: 'perClass' });
  const notes = [...warnings, ...single.warnings, ...layerWarnings(model, params)];
  const timings: Record<string, number> = {};
  const timed = stopwatch(timings, options.clock ?? performance.now.bind(performance));
  const grid = { rows: input.height / model.info.patch, columns: input.width / model.info.patch };

  const passes: RunPass[] = [];
  let runClasses: RunClass[] = classes.map((one) => ({ ...one, match: 0, asked: false }));
  let captions: readonly Caption[] = [];
  if (single.captions.length > 0) {
    throwIfCancelled(options);
    options.onProgress?.({ stage: 'encode' });
    const encode = (pixels: Float32Array): Promise<ImageFeatures> =>
      timed('encode', () => model.encodeImage(pixels, input.height, input.width));
    const first = options.features ?? (await encode(input.pixels));
    try {
      const report = (matches: ArrayLike<number>): void => {
        runClasses = withMatches(classes, single.captions, matches, params);
        options.onProgress?.({ stage: 'classes', classes: runClasses });
      };
      // One caption per word answers for its class in the first pass anyway.
      const asksAlone = params.captions === 'perClass' && params.selection === 'all';
      if (asksAlone) captions = single.captions;
      else {
        throwIfCancelled(options);
        options.onProgress?.({ stage: 'match' });
        report(
          await timed('match', () => matchProbabilities(pack, first, single.captions, options)),
        );
        const asked = classes.map((one, index) =>
          runClasses[index]?.asked ? one : { ...one, words: [] },
        );
        captions = planCaptions(tokenizer, asked, { ...plan, captions: params.captions }).captions;
      }
      if (captions.length > 0) {
        const given = { pack, input, captions, params, options, first, encode, timed };
        passes.push(...(await runPasses(given, asksAlone ? report : () => undefined)));
      }
    } finally {
      if (!options.features) first.dispose();
    }
  }
  return {
    format: 1,
    packHash: model.info.packHash,
    provider: model.info.provider,
    imageWidth: image.width,
    imageHeight: image.height,
    inputWidth: input.width,
    inputHeight: input.height,
    ...grid,
    params,
    classes: runClasses,
    captions,
    passes,
    warnings: notes,
    milliseconds: timings,
  };
}

interface PassesInput {
  readonly pack: PackModel;
  readonly input: InputPixels;
  readonly captions: readonly Caption[];
  readonly params: ExplainParams;
  readonly options: ExplainOptions;
  readonly first: ImageFeatures;
  readonly encode: (pixels: Float32Array) => Promise<ImageFeatures>;
  readonly timed: Stopwatch;
}

async function runPasses(
  given: PassesInput,
  onFirst: (matches: Float32Array) => void,
): Promise<RunPass[]> {
  const { pack, input, captions, params, options, first, encode, timed } = given;
  const { patch } = pack.model.info;
  const patches = (input.height / patch) * (input.width / patch);
  const counts = dropCounts(dropRule(params), patches, params.passes);
  const hidden = new Uint8Array(patches);
  const order: number[] = [];
  const passes: RunPass[] = [];
  const working = { ...input, pixels: params.passes > 1 ? input.pixels.slice() : input.pixels };
  const fill =
    params.passes > 1 ? fillImage(input, params.dropFill, pack.model.info, patch) : input.pixels;

  for (let pass = 0; pass < params.passes; pass++) {
    throwIfCancelled(options);
    options.onProgress?.({ stage: 'pass', pass: pass + 1, passes: params.passes });
    const features = pass === 0 ? first : await encode(working.pixels);
    try {
      const result = await timed('explain', () => explainPass(given, features));
      for (const map of result.tokenMaps)
        for (let at = 0; at < map.length; at++) if (hidden[at % patches] === 1) map[at] = 0;
      passes.push({ dropped: Uint32Array.from(order), ...result });
      if (pass === 0) onFirst(result.match);
    } finally {
      if (pass > 0) features.dispose();
    }
    // The choice after the last pass would not be used.
    const count = counts[pass];
    if (count === undefined) continue;
    const scores = dropScores(passes[pass]?.tokenMaps ?? [], captions, patches, {
      score: params.dropScore,
      paddedLength: options.paddedLength,
    });
    const chosen = chooseDrops(scores, hidden, count, params.excludeDropped);
    for (const number of chosen) {
      if (hidden[number] === 0) order.push(number);
      hidden[number] = 1;
    }
    hidePatchesInPlace(working, fill, chosen, patch);
  }
  return passes;
}

async function explainPass(
  { pack, captions, params, options }: PassesInput,
  features: ImageFeatures,
): Promise<Omit<RunPass, 'dropped'>> {
  const z = new Float32Array(captions.length);
  const match = new Float32Array(captions.length);
  const maps: Float32Array[] = [];
  for (let from = 0; from < captions.length; from += CAPTIONS_PER_RUN) {
    throwIfCancelled(options);
    const chunk = captions.slice(from, from + CAPTIONS_PER_RUN);
    const batch = batchOf(chunk, pack.tokenizer.padId);
    const explanation = await pack.model.explain(features, batch, params.layers);
    maps.push(
      ...tokenMaps(explanation, chunk, {
        kind: params.mapKind,
        heads: params.heads,
        scaleMaps: params.scaleMaps,
      }),
    );
    chunk.forEach((_, row) => {
      z[from + row] = explanation.itmLogits[2 * row + 1] as number;
      match[from + row] = probability(explanation.itmLogits, row);
    });
  }
  return { z, match, tokenMaps: maps };
}

/** The best word counts for a class; selection 'match' leaves weak classes out of the captions. */
function withMatches(
  classes: readonly CleanPrompt[],
  captions: readonly Caption[],
  matches: ArrayLike<number>,
  { selection, matchThreshold }: ExplainParams,
): RunClass[] {
  const best = new Map<number, number>();
  captions.forEach(({ spans }, row) => {
    for (const { classIndex } of spans)
      best.set(classIndex, Math.max(best.get(classIndex) ?? 0, matches[row] as number));
  });
  return classes.map((one, index) => {
    const match = best.get(index) ?? 0;
    const asked = one.words.length > 0 && (selection === 'all' || match >= matchThreshold);
    return { ...one, match, asked };
  });
}

function dropRule({ dropRule: kind, dropCount, dropFraction }: ExplainParams): DropRule {
  if (kind === 'count') return { kind, patches: dropCount };
  return kind === 'fraction' ? { kind, fraction: dropFraction } : { kind };
}

function checkModelParams({ info }: ItmModel, { layers, heads }: ExplainParams): void {
  const check = (what: string, chosen: readonly number[], available: number): void => {
    const absent = chosen.find((one) => one >= available);
    if (absent !== undefined)
      throw new PipelineError(
        'PARAM_INVALID',
        `expected ${what} 1 to ${available} of this model, found ${absent + 1}; choose another ${what}`,
      );
  };
  check('layer', layers, info.layers);
  check('head', heads, info.heads);
}

function layerWarnings({ info }: ItmModel, { layers, mapKind }: ExplainParams): string[] {
  return mapKind !== 'attention' && layers.includes(info.layers - 1)
    ? [
        `layer ${info.layers} is the last: its words have no gradient, so its GradCAM maps are empty`,
      ]
    : [];
}

type Stopwatch = <T>(stage: string, work: () => Promise<T>) => Promise<T>;

function stopwatch(timings: Record<string, number>, clock: () => number): Stopwatch {
  return async (stage, work) => {
    const start = clock();
    try {
      return await work();
    } finally {
      timings[stage] = (timings[stage] ?? 0) + clock() - start;
    }
  };
}
