// One image while settings are tried on it: encoded once, explained once for all layers and heads,
// further passes only for settings that ask for them.
import type { TuneSetting } from '../../api/tuning.ts';
import type { ImageFeatures } from '../model.ts';
import { throwIfCancelled, type Stoppable } from '../cancel.ts';
import { classMaps, type ClassMaps } from '../pipeline/classMaps.ts';
import type { PipelineParams } from '../../link/params.ts';
import { preprocess } from '../pipeline/preprocess.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import { cleanPrompts, type ClassPrompt } from '../pipeline/prompts.ts';
import { explainPixels } from '../pipeline/run.ts';
import type { PackModel } from '../pipeline/runOptions.ts';
import type { SalienceRun } from '../pipeline/salienceRun.ts';
import { batchOf, planCaptions, type Caption } from '../pipeline/tokenize/caption.ts';
import type { InputPixels } from '../pipeline/fill.ts';
import { mapBank, mapsOf, type MapBank, type MapFrame } from './mapBank.ts';

export interface TuneImage {
  readonly frame: MapFrame;
  readonly bank: MapBank;
  /** One caption per class, its name alone. */
  readonly captions: readonly Caption[];
  /** Class maps under a setting; runs the model only for more passes than one. */
  maps(setting: TuneSetting): Promise<ClassMaps>;
  /** Vectors of the untouched image; encoded again when they were let go. */
  features(): Promise<ImageFeatures>;
  /** Frees the vectors; everything else stays. */
  letGo(): void;
  /** Runs of the image encoder so far. */
  encodes(): number;
}

/** Encodes and explains `image`. Throws PipelineError when a name cannot be asked for. */
export async function openTuneImage(
  pack: PackModel,
  image: RgbImage,
  prompts: readonly ClassPrompt[],
  params: PipelineParams,
  options: Stoppable,
): Promise<TuneImage> {
  const { model, tokenizer } = pack;
  const { explain } = params;
  // A class whose every word belongs to an earlier one cannot be told from it.
  const classes = cleanPrompts(prompts, explain).classes.filter(({ words }) => words.length > 0);
  const asked = prompts.filter(({ id }) => classes.some((one) => one.id === id));
  const plan = {
    prefix: explain.prefix,
    maxClasses: explain.maxClassesPerCaption,
    maxTokens: model.info.maxTokens,
  };
  const { captions } = planCaptions(tokenizer, classes, { ...plan, captions: explain.captions });
  const names = classes.map((one) => ({ ...one, words: one.words.slice(0, 1) }));
  const own = planCaptions(tokenizer, names, { ...plan, captions: 'perClass' }).captions;

  const input = preprocess(image, explain, model.info);
  let count = 0;
  let kept: ImageFeatures | null = null;
  const features = async (): Promise<ImageFeatures> => {
    if (kept) return kept;
    throwIfCancelled(options);
    count++;
    kept = await model.encodeImage(input.pixels, input.height, input.width);
    return kept;
  };
  const first = await features();
  const frame: MapFrame = {
    captions,
    classes: classes.map((one) => ({ ...one, match: 1, asked: true })),
    rows: first.rows,
    columns: first.columns,
  };
  throwIfCancelled(options);
  const layers = Array.from({ length: model.info.layers }, (_, layer) => layer);
  const explanation = await model.explain(first, batchOf(captions, tokenizer.padId), layers);
  const bank = mapBank(explanation, frame, explain, params.masks);

  const runs = new Map<string, { passes: number; run: Promise<SalienceRun> }>();
  /** A run of at least the asked passes: its first ones are those of a shorter run. */
  const passRun = (setting: TuneSetting): Promise<SalienceRun> => {
    const key = JSON.stringify([setting.layers, setting.heads, setting.drop]);
    const known = runs.get(key);
    if (known && known.passes >= setting.passes) return known.run;
    const run = features().then((ready) =>
      explainWith(pack, input, image, asked, passParams(explain, setting), ready, options),
    );
    count += setting.passes - 1;
    runs.set(key, { passes: setting.passes, run });
    run.catch(() => runs.delete(key));
    return run;
  };
  return {
    frame,
    bank,
    captions: own,
    async maps(setting) {
      if (setting.passes === 1) return mapsOf(bank, setting.layers, setting.heads);
      const run = await passRun(setting);
      return classMaps({ ...run, passes: run.passes.slice(0, setting.passes) }, params.masks);
    },
    features,
    letGo() {
      kept?.dispose();
      kept = null;
    },
    encodes: () => count,
  };
}

function explainWith(
  pack: PackModel,
  input: InputPixels,
  image: RgbImage,
  prompts: readonly ClassPrompt[],
  explain: PipelineParams['explain'],
  features: ImageFeatures,
  options: Stoppable,
): Promise<SalienceRun> {
  return explainPixels(pack, input, image, prompts, explain, { ...options, features });
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
