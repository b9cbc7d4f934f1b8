// Golden family `clip`: vectors of images and texts and their cosines, against values that
// transformers computed in float64.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEmbeddingModel } from '../../../electron/inference/session/embeddingModel.ts';
import { readSafetensorsIndex } from '../../../models/safetensors/reader.ts';
import { readNpyAs } from '../../helpers/fixtures/npy.ts';
import { largest, type Comparison } from '../compare.ts';
import type { GoldenFamily } from '../goldenFamily.ts';

/** Absolute, as the vectors have length 1; logits are larger and have their own share of it. */
const TOLERANCE = 1e-5;

export const family: GoldenFamily = {
  name: 'clip',
  async run(folder) {
    const read = (name: string) => readNpyAs(join(folder, `${name}.npy`), 'f4');
    const model = await loadEmbeddingModel({
      folder,
      weights: await readSafetensorsIndex(join(folder, 'model.safetensors')),
      config: JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')),
    });
    try {
      const pixels = read('pixel_values');
      const [count, , height, width] = pixels.shape as [number, number, number, number];
      const size = 3 * height * width;
      const images: Float32Array[] = [];
      for (let i = 0; i < count; i++)
        images.push(
          await model.embedImage(pixels.data.slice(i * size, (i + 1) * size), height, width),
        );
      const ids = readNpyAs(join(folder, 'input_ids.npy'), 'i8');
      const [batch, length] = ids.shape as [number, number];
      const attentionMask = readNpyAs(join(folder, 'attention_mask.npy'), 'i8').data;
      const texts = await model.embedTexts({ batch, length, inputIds: ids.data, attentionMask });
      const cosines = images.flatMap((image) =>
        Array.from({ length: batch }, (_, text) =>
          image.reduce((sum, value, d) => sum + value * (texts[text * image.length + d] ?? NaN), 0),
        ),
      );
      const compare = (name: string, got: ArrayLike<number>): Comparison => ({
        name,
        got,
        want: read(`expected/${name}`).data,
        tolerance: TOLERANCE,
      });
      return largest([
        compare(
          'image_embeds',
          images.flatMap((image) => [...image]),
        ),
        compare('text_embeds', texts),
        compare('cosine', cosines),
        compare(
          'logits_per_image',
          cosines.map((cosine) => cosine * model.info.scale),
        ),
      ]);
    } finally {
      await model.dispose();
    }
  },
};
