// Golden family `sam`: Segment Anything from a transformers folder and from Meta's own file, every
// layer of the encoder, prompts of every kind, and masks, against values computed in float64.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resizeBilinear } from '../../../electron/inference/image/resize.ts';
import { readWeights } from '../../../models/packs/weightFiles.ts';
import { samNumbers } from '../../../models/sam/config.ts';
import { encodeGraph } from '../../../models/sam/encoder.ts';
import { segmentFamilyOf } from '../../../models/families.ts';
import { byTransformersName } from '../../../models/sam/names.ts';
import { readNpyAs } from '../../helpers/npy.ts';
import { checklist } from '../checklist.ts';
import type { GoldenFamily } from '../goldenFamily.ts';
import {
  checkSegmentCase,
  encodeWith,
  floats,
  tolerance,
  withInside,
  type SegmentCase,
  type SegmentMeta,
} from '../segmentCase.ts';

interface SamMeta extends SegmentMeta {
  readonly hidden_states_kept: readonly number[];
  readonly facts?: { readonly decoder_heads: number };
}

export const family: GoldenFamily = {
  name: 'sam',
  async run(folder, raw) {
    const meta = raw as SamMeta;
    const list = checklist();
    const file = meta.layout === 'meta' ? 'sam.pth' : 'model.safetensors';
    const weights = await readWeights(join(folder, file), file);
    const one: SegmentCase = {
      folder,
      meta,
      family: segmentFamilyOf(weights),
      config: configOf(folder, meta),
      weights,
      list,
    };
    await checkSegmentCase(one);
    await checkInside(one, meta, 'expected/encoder', join(folder, 'pixel_values.npy'));
    const other = join(folder, 'other_grid/pixel_values.npy');
    if (existsSync(other)) await checkInside(one, meta, 'other_grid', other);
    checkResizes(one);
    return list.result();
  },
};

// A .pth comes without a config; the small decoder here has fewer heads than the published one.
function configOf(folder: string, meta: SamMeta): unknown {
  const path = join(folder, 'config.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  return { mask_decoder_config: { num_attention_heads: meta.facts?.decoder_heads } };
}

async function checkInside(
  { folder, config, weights, list }: SegmentCase,
  meta: SamMeta,
  place: string,
  file: string,
): Promise<void> {
  const named = byTransformersName(weights);
  const numbers = samNumbers(config, named);
  const pixels = readNpyAs(file, 'f4');
  const grid = (pixels.shape[3] as number) / numbers.patch;
  const scopes = meta.hidden_states_kept.map((state) =>
    state === 0 ? 'embeddings' : `layer.${state - 1}`,
  );
  const graph = withInside(encodeGraph(numbers, named.named, grid), scopes);
  const made = await encodeWith(graph, folder, pixels);
  const recorded = floats(folder, `${place}/hidden_states`);
  const size = grid * grid * numbers.vision.width;
  scopes.forEach((scope, at) =>
    list.close(
      `${place} ${scope}`,
      made[`inside ${scope}`]?.data as Float32Array,
      recorded.subarray(at * size, (at + 1) * size),
      tolerance(meta, 'expected/encoder/hidden_states'),
    ),
  );
  list.close(
    `${place} image_embeddings`,
    made['image_embeddings']?.data as Float32Array,
    floats(folder, `${place}/image_embeddings`),
    tolerance(meta, 'expected/encoder/image_embeddings'),
  );
}

function checkResizes({ folder, list }: SegmentCase): void {
  const place = join(folder, 'resize');
  if (!existsSync(place)) return;
  for (const name of readdirSync(place).sort()) {
    const image = readNpyAs(join(place, name, 'image.npy'), 'u1');
    const recorded = readNpyAs(join(place, name, 'resized.npy'), 'u1');
    const [height, width] = image.shape as readonly [number, number];
    const [toHeight, toWidth] = recorded.shape as readonly [number, number];
    const resized = resizeBilinear({ width, height, rgb: image.data }, toWidth, toHeight);
    list.same(`resize ${name}`, resized, recorded.data);
  }
}
