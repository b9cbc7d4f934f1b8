// The thread that owns every onnxruntime session. Its runs block it, so it does nothing else and is
// never terminated; a cancel flag is read between runs.
import { AppError } from '../api/errors.ts';
import type { PromptClass } from '../api/run.ts';
import type { StageProgress } from '../link/protocol.ts';
import type { ExplainParams } from '../link/params.ts';
import { fromTokens } from './pipeline/planes/classMaps.ts';
import { suggestClasses } from './pipeline/explain/match.ts';
import type { ImageFeatures } from './model.ts';
import { createPackShelf, type OpenPack } from './session/packShelf.ts';
import { preprocess } from './pipeline/explain/preprocess.ts';
import type { ExplainProgress } from './pipeline/runOptions.ts';
import { explainImage } from './pipeline/explain/run.ts';
import { tokenMaps } from './pipeline/explain/saliency.ts';
import { batchOf } from './pipeline/tokenize/caption.ts';
import { measureDevice } from './checks/deviceTest.ts';
import { measurePrecision } from './checks/precisionTest.ts';
import { plainReason } from '../link/deviceWords.ts';
import type { ProviderFailure } from './session/providers.ts';
import { asAppError } from './errors.ts';
import { createTuner } from './tune/tuner.ts';
import type { TaskCall } from './threads/threadTask.ts';
import { serveTasks } from './threads/threadTask.ts';
import type { ExplainInput, LayerHeadMap, SessionTasks } from './tasks.ts';

const shelf = createPackShelf();
const tuner = createTuner();

/** Vectors of the last untouched image: another list of classes on it costs only text. */
let kept: { key: string; features: ImageFeatures } | null = null;

/** Failures that people were told of. */
const told = new WeakSet<ProviderFailure>();

/** Tells once of every provider that was tried in vain, so that no fallback is silent. */
function tellFallback(pack: OpenPack, call: TaskCall): void {
  const { failures, info, precisionFailure } = pack.model;
  for (const failure of [...failures, ...(precisionFailure ? [precisionFailure] : [])]) {
    if (told.has(failure)) continue;
    told.add(failure);
    const { provider, reason } = failure;
    const fallback = {
      provider,
      used: info.provider,
      reason: plainReason(provider, reason),
      raw: reason,
    };
    call.progress({ stage: 'Device', done: 0, total: 1, fallback } satisfies StageProgress);
  }
}

/** The runtime's failures as a sentence, with its own words for the log. */
async function onDevice<T>(provider: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = asAppError(error);
    if (known instanceof AppError) throw known;
    const raw = error instanceof Error ? error.message : String(error);
    throw new AppError('DEVICE_FAILED', plainReason(provider, raw), {
      data: { raw },
      cause: error,
    });
  }
}

/** Frees the kept pack and image before another model is loaded beside it. */
async function letGo(): Promise<void> {
  kept?.features.dispose();
  kept = null;
  await tuner.close();
  await shelf.clear();
}

async function featuresOf(
  input: Pick<ExplainInput, 'pack' | 'image'> & {
    params: Pick<ExplainParams, 'inputSide' | 'aspect'>;
  },
): Promise<ImageFeatures> {
  const pack = await shelf.get(input.pack);
  const { inputSide, aspect } = input.params;
  const key = JSON.stringify([pack.key, input.image.sha256, inputSide, aspect]);
  if (kept?.key === key) return kept.features;
  kept?.features.dispose();
  kept = null;
  const { pixels, height, width } = preprocess(input.image, input.params, pack.model.info);
  const features = await pack.model.encodeImage(pixels, height, width);
  kept = { key, features };
  return features;
}

function asked(classes: readonly PromptClass[]) {
  return classes.map(({ categoryId, name, prompt, synonyms }) => ({
    id: categoryId,
    name: prompt || name,
    synonyms,
  }));
}

