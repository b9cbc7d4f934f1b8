// The image tower of the families whose blocks keep queries, keys and values in one packed tensor:
// patches and class token with their positions, pre-norm blocks, a normalisation behind the last one.
import type { Tower } from '../configFields.ts';
import { input } from '../ir/builder.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { add } from '../ops/elementwise.ts';
import { weightValue, type Network } from '../weights.ts';
import { IMAGE_TOKENS } from './imageReads.ts';
import { normalise } from './linear.ts';
import {
  packedProjections,
  patchRows,
  preNormBlock,
  type BlockNames,
  type PreNormTower,
} from './preNorm.ts';

/** Where a tower's weights are. */
export interface VitNames {
  readonly classToken: { readonly name: string; readonly shape: readonly number[] };
  readonly kernel: string;
  /** Null: the patches have none. */
  readonly kernelBias: string | null;
  /** In front of the blocks; null: the tower has none. */
  readonly firstNorm: string | null;
  /** Over every token behind the last block. */
  readonly lastNorm: string;
  readonly block: (layer: number) => BlockNames & {
    readonly packedWeight: string;
    readonly packedBias: string;
  };
}

/** A tower's names and numbers. */
export interface Vit {
  readonly names: VitNames;
  readonly tower: Tower;
  /** Side of a patch in pixels. */
  readonly patch: number;
  readonly activation: PreNormTower['activation'];
}

/** Adds the inputs pixel_values [1,3,height,width] and position [1+N,D]; gives the rows [1+N,D]. */
export function vitRows(net: Network, vit: Vit): Value {
  const { graph } = net;
  const { names, tower, patch, activation } = vit;
  const { width, epsilon } = tower;
  const pixels = input(graph, 'pixel_values', 'F32', [1, 3, 'height', 'width']);
  const position = input(graph, 'position', 'F32', [IMAGE_TOKENS, width]);
  const { classToken, kernelBias, firstNorm } = names;
  let x = within(graph, 'embeddings', () => {
    const kernel = weightValue(net, names.kernel, [width, 3, patch, patch]);
    const bias = kernelBias === null ? null : weightValue(net, kernelBias, [width]);
    const first = weightValue(net, classToken.name, classToken.shape);
    const rows = patchRows(graph, pixels, { kernel, bias, classToken: first }, IMAGE_TOKENS);
    const placed = add(graph, rows, position);
    return firstNorm === null ? placed : normalise(net, firstNorm, placed, epsilon);
  });
  const blocks: PreNormTower = {
    ...net,
    ...tower,
    batch: 1,
    tokens: IMAGE_TOKENS,
    activation,
  };
  for (let layer = 0; layer < tower.layers; layer++) {
    const block = names.block(layer);
    const project = (rows: Value) =>
      packedProjections(blocks, block.packedWeight, block.packedBias, rows);
    x = within(graph, `layer.${layer}`, () => preNormBlock(blocks, block, x, project));
  }
  return normalise(net, names.lastNorm, x, epsilon);
}
