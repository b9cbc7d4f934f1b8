// Figures and sentences of a report, at the limits where they change.
import { expect, it } from 'vitest';
import {
  classesByIou,
  hasOtherSources,
  percent,
  ranWords,
  share,
  warnings,
} from '../../../../../../electron/engine/benchmark/report/words.ts';
import type { BenchmarkResult } from '../../../../../../electron/engine/benchmark/result.ts';

const result = (patch: object = {}) =>
  ({
    images: 2,
    imagesOfSet: 2000,
    officialImages: 2000,
    limit: null,
    undone: 0,
    failures: [],
    engine: 'pnp',
    classesFrom: 'the truth',
    pack: { name: 'P' },
    device: 'cpu',
    seconds: 1,
    ...patch,
  }) as unknown as BenchmarkResult;

it('figures that are not there are a dash, nought is none', () => {
  expect([percent(null), percent(undefined), percent(0), percent(0.1234)]).toEqual([
    ...['–', '–', '0.0', '12.3'],
  ]);
  expect([share(null), share(undefined), share(0), share(0.579)]).toEqual([
    '–',
    '–',
    '0.00',
    '0.58',
  ]);
});

it('times are in seconds, from a minute on in minutes, from an hour on in hours', () => {
  const took = (seconds: number) => /took (.*) on/.exec(ranWords(result({ seconds })))![1];
  expect([-1, 0, 59.4, 59.5, 61, 3599, 3600, 7325].map(took)).toEqual([
    ...['0 s', '0 s', '59 s', '1 min 0 s'],
    ...['1 min 1 s', '59 min 59 s', '1 h 0 min', '2 h 2 min'],
  ]);
});

it('one image is no images, and a judge is named', () => {
  expect(ranWords(result({ images: 1 }))).toMatch(/^1 image, engine Salience \(pnp\) with P,/);
  expect(ranWords(result({ images: 1234, judge: { name: 'J' } }))).toMatch(
    /^1,234 images, engine Salience \(pnp\) with P, judged by J,/,
  );
});

it('what makes a figure incomparable is said, and nothing of a whole run', () => {
  expect(warnings(result())).toEqual([]);
  expect(warnings(result({ limit: { images: 50, seed: 3 } }))).toEqual([
    'A quick look: 50 of 2,000 images, seed 3. Not comparable with published rows.',
  ]);
  const failures = [{ name: 'a', message: 'torn' }];
  expect(warnings(result({ images: 7, undone: 1, failures }))).toEqual([
    'Stopped at 7 of 9. The same command goes on. Not comparable with published rows.',
    '1 image could not be measured and is in no figure: a (torn).',
  ]);
  expect(warnings(result({ officialImages: null }))).toEqual([]);
  expect(warnings(result({ officialImages: 2001, remarks: ['and more'] }))).toEqual([
    'This copy lists 2,000 images, the official list 2,001.',
    'and more',
  ]);
});

it('of many failures three are named', () => {
  const failed = (count: number) => {
    const failures = ['a', 'b', 'c', 'd'].slice(0, count).map((name) => ({ name, message: 'x' }));
    return warnings(result({ failures }))[0];
  };
  expect(failed(3)).toBe(
    '3 images could not be measured and are in no figure: a (x), b (x), c (x).',
  );
  expect(failed(4)).toMatch(/: a \(x\), b \(x\), c \(x\) and others\.$/);
});

it('rows with classes from elsewhere are other sources', () => {
  const sources = (...classes: string[]) =>
    hasOtherSources(result({ published: classes.map((one) => ({ classes: one })) }));
  expect([sources(), sources('the truth'), sources('the truth', 'a list')]).toEqual([
    ...[false, false],
    true,
  ]);
});

it('classes are best first; one without a figure is worth nothing, one without truth is last', () => {
  const one = (label: number, iou: number | null, truthPx = 5) => ({ label, iou, truthPx });
  const classes = [
    one(1, null, 0),
    one(2, 0.2),
    one(3, null),
    one(4, 0.9),
    one(5, 0.2),
    one(6, 0.8, 0),
  ];
  const sorted = classesByIou(
    result({ headline: 'standard', protocols: { standard: { classes } } }),
  );
  expect(sorted.map(({ label }) => label)).toEqual([4, 2, 5, 3, 1, 6]);
});
