// A loaded CLIP as the engines use it that find masks with it: vectors of patches, what the last block
// listens to, and what moves the image's vector.
import type {
  EmbeddingFamily,
  GraphBytes,
  LastBlock,
  PositionKind,
  WeightIndex,
} from '../../../../models/family.ts';
import type { PatchModel, Trunk } from '../../model.ts';
import { nearness } from './nearness.ts';

interface Source {
  readonly config: unknown;
  readonly weights: WeightIndex;
  readonly family: EmbeddingFamily;
}

interface Tensor {
  readonly data: Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

interface Tensors {
  readonly [name: string]: Tensor;
}

/** Opens a graph if need be and runs it. */
interface Runner {
  run(
    key: string,
    build: () => GraphBytes,
    feeds: Tensors,
    outputs: readonly string[],
  ): Promise<Tensors>;
}

interface Input {
  readonly rows: number;
  readonly columns: number;
  readonly feeds: Tensors;
}

type InputOf = (pixels: Float32Array, height: number, width: number, kind?: PositionKind) => Input;

/** The questions of a PatchModel that go beyond one vector, on its open graphs. */
export function patchQuestions(
  { config, weights, family }: Source,
  graphs: Runner,
  inputOf: InputOf,
): Pick<PatchModel, 'judgeImage' | 'densePatches' | 'lastAttention' | 'trunk' | 'share'> {
  const dense = async (
    input: Input,
    block: LastBlock,
    deviation: number,
    output: 'patches' | 'attention',
  ): Promise<Float32Array> => {
    const { rows, columns, feeds } = input;
    const side = 1 + rows * columns;
    // A strategy that does not weigh nearness has no such input, and takes none.
    const omega = { data: nearness(rows, columns, deviation), shape: [side, side] };
    const key = `dense ${block.arch} ${block.strategy}`;
    const build = () => family.dense(config, weights, block);
    return floatsOf(await graphs.run(key, build, { ...feeds, omega }, [output]), output);
  };
  return {
    async judgeImage(pixels, height, width) {
      const build = () => family.judge(config, weights);
      const { feeds } = inputOf(pixels, height, width);
      return floatsOf(await graphs.run('judge', build, feeds, ['image_embeds']), 'image_embeds');
    },
    async densePatches(pixels, { height, width }, block, deviation) {
      const input = inputOf(pixels, height, width, 'plusTenth');
      const patches = await dense(input, block, deviation, 'patches');
      return { rows: input.rows, columns: input.columns, patches };
    },
    lastAttention: async (pixels, { height, width }, block, deviation) =>
      dense(inputOf(pixels, height, width, 'plusTenth'), block, deviation, 'attention'),
    async trunk(pixels, height, width) {
      const { rows, columns, feeds } = inputOf(pixels, height, width, 'bilinear');
      const asked = ['before_last', 'features', 'spread'];
      const made = await graphs.run('trunk', () => family.trunk(config, weights), feeds, asked);
      const [beforeLast, features, spread] = asked.map((name) => floatsOf(made, name));
      return { rows, columns, beforeLast, features, spread } as Trunk;
    },
    async share({ rows, columns, beforeLast }, start) {
      const tokens = 1 + rows * columns;
      const feeds: Tensors = {
        before_last: { data: beforeLast, shape: [tokens, beforeLast.length / tokens] },
        start: { data: start, shape: [1, start.length] },
      };
      const build = () => family.share(config, weights);
      return floatsOf(await graphs.run('share', build, feeds, ['map']), 'map');
    },
  };
}

const floatsOf = (made: Tensors, name: string): Float32Array => made[name]?.data as Float32Array;
