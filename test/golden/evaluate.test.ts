// Our confusion histogram and scores on the label maps of the published script, against the histogram
// and scores it computed from them.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addInPlace, emptyHistogram } from '../../electron/engine/evaluate/histogram.ts';
import { scoresOf } from '../../electron/engine/evaluate/scores.ts';
import { readNpy } from '../helpers/fixtures/npy.ts';
import { findCases, goldenRoot } from './goldenFamily.ts';

interface LabelsMeta {
  readonly case: string;
  readonly class_names: readonly unknown[];
  readonly scores: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const CLASSES = 41;
const small = fileURLToPath(new URL('../fixtures/evaluate', import.meta.url));
const cases = [...findCases(small), ...findCases(goldenRoot(), ['reference'])].filter(
  ({ meta }) => 'scores' in (meta as object),
);
const runs = cases.flatMap(({ folder, meta, label }) =>
  Object.entries((meta as LabelsMeta).scores).map(
    ([run, scores]) => [label, run, folder, meta as LabelsMeta, scores] as const,
  ),
);

describe('evaluation', () => {
  it('has recorded runs to compare with', () => {
    expect(runs.length).toBeGreaterThan(0);
  });

  it.each(runs)(
    'of %s, %s counts and scores as the published script',
    (_c, run, folder, meta, scores) => {
      const route = run.slice(0, run.indexOf('_'));
      const mode = run.slice(run.indexOf('_') + 1);
      const histogram = emptyHistogram(CLASSES);
      meta.class_names.forEach((_, i) => {
        const truth = readNpy(join(folder, `label_true_${i}.npy`));
        const labels = readNpy(join(folder, `expected/${route}_${i}/labels_${mode}.npy`));
        addInPlace(histogram, truth.data as Uint8Array, labels.data as Uint8Array);
      });
      const recorded = readNpy(join(folder, `expected/${route}_hist_${mode}.npy`));
      const square = Array.from({ length: CLASSES }, (_, row) => [
        ...histogram.counts.subarray(row * (CLASSES + 1), row * (CLASSES + 1) + CLASSES),
      ]).flat();
      expect(square).toEqual([...(recorded.data as Float32Array)]);
      const names = Array.from({ length: CLASSES }, (_, i) => `class ${i}`);
      const found = scoresOf(histogram, names, {
        protocol: 'reference',
        background: true,
      });
      expect(found.pixelAccuracy).toBeCloseTo(scores['Pixel Accuracy']!, 12);
      expect(found.meanAccuracy).toBeCloseTo(scores['Mean Accuracy']!, 12);
      expect(found.frequencyWeightedIou).toBeCloseTo(scores['Frequency Weighted IoU']!, 12);
      expect(found.meanIou).toBeCloseTo(scores['Mean IoU']!, 12);
    },
  );
});
