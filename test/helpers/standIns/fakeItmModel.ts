// A model without weights: attention and gradients are smooth made-up functions of token, patch
// and head, and it remembers what it was fed. For tests of everything around the model.
import type {
  Explanation,
  ImageFeatures,
  ItmModel,
  ItmModelInfo,
  TokenBatch,
} from '../../../electron/inference/model.ts';

export interface FakeModel extends ItmModel {
  /** Pixels of every encodeImage call, copied. */
  readonly encoded: Float32Array[];
  readonly batches: TokenBatch[];
  /** Features that were made and not yet disposed of. */
  readonly open: number;
}

export interface FakeOptions {
  readonly info?: Partial<ItmModelInfo>;
  /** Called before every model run; may throw or abort something. */
  readonly beforeRun?: (kind: 'encode' | 'match' | 'explain') => void | Promise<void>;
  /** Match logit of a caption; default: grows with the sum of its ids. */
  readonly logit?: (ids: readonly number[]) => number;
  /** Gradient at one place; default: positive bumps that differ per token. */
  readonly gradient?: (token: number, patch: number, head: number, layer: number) => number;
}

export function fakeItmModel(options: FakeOptions = {}): FakeModel {
  const info: ItmModelInfo = {
    packHash: 'fake',
    family: 'fake',
    patch: 4,
    nativeSide: 24,
    layers: 3,
    taps: ['layer 1', 'layer 2', 'layer 3'],
    heads: 2,
    mean: [0.5, 0.5, 0.5],
    std: [0.25, 0.25, 0.25],
    maxTokens: 40,
    provider: 'none',
    ...options.info,
  };
  const encoded: Float32Array[] = [];
  const batches: TokenBatch[] = [];
  let open = 0;
  const before = options.beforeRun ?? ((): void => undefined);
  const logit = options.logit ?? ((ids) => Math.sin(ids.reduce((sum, id) => sum + id, 0)));
  const gradient =
    options.gradient ??
    ((token, patch, head, layer) =>
      1.2 + Math.sin(1 + token * 1.7 + patch * 0.37 * (1 + token) + head + layer * 0.5));

  const logitsOf = ({ batch, length, inputIds, attentionMask }: TokenBatch): Float32Array => {
    const logits = new Float32Array(batch * 2);
    for (let row = 0; row < batch; row++) {
      const ids = Array.from(inputIds.subarray(row * length, (row + 1) * length), Number);
      const real = ids.filter((_, at) => attentionMask[row * length + at] === 1n);
      logits[row * 2 + 1] = logit(real);
    }
    return logits;
  };

  return {
    info,
    encoded,
    batches,
    get open() {
      return open;
    },
    async encodeImage(pixels, height, width) {
      await before('encode');
      encoded.push(pixels.slice());
      open++;
      let disposed = false;
      const features: ImageFeatures = {
        rows: height / info.patch,
        columns: width / info.patch,
        dispose() {
          if (!disposed) open--;
          disposed = true;
        },
      };
      return features;
    },
    async match(_features, captions) {
      await before('match');
      return logitsOf(captions);
    },
    async ready() {},
    async explain(features, captions, layers) {
      await before('explain');
      batches.push(captions);
      const { batch, length } = captions;
      const keys = 1 + features.rows * features.columns;
      const shape = [layers.length, batch, info.heads, length, keys] as const;
      const size = shape.reduce((product, side) => product * side, 1);
      const attention = new Float32Array(size).fill(1 / keys);
      const slopes = new Float32Array(size);
      let at = 0;
      for (const layer of layers)
        for (let row = 0; row < batch; row++)
          for (let head = 0; head < info.heads; head++)
            for (let token = 0; token < length; token++)
              for (let key = 0; key < keys; key++) {
                const id = Number(captions.inputIds[row * length + token]);
                slopes[at++] = gradient(id % 17, key - 1, head, layer);
              }
      const result: Explanation = {
        itmLogits: logitsOf(captions),
        attention,
        gradient: slopes,
        shape,
      };
      return result;
    },
    async dispose() {},
  };
}
