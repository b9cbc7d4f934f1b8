// A loaded image-text-matching model on onnxruntime: vision once per image, text graphs per caption.
// The graphs are built in memory and read their weights straight from the user's files.
import { PipelineError } from '../../link/pipelineError.ts';
import type { FamilyFacts, ItmFamily, WeightIndex } from '../../../models/family.ts';
import { familyById, familyOf } from '../../../models/families.ts';
import { joinedFloats } from '../../../models/joinedFloats.ts';
import type { LoadedPack } from '../../../models/packs/load.ts';
import type { Precision } from '../../api/model.ts';
import type { ImageFeatures, ItmModel, TokenBatch } from '../model.ts';
import { openGraphs, type OpenGraphs } from './graphs.ts';
import { imageInputs } from './imageInput.ts';
import type { Arrays, SessionSettings } from './ort.ts';
import { rewriteFor, visionForms, type FormOptions } from './precision.ts';
import type { ProviderFailure } from './providers.ts';

export interface ItmModelSource {
  /** Folder that every TensorRef.file is relative to. */
  readonly folder: string;
  readonly weights: WeightIndex;
  /** Parsed config.json, null where the checkpoint has none. */
  readonly config: unknown;
  /** Recognised by the tensor names when not given. */
  readonly family?: ItmFamily;
  readonly packHash?: string;
  readonly mean?: readonly [number, number, number];
  readonly std?: readonly [number, number, number];
}

export interface LoadOptions extends SessionSettings, FormOptions {
  /** Execution providers, best first; the first that works is used. Default ['cpu']. */
  readonly providers?: readonly string[];
  readonly signal?: AbortSignal;
}

/** The contract's model, and why each failed provider did not work. */
export interface OrtItmModel extends ItmModel {
  readonly failures: readonly ProviderFailure[];
  /** What the image encoder is calculated with; it may differ from what was asked for. */
  readonly precision: Precision;
  /** Why the provider in use does not calculate in the precision that was asked for. */
  readonly precisionFailure: ProviderFailure | null;
  /** With profilePrefix: ends the notes of what ran where. */
  endProfiles(): void;
}

interface OrtFeatures extends ImageFeatures {
  readonly arrays: Arrays;
}

/** Vision, and two of match and the sets of layers that are explained in turn. */
const GRAPHS_KEPT = 3;

/** The source of an opened pack. */
export function sourceOfPack(pack: LoadedPack): ItmModelSource {
  const { folder, weights, config, packHash, manifest } = pack;
  const { mean, std } = manifest.preprocessing;
  return { folder, weights, config, packHash, mean, std, family: familyById(manifest.family) };
}

/** Loads a model; throws ModelError for its files, Error when no provider can run it. */
export async function loadItmModel(
  source: ItmModelSource,
  options: LoadOptions = {},
): Promise<OrtItmModel> {
  const { folder, weights, config } = source;
  const { providers = ['cpu'], signal, precision, formFolder, halfProbe, ...settings } = options;
  const family = source.family ?? familyOf(weights);
  const facts = family.facts(config, weights);
  signal?.throwIfAborted();
  const inputOf = await imageInputs(folder, facts, (table, rows, columns) =>
    family.position(table, facts, rows, columns),
  );
  const graphs = openGraphs({ folder, providers, kept: GRAPHS_KEPT, ...settings });
  const vision = visionForms(
    { family, config, weights, folder, packHash: source.packHash ?? '' },
    {
      ...(precision === undefined ? {} : { precision }),
      ...(formFolder === undefined ? {} : { formFolder }),
      ...(halfProbe === undefined ? {} : { halfProbe }),
    },
  );
  const outputs = family.vision(config, weights).outputs;
  signal?.throwIfAborted();
  await graphs.open('vision', vision.build);
  return {
    info: infoOf(source, family.id, facts, graphs),
    failures: graphs.failures,
    get precision() {
      return vision.precision;
    },
    get precisionFailure() {
      return vision.failure;
    },
    endProfiles: () => graphs.endProfiles(),

    async encodeImage(pixels, height, width) {
      const { rows, columns, feeds } = inputOf(pixels, height, width);
      return featuresOf(await graphs.run('vision', vision.build, feeds, outputs), rows, columns);
    },
    ...captionQuestions({ family, facts, config, weights }, graphs),

    dispose: () => graphs.dispose(),
  };
}

function infoOf(
  { packHash = '', mean, std }: ItmModelSource,
  family: string,
  facts: FamilyFacts,
  graphs: Pick<OpenGraphs, 'provider'>,
): ItmModel['info'] {
  const { patch, nativeSide, layers, taps, heads, maxTokens, preprocessing } = facts;
  return {
    packHash,
    family,
    patch,
    nativeSide,
    layers,
    taps,
    heads,
    maxTokens,
    mean: mean ?? preprocessing.mean,
    std: std ?? preprocessing.std,
    get provider() {
      return graphs.provider;
    },
  };
}

