// Runs the model on one image: preprocess, encode, ask for matches, then Salience DropOut pass by
// pass (method.md 4.3-4.6). What it returns is enough for everything that follows.
import type { ImageFeatures, ItmModel } from '../../model.ts';
import { throwIfCancelled } from '../../cancel.ts';
import type { InputPixels } from './fill.ts';
import { matchProbabilities } from './match.ts';
import type { ExplainParams } from '../../../link/params.ts';
import { runPasses, type PassesInput } from './passes.ts';
import { PipelineError } from '../../../link/pipelineError.ts';
import { inputSize, preprocess } from './preprocess.ts';
import type { RgbImage } from '../../image/rgbImage.ts';
import { cleanPrompts, type ClassPrompt, type CleanPrompt } from '../prompts.ts';
import { stopwatch, type ExplainOptions, type PackModel } from '../runOptions.ts';
import type { RunClass } from '../engineRun.ts';
import type { SalienceRun } from '../salienceRun.ts';
import { planCaptions, type Caption, type PlannedCaptions } from '../tokenize/caption.ts';

/** What is asked about an image. */
interface Asked {
  readonly prompts: readonly ClassPrompt[];
  readonly params: ExplainParams;
}

/** An image as the model takes it, and the size that masks of it will have. */
interface ModelImage {
  readonly input: InputPixels;
  readonly image: { readonly width: number; readonly height: number };
}

/** Salience of every class of `prompts` on an image. Cancellation rejects with the signal's reason. */
export async function explainImage(
  pack: PackModel,
  image: RgbImage,
  asked: Asked,
  options: ExplainOptions = {},
): Promise<SalienceRun> {
  throwIfCancelled(options);
  const { prompts, params } = asked;
  checkModelParams(pack.model, params);
  // Names are checked before the first expensive step.
  cleanPrompts(prompts, params);
  inputSize(image, params, pack.model.info);
  options.onProgress?.({ stage: 'preprocess' });
  const clock = options.clock ?? performance.now.bind(performance);
  const start = clock();
  const input = preprocess(image, params, pack.model.info, () => throwIfCancelled(options));
  const run = await explainPixels(pack, { input, image }, asked, options);
  const total = clock() - start;
  const spent = Object.values(run.milliseconds).reduce((sum, ms) => sum + ms, 0);
  return { ...run, milliseconds: { preprocess: Math.max(0, total - spent), ...run.milliseconds } };
}

/** The same from an input that is already normalised. */
export async function explainPixels(
  pack: PackModel,
  { input, image }: ModelImage,
  { prompts, params }: Asked,
  options: ExplainOptions = {},
): Promise<SalienceRun> {
  const { model, tokenizer } = pack;
  checkModelParams(model, params);
  const { classes, warnings } = cleanPrompts(prompts, params);
  const plan = planOf(model.info, params);
  const single = planCaptions(tokenizer, classes, { ...plan, captions: 'perClass' });
  const milliseconds: Record<string, number> = {};
  const timed = stopwatch(milliseconds, options.clock ?? performance.now.bind(performance));
  const found = await answers({ pack, input, params, options, timed, classes, single, plan });
  return {
    format: 2,
    engine: 'pnp',
    packHash: model.info.packHash,
    provider: model.info.provider,
    imageWidth: image.width,
    imageHeight: image.height,
    inputWidth: input.width,
    inputHeight: input.height,
    ...gridOf(input, model.info),
    params,
    allLayers: model.info.layers,
    taps: model.info.taps,
    allHeads: model.info.heads,
    ...found,
    warnings: [...warnings, ...single.warnings, ...layerWarnings(model, params)],
    milliseconds,
  };
}

interface Answering extends Omit<PassesInput, 'captions' | 'first' | 'encode'> {
  readonly classes: readonly CleanPrompt[];
  /** A caption for each word. */
  readonly single: PlannedCaptions;
  readonly plan: ReturnType<typeof planOf>;
}

/** Matches of the classes, and the passes over the captions that are asked. */
async function answers(
  given: Answering,
): Promise<Pick<SalienceRun, 'classes' | 'captions' | 'passes'>> {
  const { pack, input, params, options, timed, classes, single } = given;
  let asked: RunClass[] = classes.map((one) => ({ ...one, match: 0, asked: false }));
  if (single.captions.length === 0) return { classes: asked, captions: [], passes: [] };
  throwIfCancelled(options);
  options.onProgress?.({ stage: 'encode' });
  const encode = (pixels: Float32Array): Promise<ImageFeatures> =>
    timed('encode', () => pack.model.encodeImage(pixels, input.height, input.width));
  const first = options.features ?? (await encode(input.pixels));
  try {
    const report = (matches: ArrayLike<number>): void => {
      asked = withMatches(classes, single.captions, matches, params);
      options.onProgress?.({ stage: 'classes', classes: asked });
    };
    // One caption per word answers for its class in the first pass anyway.
    const asksAlone = params.captions === 'perClass' && params.selection === 'all';
    if (!asksAlone) {
      throwIfCancelled(options);
      options.onProgress?.({ stage: 'match' });
      report(await timed('match', () => matchProbabilities(pack, first, single.captions, options)));
    }
    const captions = asksAlone ? single.captions : captionsOf(given, asked);
    const passing = { pack, input, captions, params, options, first, encode, timed };
    const passes =
      captions.length === 0 ? [] : await runPasses(passing, asksAlone ? report : () => undefined);
    return { classes: asked, captions, passes };
  } finally {
    if (!options.features) first.dispose();
  }
}

/** The captions of those classes that are asked. */
function captionsOf(
  { pack, params, classes, plan }: Answering,
  chosen: readonly RunClass[],
): readonly Caption[] {
  const asked = classes.map((one, index) => (chosen[index]?.asked ? one : { ...one, words: [] }));
  return planCaptions(pack.tokenizer, asked, { ...plan, captions: params.captions }).captions;
}

const planOf = (
  { maxTokens }: ItmModel['info'],
  { prefix, maxClassesPerCaption }: ExplainParams,
) => ({ prefix, maxClasses: maxClassesPerCaption, maxTokens });

const gridOf = ({ height, width }: InputPixels, { patch }: ItmModel['info']) => ({
  rows: height / patch,
  columns: width / patch,
});

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
