// Preprocessing of a checkpoint: from its own file, else the default of its kind.
import { join } from 'node:path';
import * as v from 'valibot';
import { ModelError } from '../../errors.ts';
import { readJson } from '../../files/readText.ts';
import type { PackManifest } from '../manifest.ts';

type Preprocessing = PackManifest['preprocessing'];

/** Longest config or preprocessing file read. Bytes. */
export const MAX_CONFIG_BYTES = 4 * 1024 * 1024;

/** Segment Anything's: ImageNet's colours, scaled by the triangle filter. */
export const SAM: Preprocessing = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
  resize: 'bilinear',
};

/** MedSAM's: the image fills the square, its values are stretched to 0 to 1, and no mean is subtracted. */
export const MEDSAM: Preprocessing = {
  mean: [0, 0, 0],
  std: [1, 1, 1],
  resize: 'bicubic',
  frame: 'squeeze-minmax',
};

/**
 * What the checkpoint in `folder` says of it. MedSAM's tensors are Segment Anything's and its published
 * preprocessor_config.json too, so that only the name that people gave it tells.
 */
export async function findPreprocessing(
  folder: string,
  names: readonly string[],
  { clicks, source }: { readonly clicks: boolean; readonly source: string },
): Promise<Partial<Preprocessing>> {
  if (clicks && /medsam/i.test(source)) return MEDSAM;
  const file = 'preprocessor_config.json';
  if (!names.includes(file)) return {};
  const three = v.tuple([v.number(), v.number(), v.number()]);
  const json = await readJson(join(folder, file), file, MAX_CONFIG_BYTES);
  const shape = v.object({ image_mean: v.optional(three), image_std: v.optional(three) });
  const parsed = v.safeParse(shape, json);
  if (!parsed.success || parsed.output.image_std?.some((value) => value <= 0))
    throw new ModelError('MODEL_CONFIG_INVALID', {
      file,
      expected: 'image_mean and image_std as three numbers each, deviations above 0',
    });
  const { image_mean: mean, image_std: std } = parsed.output;
  return { ...(mean ? { mean } : {}), ...(std ? { std } : {}) };
}
