// Whole runs of the published second stage: class names to captions, salience with DropOut, class
// maps and label maps, from a Hugging Face folder, through the reference preset.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveParams } from '../../../electron/link/presets.ts';
import { explainPixels } from '../../../electron/inference/pipeline/explain/run.ts';
import type { SalienceRun } from '../../../electron/inference/pipeline/salienceRun.ts';
import { captionTokenizerFromFiles } from '../../../electron/inference/pipeline/tokenize/fromFiles.ts';
import { loadItmModel } from '../../../electron/inference/session/itmModel.ts';
import { readSafetensorsIndex } from '../../../models/safetensors/reader.ts';
import { readNpyAs } from '../../helpers/fixtures/npy.ts';
import { checklist, type Checklist } from '../checklist.ts';
import type { GoldenFamily } from '../goldenFamily.ts';
import { checkRoute, referenceMasks } from '../referenceRun.ts';

interface PipelineMeta {
  readonly class_names: readonly (readonly string[])[];
  readonly class_indices: readonly (readonly number[])[];
  readonly captions: readonly string[];
  readonly layer_1_based: number;
  readonly head: number;
  readonly drop_iter: number;
  readonly img_size: number;
  readonly threshold: number;
  readonly data_type: string;
  readonly enc_token_id: number;
  readonly check?: { readonly float32_vs_float64_token_maps?: readonly number[] };
}

/** F32 arithmetic against the recorded F64 values; logits are of order 1. */
const LOGIT_TOLERANCE = 1e-4;
/** Times the difference that the recorded implementation's own F32 run shows. */
const ROUNDING_FACTOR = 10;

export const family: GoldenFamily = {
  name: 'pipeline',
  async run(folder, raw) {
    const meta = raw as PipelineMeta;
    const list = checklist();
    const model = await loadItmModel({
      folder,
      weights: await readSafetensorsIndex(join(folder, 'model.safetensors')),
      config: JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')),
    });
    try {
      const tokenizer = captionTokenizerFromFiles({
        vocabText: readFileSync(join(folder, 'vocab.txt'), 'utf8'),
        firstId: meta.enc_token_id,
      });
      const pixels = readNpyAs(join(folder, 'pixel_values.npy'), 'f4');
      const ids = readNpyAs(join(folder, 'input_ids.npy'), 'i8');
      const [, , height, width] = pixels.shape as [number, number, number, number];
      const paddedLength = ids.shape[1] as number;
      for (const [i, names] of meta.class_names.entries()) {
        const image = readNpyAs(join(folder, `image_${i}.npy`), 'u1');
        const [imageHeight, imageWidth] = image.shape as [number, number];
        const size = 3 * height * width;
        const classIds = (meta.class_indices[i] ?? []).map((index) => index + 1);
        const run = await explainPixels(
          { model, tokenizer },
          {
            input: { pixels: pixels.data.slice(i * size, (i + 1) * size), height, width },
            image: { width: imageWidth, height: imageHeight },
          },
          {
            prompts: names.map((name, index) => ({ id: classIds[index] ?? 0, name })),
            params: resolveParams(
              'reference',
              {
                'pnp.inputSide': meta.img_size,
                'pnp.layers': [meta.layer_1_based - 1],
                'pnp.heads': [meta.head],
              },
              { 'pnp.passes': meta.drop_iter },
            ).explain,
          },
          { paddedLength },
        );
        checkCaption(list, run, meta, ids.data.subarray(i * paddedLength), i);
        checkPasses(list, folder, run, meta, i);
        await checkLabels(list, folder, run, { meta, classIds, image, i });
      }
    } finally {
      await model.dispose();
    }
    return list.result();
  },
};

const roundings = (meta: PipelineMeta): readonly number[] =>
  meta.check?.float32_vs_float64_token_maps ?? [1e-6];

function checkCaption(
  list: Checklist,
  run: SalienceRun,
  meta: PipelineMeta,
  recorded: BigInt64Array,
  i: number,
): void {
  const [caption] = run.captions;
  const own = caption?.ids ?? [];
  // The recorded ids still have the tokenizer's first token where the model is fed its own.
  const expected = [meta.enc_token_id, ...Array.from(recorded.subarray(1, own.length), Number)];
  list.same(`caption ${i}`, own, expected);
  list.same(`caption text ${i}`, [caption?.text ?? ''], [meta.captions[i] ?? '']);
}

function checkPasses(
  list: Checklist,
  folder: string,
  run: SalienceRun,
  meta: PipelineMeta,
  i: number,
): void {
  const patches = run.rows * run.columns;
  run.passes.forEach((pass, k) => {
    const read = (name: string) => join(folder, `expected/pass_${k}/${name}.npy`);
    const dropped = readNpyAs(read('dropped'), 'u1').data.subarray(i * patches, (i + 1) * patches);
    const own = new Uint8Array(patches);
    for (const patch of pass.dropped) own[patch] = 1;
    list.same(`pass ${k} dropped ${i}`, own, dropped);
    const logits = readNpyAs(read('itm_logits'), 'f4').data;
    list.close(`pass ${k} logit ${i}`, pass.z, [logits[2 * i + 1] as number], LOGIT_TOLERANCE);
    const { shape, data } = readNpyAs(read('token_maps'), 'f4');
    const rows = shape[1] as number;
    const tokens = (run.captions[0]?.ids.length ?? 1) - 1;
    const from = i * rows * patches;
    // Recorded before hidden patches are set to 0; ours are after.
    const theirs = data
      .slice(from, from + tokens * patches)
      .map((value, at) => (dropped[at % patches] === 1 ? 0 : value));
    list.close(
      `pass ${k} token maps ${i}`,
      (pass.tokenMaps[0] ?? new Float32Array(0)).subarray(patches),
      theirs,
      ROUNDING_FACTOR * (roundings(meta)[k] ?? 1e-6),
    );
  });
}

async function checkLabels(
  list: Checklist,
  folder: string,
  run: SalienceRun,
  given: {
    readonly meta: PipelineMeta;
    readonly classIds: readonly number[];
    readonly image: { readonly shape: readonly number[]; readonly data: Uint8Array };
    readonly i: number;
  },
): Promise<void> {
  const { meta, classIds, image, i } = given;
  for (const route of ['first', 'sum'] as const) {
    const array = (name: string) => join(folder, `expected/${name}_${route}_${i}.npy`);
    if (!existsSync(array('class_maps'))) continue;
    await checkRoute({
      name: `${route}_${i}`,
      run: route === 'first' ? { ...run, passes: run.passes.slice(0, 1) } : run,
      classIds,
      image,
      params: referenceMasks({
        threshold: meta.threshold,
        background: meta.data_type === 'voc' ? 'always' : 'auto',
        scaleSinglePass: route === 'first',
        // The recorded run was made in 64 bits.
        gridRounding: 'double',
      }),
      files: {
        classMaps: array('class_maps'),
        beforePostprocess: array('before_postprocess'),
        unstable: array('unstable_pixels'),
        argmax: array('labels_argmax'),
        blur: array('labels_blur_only'),
        blurCrf: array('labels'),
      },
      list,
      mapError: ROUNDING_FACTOR * 2 * roundings(meta).reduce((sum, one) => sum + one, 0),
    });
  }
}