/** Features that let go of their arrays when they are disposed of. */
function featuresOf(made: Arrays, rows: number, columns: number): OrtFeatures {
  let arrays = made;
  return {
    rows,
    columns,
    get bytes() {
      return Object.values(arrays).reduce((sum, { data }) => sum + data.byteLength, 0);
    },
    get arrays() {
      return arrays;
    },
    dispose() {
      arrays = {};
    },
  };
}

interface Asked {
  readonly family: ItmFamily;
  readonly facts: FamilyFacts;
  readonly config: unknown;
  readonly weights: WeightIndex;
}

/** What is asked of captions on an image that was encoded. */
function captionQuestions(
  { family, facts, config, weights }: Asked,
  graphs: OpenGraphs,
): Pick<ItmModel, 'match' | 'ready' | 'explain'> {
  const explaining = (layers: readonly number[]) => {
    const asked = checkLayers(facts, layers);
    const rising = asked.toSorted((a, b) => a - b);
    return {
      asked,
      key: `explain ${rising.join()}`,
      build: (provider: string) => family.explain(config, weights, rising, rewriteFor(provider)),
    };
  };
  return {
    async match(features, captions, seen) {
      checkCaptions(facts, captions);
      const kind = seen ? 'maskedMatch' : 'match';
      const build = (provider: string) => family[kind](config, weights, rewriteFor(provider));
      const feeds = {
        ...textFeeds(features, captions),
        ...(seen ? { image_mask: seenFeed(features, captions, seen) } : {}),
      };
      const { itm_logits } = await graphs.run(kind, build, feeds, ['itm_logits']);
      return itm_logits?.data as Float32Array;
    },

    async ready(layers) {
      const { key, build } = explaining(layers);
      await graphs.open(key, build);
    },

    async explain(features, captions, layers) {
      checkCaptions(facts, captions);
      const { asked, key, build } = explaining(layers);
      const names = asked.flatMap((layer) => [`attention_${layer}`, `gradient_${layer}`]);
      const feeds = textFeeds(features, captions);
      const results = await graphs.run(key, build, feeds, ['itm_logits', ...names]);
      const join = (kind: string) =>
        joinedFloats(asked.map((layer) => results[`${kind}_${layer}`]?.data as Float32Array));
      const keys = 1 + features.rows * features.columns;
      return {
        itmLogits: results['itm_logits']?.data as Float32Array,
        attention: join('attention'),
        gradient: join('gradient'),
        shape: [asked.length, captions.batch, facts.heads, captions.length, keys],
      };
    },
  };
}

function checkCaptions(facts: FamilyFacts, captions: TokenBatch): void {
  const { batch, length, inputIds, attentionMask } = captions;
  if (batch < 1 || length < 1 || length > facts.maxTokens)
    throw new RangeError(
      `${batch} captions of ${length} tokens; the model takes 1 to ${facts.maxTokens} tokens`,
    );
  if (inputIds.length !== batch * length || attentionMask.length !== batch * length)
    throw new RangeError(`ids and mask must be ${batch}x${length}`);
  const foreign = inputIds.find((id) => id < 0n || id >= BigInt(facts.vocabSize));
  if (foreign !== undefined)
    throw new PipelineError(
      'TOKENIZER_INVALID',
      `token ${foreign} is outside the vocabulary of ${facts.vocabSize}; the tokenizer of this pack belongs to another model, get or build the pack again`,
    );
}

function checkLayers(facts: FamilyFacts, layers: readonly number[]): readonly number[] {
  const known = (layer: number) => Number.isInteger(layer) && layer >= 0 && layer < facts.layers;
  if (layers.length === 0 || !layers.every(known) || new Set(layers).size !== layers.length)
    throw new RangeError(`layers [${layers}]: expected different ones of 0 to ${facts.layers - 1}`);
  return layers;
}

function seenFeed(features: ImageFeatures, { batch }: TokenBatch, seen: BigInt64Array) {
  const tokens = 1 + features.rows * features.columns;
  if (seen.length !== batch * tokens)
    throw new RangeError(`${seen.length} marks for ${batch} captions on ${tokens} image tokens`);
  return { data: seen, shape: [batch, tokens] };
}

function textFeeds(features: ImageFeatures, captions: TokenBatch): Arrays {
  const { arrays } = features as OrtFeatures;
  if (!arrays || Object.keys(arrays).length === 0)
    throw new Error('these image features were disposed of, or come from another model');
  const shape = [captions.batch, captions.length];
  return {
    ...arrays,
    input_ids: { data: captions.inputIds, shape },
    attention_mask: { data: captions.attentionMask, shape },
  };
}
