// Single steps of the published script, each fed with its own stored input: token maps to class
// maps, scaling, blurring, and class maps to label maps with their confusion matrices.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addInPlace, emptyHistogram } from '../../../electron/engine/evaluate/histogram.ts';
import { scoresOf } from '../../../electron/engine/evaluate/scores.ts';
import {
  applyOperators,
  bilinearOperator,
  smoothed,
} from '../../../electron/inference/pipeline/planes/axisOperator.ts';
import { fromTokens } from '../../../electron/inference/pipeline/planes/classMaps.ts';
import { scaleToUnit } from '../../../electron/inference/pipeline/planes/threshold.ts';
import { readNpy, readNpyAs } from '../../helpers/fixtures/npy.ts';
import { checklist, type Checklist } from '../checklist.ts';
import type { GoldenFamily } from '../goldenFamily.ts';
import { checkRoute, referenceMasks, runOfTokens } from '../referenceRun.ts';

interface ReferenceMeta {
  readonly function: string;
  readonly data_type?: string;
  readonly threshold?: number;
  readonly token_strings?: readonly (readonly string[])[];
  readonly class_names?: readonly (readonly string[])[];
  readonly class_indices?: readonly (readonly number[])[];
  readonly scores?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export const family: GoldenFamily = {
  name: 'reference',
  async run(folder, raw) {
    const meta = raw as ReferenceMeta;
    const list = checklist();
    if (meta.function.startsWith('Mean_over')) meanTokens(folder, meta, list);
    else if (meta.function === 'Scale_0_1') scale(folder, list);
    else if (meta.function === 'blurring') blur(folder, list);
    else if (meta.function.startsWith('save_img_union_attention')) await labels(folder, meta, list);
    else throw new Error(`no such step in this runner: ${meta.function}`);
    return list.result();
  },
};

const f4 = (folder: string, name: string) => readNpyAs(join(folder, `${name}.npy`), 'f4');

function meanTokens(folder: string, meta: ReferenceMeta, list: Checklist): void {
  const { shape, data } = f4(folder, 'token_maps');
  (meta.token_strings ?? []).forEach((tokens, i) => {
    const names = meta.class_names?.[i] ?? [];
    const run = runOfTokens({ tokens, names, shape, data, row: i });
    const { maps } = fromTokens(run, run.passes[0]?.tokenMaps ?? [], {
      synonyms: 'max',
      lastClass: 'sum',
    });
    list.close(`class_maps_${i}`, maps, f4(folder, `expected/class_maps_${i}`).data, 1e-6);
  });
}

/** Two dimensions come back unchanged in the script, which is why a lone class is not scaled. */
function scale(folder: string, list: Checklist): void {
  for (const name of ['chw', 'bchw', 'hw']) {
    if (!existsSync(join(folder, `input_${name}.npy`))) continue;
    const { shape, data } = f4(folder, `input_${name}`);
    const ours = data.slice();
    const pixels = (shape.at(-1) as number) * (shape.at(-2) as number);
    if (shape.length > 2)
      for (let from = 0; from < ours.length; from += pixels)
        scaleToUnit(ours.subarray(from, from + pixels));
    list.close(name, ours, f4(folder, `expected/${name}`).data, 1e-6);
  }
}

function blur(folder: string, list: Checklist): void {
  for (const kind of ['', 'sparse_'])
    for (let i = 0; existsSync(join(folder, `input_${kind}${i}.npy`)); i++) {
      const { shape, data } = f4(folder, `input_${kind}${i}`);
      const [height, width] = shape as [number, number];
      const sigma = 0.05 * Math.max(height, width);
      // With as many cells as samples the resize is the identity and the blur stands alone.
      const ours = applyOperators(
        data,
        smoothed(bilinearOperator(height, height), sigma),
        smoothed(bilinearOperator(width, width), sigma),
      );
      scaleToUnit(ours);
      list.close(`blur_${kind}${i}`, ours, f4(folder, `expected/blur_${kind}${i}`).data, 2e-6);
    }
}

async function labels(folder: string, meta: ReferenceMeta, list: Checklist): Promise<void> {
  const truth = (i: number) => readNpyAs(join(folder, `label_true_${i}.npy`), 'u1').data;
  for (const route of ['first', 'sum'] as const) {
    const { shape, data } = f4(folder, `token_maps_${route}`);
    const predictions = new Map<string, Uint8Array[]>();
    for (const [i, tokens] of (meta.token_strings ?? []).entries()) {
      const names = meta.class_names?.[i] ?? [];
      const run = runOfTokens({ tokens, names, shape, data, row: i });
      const expected = join(folder, 'expected', `${route}_${i}`);
      const array = (name: string) => join(expected, `${name}.npy`);
      await checkRoute({
        name: `${route}_${i}`,
        run,
        classIds: (meta.class_indices?.[i] ?? []).map((index) => index + 1),
        image: readNpyAs(join(folder, `image_${i}.npy`), 'u1'),
        params: referenceMasks({
          threshold: meta.threshold ?? 0.15,
          background: meta.data_type === 'voc' ? 'always' : 'auto',
          scaleSinglePass: route === 'first',
        }),
        files: {
          classMaps: array('class_maps'),
          beforePostprocess: array('before_postprocess'),
          blurred: array('blurred'),
          unstable: array('unstable_pixels'),
          argmax: array('labels_argmax'),
          blur: array('labels_blur'),
          crf: array('labels_crf'),
          blurCrf: array('labels_blur_crf'),
        },
        list,
      });
      for (const mode of ['argmax', 'blur', 'crf', 'blur_crf'])
        if (existsSync(array(`labels_${mode}`)))
          predictions.set(mode, [
            ...(predictions.get(mode) ?? []),
            readNpyAs(array(`labels_${mode}`), 'u1').data,
          ]);
    }
    for (const [mode, maps] of predictions) checkScores(mode, maps, route);
  }

  /** Our confusion matrix and figures of the recorded label maps against the recorded ones. */
  function checkScores(mode: string, maps: readonly Uint8Array[], route: string): void {
    const path = join(folder, `expected/${route}_hist_${mode}.npy`);
    if (!existsSync(path)) return;
    const stored = readNpy(path);
    const classes = stored.shape[0] as number;
    const histogram = emptyHistogram(classes);
    maps.forEach((map, i) => addInPlace(histogram, truth(i), map));
    // Ours has one more column, for predictions that are no label; the recorded one leaves them out.
    const counts = histogram.counts.filter((_, at) => at % (classes + 1) < classes);
    list.close(`${route}_hist_${mode}`, counts, Float64Array.from(stored.data as Float32Array), 0);
    const figures = meta.scores?.[`${route}_${mode}`];
    if (!figures) return;
    const ours = scoresOf(
      histogram,
      Array.from({ length: classes }, (_, label) => String(label)),
      { protocol: 'reference', background: true },
    );
    list.close(
      `${route}_${mode} figures`,
      [ours.pixelAccuracy, ours.meanAccuracy, ours.frequencyWeightedIou, ours.meanIou].map(
        (value) => value ?? NaN,
      ),
      ['Pixel Accuracy', 'Mean Accuracy', 'Frequency Weighted IoU', 'Mean IoU'].map(
        (name) => figures[name] ?? NaN,
      ),
      1e-9,
    );
  }
}