function tell(call: TaskCall, classes: readonly PromptClass[]) {
  return (progress: ExplainProgress): void => {
    if (progress.stage === 'pass')
      call.progress({
        stage: `Pass ${progress.pass} of ${progress.passes}`,
        done: progress.pass - 1,
        total: progress.passes,
      });
    else if (progress.stage === 'classes')
      call.progress({
        stage: 'Match',
        done: 1,
        total: 1,
        matches: progress.classes.map((one, index) => ({
          categoryId: classes[index]!.categoryId,
          match: one.match,
        })),
      });
    else if (progress.stage === 'encode') call.progress({ stage: 'Encode', done: 0, total: 1 });
  };
}

serveTasks<SessionTasks>({
  async load(input, call) {
    const pack = await shelf.get(input.pack);
    tellFallback(pack, call);
    const { model } = pack;
    return { packHash: model.info.packHash, provider: model.info.provider };
  },

  async explain(input, call) {
    call.progress({ stage: 'Encode', done: 0, total: 1 });
    const pack = await shelf.get(input.pack);
    const startMs = performance.now();
    const reused = kept;
    const features = await featuresOf(input);
    const encodeMs = reused === kept ? 0 : performance.now() - startMs;
    const run = await explainImage(pack, input.image, asked(input.classes), input.params, {
      features,
      cancelled: call.cancelled,
      onProgress: tell(call, input.classes),
    });
    tellFallback(pack, call);
    const { encode = 0 } = run.milliseconds;
    return {
      run: { ...run, milliseconds: { ...run.milliseconds, encode: encode + encodeMs } },
      allLayers: pack.model.info.layers,
      allHeads: pack.model.info.heads,
    };
  },

  async suggest(input, call) {
    const pack = await shelf.get(input.pack);
    const features = await featuresOf(input);
    const names = input.classes.map(({ name, prompt }) => prompt || name);
    const found = await suggestClasses(pack, input.image, names, input.params, {
      features,
      threshold: 0,
      cancelled: call.cancelled,
    });
    tellFallback(pack, call);
    const matches = new Map(found.map(({ name, match }) => [name.trim(), match]));
    return {
      matches: input.classes.flatMap(({ categoryId }, index) => {
        const match = matches.get(names[index]!.trim());
        return match === undefined ? [] : [{ categoryId, match }];
      }),
    };
  },

  async layerHeads(input, call) {
    const pack = await shelf.get(input.pack);
    const { run } = input;
    const features = await featuresOf({ ...input, params: run.params });
    const tokens = batchOf(run.captions, pack.tokenizer.padId);
    const found: LayerHeadMap[] = [];
    const layers = [...new Set(input.requests.map((request) => request.layer))];
    for (const [index, layer] of layers.entries()) {
      if (call.cancelled()) throw new DOMException('The maps were cancelled', 'AbortError');
      call.progress({ stage: `Layer ${layer}`, done: index, total: layers.length });
      const explanation = await pack.model.explain(features, tokens, [layer - 1]);
      const heads = new Set(
        input.requests.filter((request) => request.layer === layer).map(({ head }) => head),
      );
      for (const head of heads) {
        const perCaption = tokenMaps(explanation, run.captions, {
          kind: run.params.mapKind,
          heads: [head - 1],
          scaleMaps: false,
        });
        const maps = fromTokens(run, perCaption, { synonyms: 'max', lastClass: 'mean' });
        found.push({ layer, head, maps });
      }
    }
    return found;
  },

  async tuneScore(input, call) {
    const pack = await shelf.get(input.pack);
    const output = await tuner.score({ ...input, pack }, { cancelled: call.cancelled });
    tellFallback(pack, call);
    return output;
  },

  async tuneEnd() {
    await tuner.close();
    return {};
  },

  async device(input, call) {
    await letGo();
    return onDevice(input.provider, () =>
      measureDevice(input.pack, input.provider, shelf.load, call),
    );
  },

  async precision(input, call) {
    await letGo();
    return onDevice(input.provider, () => measurePrecision(input, shelf.load, call));
  },
});
