// One image while settings are tried on it: encoded once, explained once for all layers and heads,
// further passes only for settings that ask for them.
import type { TuneSetting } from '../../api/tuning.ts';
import type { ImageFeatures } from '../model.ts';
import { throwIfCancelled, type Stoppable } from '../cancel.ts';
import { classMaps, type ClassMaps } from '../pipeline/planes/classMaps.ts';
import type { PipelineParams } from '../../link/params.ts';
import { preprocess } from '../pipeline/explain/preprocess.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import { cleanPrompts, type ClassPrompt, type CleanPrompt } from '../pipeline/prompts.ts';
import { explainPixels } from '../pipeline/explain/run.ts';
import type { PackModel } from '../pipeline/runOptions.ts';
import type { SalienceRun } from '../pipeline/salienceRun.ts';
import { batchOf, planCaptions, type Caption } from '../pipeline/tokenize/caption.ts';
import type { InputPixels } from '../pipeline/explain/fill.ts';
import { mapBank, mapsOf, type MapBank, type MapFrame } from './mapBank.ts';

export interface TuneImage {
  readonly frame: MapFrame;
  readonly bank: MapBank;
  /** One caption per class, its name alone. */
  readonly captions: readonly Caption[];
  /** Class maps under a setting; runs the model only for more passes than one. */
  maps(setting: TuneSetting): Promise<ClassMaps>;
  /** Vectors of the untouched image; encoded again after `letGo` freed them. */
  features(): Promise<ImageFeatures>;
  /** Frees the vectors; everything else stays. */
  letGo(): void;
  /** Runs of the image encoder so far. */
  encodes(): number;
}

interface TuneImageInput {
  readonly image: RgbImage;
  readonly prompts: readonly ClassPrompt[];
  readonly params: PipelineParams;
}

/** Encodes and explains an image. Throws PipelineError when a name cannot be asked for. */
export async function openTuneImage(
  pack: PackModel,
  { image, prompts, params }: TuneImageInput,
  options: Stoppable,
): Promise<TuneImage> {
  const { model, tokenizer } = pack;
  const { explain } = params;
  // A class whose every word belongs to an earlier one cannot be told from it.
  const classes = cleanPrompts(prompts, explain).classes.filter(({ words }) => words.length > 0);
  const { together, alone } = captionsOf(pack, classes, explain);
  const input = preprocess(image, explain, model.info);
  const vectors = keptVectors(model, input, options);
  const first = await vectors.get();
  const frame: MapFrame = {
    captions: together,
    classes: classes.map((one) => ({ ...one, match: 1, asked: true })),
    rows: first.rows,
    columns: first.columns,
  };
  throwIfCancelled(options);
  const layers = Array.from({ length: model.info.layers }, (_, layer) => layer);
  const explanation = await model.explain(first, batchOf(together, tokenizer.padId), layers);
  const bank = mapBank(explanation, frame, explain, params.masks);

  const asked = prompts.filter(({ id }) => classes.some((one) => one.id === id));
  let passesMade = 0;
  const passRun = longestRuns(async (setting) => {
    passesMade += setting.passes - 1;
    const features = await vectors.get();
    const own = passParams(explain, setting);
    return explainPixels(
      pack,
      { input, image },
      { prompts: asked, params: own },
      { ...options, features },
    );
  });
  return {
    frame,
    bank,
    captions: alone,
    async maps(setting) {
      if (setting.passes === 1) return mapsOf(bank, setting.layers, setting.heads);
      const run = await passRun(setting);
      return classMaps({ ...run, passes: run.passes.slice(0, setting.passes) }, params.masks);
    },
    features: vectors.get,
    letGo: vectors.letGo,
    encodes: () => vectors.encodes() + passesMade,
  };
}

/** Captions of all classes as the parameters say, and one for each class by its name alone. */
function captionsOf(
  { model, tokenizer }: PackModel,
  classes: readonly CleanPrompt[],
  { prefix, maxClassesPerCaption: maxClasses, captions }: PipelineParams['explain'],
): { readonly together: readonly Caption[]; readonly alone: readonly Caption[] } {
  const plan = { prefix, maxClasses, maxTokens: model.info.maxTokens };
  const names = classes.map((one) => ({ ...one, words: one.words.slice(0, 1) }));
  return {
    together: planCaptions(tokenizer, classes, { ...plan, captions }).captions,
    alone: planCaptions(tokenizer, names, { ...plan, captions: 'perClass' }).captions,
  };
}

/** Keeps the vectors of the untouched image until `letGo`; encodes again when asked later. */
function keptVectors(model: PackModel['model'], input: InputPixels, options: Stoppable) {
  let encodes = 0;
  let kept: ImageFeatures | null = null;
  return {
    async get(): Promise<ImageFeatures> {
      if (kept) return kept;
      throwIfCancelled(options);
      encodes++;
      kept = await model.encodeImage(input.pixels, input.height, input.width);
      return kept;
    },
    letGo(): void {
      kept?.dispose();
      kept = null;
    },
    encodes: () => encodes,
  };
}

/** A run of at least the asked passes: its first ones are those of a shorter run. A failed one is made again. */
function longestRuns(
  explain: (setting: TuneSetting) => Promise<SalienceRun>,
): (setting: TuneSetting) => Promise<SalienceRun> {
  const runs = new Map<string, { passes: number; run: Promise<SalienceRun> }>();
  return (setting) => {
    const key = JSON.stringify([setting.layers, setting.heads, setting.drop]);
    const known = runs.get(key);
    if (known && known.passes >= setting.passes) return known.run;
    const run = explain(setting);
    runs.set(key, { passes: setting.passes, run });
    run.catch(() => runs.delete(key));
    return run;
  };
}

/** The project's parameters with those of a setting that need the model. */
function passParams(
  explain: PipelineParams['explain'],
  { layers, heads, passes, drop }: TuneSetting,
): PipelineParams['explain'] {
  const changed = { ...explain, layers, heads, passes, selection: 'all' as const };
  return drop === null
    ? changed
    : { ...changed, dropRule: 'fraction' as const, dropFraction: drop };
}
