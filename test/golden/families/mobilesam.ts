// Golden family `mobilesam`: MobileSAM from its own file, every block of the encoder, prompts and
// masks, against values computed in float64.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { segmentFamilyOf } from '../../../models/families.ts';
import { readWeights } from '../../../models/packs/weightFiles.ts';
import { mobileSamNumbers } from '../../../models/mobile-sam/config.ts';
import { mobileEncodeGraph } from '../../../models/mobile-sam/encoder.ts';
import { byTransformersName } from '../../../models/sam/names.ts';
import { readNpyAs } from '../../helpers/npy.ts';
import { checklist } from '../checklist.ts';
import type { GoldenFamily } from '../goldenFamily.ts';
import {
  checkSegmentCase,
  compare,
  encodeWith,
  withInside,
  type SegmentCase,
  type SegmentMeta,
} from '../segmentCase.ts';

interface MobileSamMeta extends SegmentMeta {
  readonly image_size: number;
  readonly depths: readonly number[];
  readonly decoder_heads: number;
}

export const family: GoldenFamily = {
  name: 'mobilesam',
  async run(folder, raw) {
    const meta = raw as MobileSamMeta;
    const list = checklist();
    const file = 'mobile_sam.pt';
    const weights = await readWeights(join(folder, file), file);
    // The file comes without a config; the small model here differs from the published constants.
    const config = {
      vision_config: { image_size: meta.image_size },
      mask_decoder_config: { num_attention_heads: meta.decoder_heads },
    };
    const one: SegmentCase = {
      folder,
      meta,
      family: segmentFamilyOf(weights),
      config,
      weights,
      list,
    };
    await checkSegmentCase(one);
    await checkInside(one, meta);
    return list.result();
  },
};

async function checkInside(one: SegmentCase, meta: MobileSamMeta): Promise<void> {
  const { folder, config, weights } = one;
  const named = byTransformersName(weights);
  const numbers = mobileSamNumbers(config, named);
  const scopes = new Map([['stem', 'stem']]);
  meta.depths.forEach((depth, stage) => {
    for (let block = 0; block < depth; block++)
      scopes.set(`stage${stage}_block${block}`, `stage.${stage}/block.${block}`);
    if (stage + 1 < meta.depths.length) scopes.set(`stage${stage}_down`, `stage.${stage}/down`);
  });
  const recorded = [...scopes].filter(([name]) =>
    existsSync(join(folder, `expected/encoder/${name}.npy`)),
  );
  const graph = withInside(
    mobileEncodeGraph(numbers, named.named),
    recorded.map(([, scope]) => scope),
  );
  const made = await encodeWith(graph, folder, readNpyAs(join(folder, 'pixel_values.npy'), 'f4'));
  for (const [name, scope] of recorded) {
    const value = made[`inside ${scope}`];
    if (!value) throw new Error(`no value of ${scope}`);
    const path = `expected/encoder/${name}`;
    const { shape } = readNpyAs(join(folder, `${path}.npy`), 'f4');
    compare(one, path, shape.length === 4 ? value.data : asRows(value.data as Float32Array, shape));
  }
}

// Maps [1,C,g,g] are recorded as rows of cells [1, g*g, C] behind the first stage.
function asRows(map: Float32Array, shape: readonly number[]): Float32Array {
  const [, cells, width] = shape as readonly [number, number, number];
  return map.map((_, at) => map[(at % width) * cells + Math.floor(at / width)] as number);
}
