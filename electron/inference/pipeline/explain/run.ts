// Runs the model on one image: preprocess, encode, ask for matches, then Salience DropOut pass by
// pass (method.md 4.3-4.6). What it returns is enough for everything that follows.
import type { ImageFeatures, ItmModel } from '../../model.ts';
import { throwIfCancelled } from '../../cancel.ts';
import type { InputPixels } from './fill.ts';
import { matchProbabilities } from './match.ts';
import type { ExplainParams } from '../../../link/params.ts';
import { runPasses } from './passes.ts';
import { PipelineError } from '../../../link/pipelineError.ts';
import { inputSize, preprocess } from './preprocess.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import { cleanPrompts, type ClassPrompt, type CleanPrompt } from '../prompts.ts';
import { stopwatch, type ExplainOptions, type PackModel } from '../runOptions.ts';
import type { RunClass } from '../engineRun.ts';
import type { RunPass, SalienceRun } from '../salienceRun.ts';
import { planCaptions, type Caption } from '../tokenize/caption.ts';

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
    format: 2,
    engine: 'pnp',
    packHash: model.info.packHash,
    provider: model.info.provider,
    imageWidth: image.width,
    imageHeight: image.height,
    inputWidth: input.width,
    inputHeight: input.height,
    ...grid,
    params,
    allLayers: model.info.layers,
    taps: model.info.taps,
    allHeads: model.info.heads,
    classes: runClasses,
    captions,
    passes,
    warnings: notes,
    milliseconds: timings,
  };
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
