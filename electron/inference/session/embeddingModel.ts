// A loaded CLIP on onnxruntime: vectors of images and texts, built and read like the other models.
import { clip } from '../../../models/clip/family.ts';
import type {
  EmbeddingFacts,
  EmbeddingFamily,
  PositionKind,
  WeightIndex,
} from '../../../models/family.ts';
import { readTensorFloats } from '../../../models/safetensors/reader.ts';
import type { PatchModel, TokenBatch } from '../model.ts';
import { openGraphs } from './graphs.ts';
import { imageInputs } from './imageInput.ts';
import type { LoadOptions } from './itmModel.ts';
import { patchQuestions } from '../engines/patches/patchModel.ts';
import type { ProviderFailure } from './providers.ts';

/** An engine uses up to three of a model: texts, the image once, and what is asked of it again and again. */
const GRAPHS_KEPT = 3;

export interface EmbeddingModelSource {
  /** Folder that every TensorRef.file is relative to. */
  readonly folder: string;
  readonly weights: WeightIndex;
  readonly config: unknown;
  /** CLIP when not given. */
  readonly family?: EmbeddingFamily;
  readonly packHash?: string;
  readonly mean?: readonly [number, number, number];
  readonly std?: readonly [number, number, number];
}

export interface OrtEmbeddingModel extends PatchModel {
  readonly failures: readonly ProviderFailure[];
}

/** Loads a model; throws ModelError for its files, Error when no provider can run it. */
export async function loadEmbeddingModel(
  source: EmbeddingModelSource,
  options: LoadOptions = {},
): Promise<OrtEmbeddingModel> {
  const { folder, weights, config, family = clip } = source;
  const { providers = ['cpu'], signal, ...settings } = options;
  const facts = family.facts(config, weights);
  signal?.throwIfAborted();
  const inputOf = await imageInputs<PositionKind>(folder, facts, (table, rows, columns, kind) =>
    family.positionsOf(kind)(table, facts, rows, columns),
  );
  const [logScale] = await readTensorFloats(facts.logitScale, folder);
  const graphs = openGraphs({ folder, providers, kept: GRAPHS_KEPT, ...settings });
  const buildImage = () => family.image(config, weights);
  signal?.throwIfAborted();
  await graphs.open('image', buildImage);
  return {
    info: {
      packHash: source.packHash ?? '',
      family: family.id,
      patch: facts.patch,
      nativeSide: facts.nativeSide,
      embeddingWidth: facts.embeddingWidth,
      mean: source.mean ?? facts.preprocessing.mean,
      std: source.std ?? facts.preprocessing.std,
      maxTokens: facts.maxTokens,
      vocabSize: facts.vocabSize,
      endToken: facts.endToken,
      scale: Math.exp(logScale as number),
      get provider() {
        return graphs.provider;
      },
    },
    failures: graphs.failures,

    async embedImage(pixels, height, width) {
      const { feeds } = inputOf(pixels, height, width);
      const { image_embeds } = await graphs.run('image', buildImage, feeds, ['image_embeds']);
      return image_embeds?.data as Float32Array;
    },

    async embedTexts(texts) {
      checkTexts(facts, texts);
      const feeds = {
        input_ids: { data: texts.inputIds, shape: [texts.batch, texts.length] },
        end_rows: { data: endRows(texts, facts.endToken), shape: [texts.batch] },
      };
      const build = () => family.text(config, weights);
      const { text_embeds } = await graphs.run('text', build, feeds, ['text_embeds']);
      return text_embeds?.data as Float32Array;
    },

    ...patchQuestions({ config, weights, family }, graphs, inputOf),

    dispose: () => graphs.dispose(),
  };
}

/** Row b*T + t of each text's end: its first end token, or its largest id where none is named. */
function endRows({ batch, length, inputIds }: TokenBatch, endToken: number | null): BigInt64Array {
  return BigInt64Array.from({ length: batch }, (_, text) => {
    const ids = inputIds.subarray(text * length, (text + 1) * length);
    const end = endToken === null ? largestId(ids) : BigInt(endToken);
    const at = ids.indexOf(end);
    if (at < 0) throw new RangeError(`text ${text} has no end token ${endToken}`);
    return BigInt(text * length + at);
  });
}

const largestId = (ids: BigInt64Array) => ids.reduce((a, b) => (a > b ? a : b));

function checkTexts(facts: EmbeddingFacts, { batch, length, inputIds }: TokenBatch): void {
  const { maxTokens, vocabSize } = facts;
  if (batch < 1 || length < 1 || length > maxTokens || inputIds.length !== batch * length)
    throw new RangeError(
      `${batch} texts of ${length} tokens; the model takes 1 to ${maxTokens} tokens`,
    );
  const foreign = inputIds.find((id) => id < 0n || id >= BigInt(vocabSize));
  if (foreign !== undefined)
    throw new RangeError(`token ${foreign} is outside the vocabulary of ${vocabSize}`);
}
