// From class maps to labels without a model: background, guards, working size, clean-ups, figures,
// cancelling, and that nothing here changes its inputs.
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../../build/wasm.ts';
import { argmaxPlanes } from '../../../../../../electron/inference/crf/labels.ts';
import { createTypescriptCrf } from '../../../../../../electron/inference/crf/typescriptCrf.ts';
import { createWasmCrf } from '../../../../../../electron/inference/crf/wasmCrf.ts';
import {
  localCrfSolver,
  type CrfSolver,
} from '../../../../../../electron/inference/pipeline/masks/crfSolver.ts';
import {
  createMaskCache,
  workingSize,
} from '../../../../../../electron/inference/pipeline/planes/maskCache.ts';
import { masksFromRun } from '../../../../../../electron/inference/pipeline/masks/masks.ts';
import type { MaskParams } from '../../../../../../electron/link/params.ts';
import { resolveParams } from '../../../../../../electron/link/presets.ts';
import { fakePhoto, fakeRun, type FakeClass } from '../../../../../helpers/standIns/fakeRun.ts';

beforeAll(ensureWasm);

const plain: MaskParams = {
  ...resolveParams('default').masks,
  crf: false,
  blur: 0,
  minRegion: 0,
  absentBelow: 0,
};

function run(classes: readonly FakeClass[], size = { width: 30, height: 30 }) {
  return fakeRun({ rows: 3, columns: 3, ...size, classes });
}

const masks = (
  classes: readonly FakeClass[],
  own: Partial<MaskParams> = {},
  options: Parameters<typeof masksFromRun>[3] = {},
  size = { width: 30, height: 30 },
) =>
  masksFromRun(
    run(classes, size),
    fakePhoto(size.width, size.height),
    { ...plain, ...own },
    options,
  );

const corner = [9, 0, 0, 0, 0, 0, 0, 0, 0];
const opposite = [0, 0, 0, 0, 0, 0, 0, 0, 4];

describe('labels', () => {
  test('are the class ids where a class survives and 0 elsewhere', async () => {
    const { labels } = await masks([
      { id: 40, map: corner },
      { id: 7, map: opposite },
    ]);
    expect([labels[0], labels[29], labels[899]]).toEqual([40, 0, 7]);
  });

  test('come from a table, so that ids in any order do not collide', async () => {
    const classes = [
      { id: 2, map: corner },
      { id: 1, map: opposite },
    ];
    const table = await masks(classes);
    expect([table.labels[0], table.labels[899]]).toEqual([2, 1]);
    const inPlace = await masks(classes, { renameInPlace: true });
    // Channel 1 becomes label 2 after channel 2 became label 1: one after the other, last first.
    expect([inPlace.labels[0], inPlace.labels[899]]).toEqual([2, 2]);
  });

  test('cover every pixel when there is no background', async () => {
    const { labels, channelIds } = await masks(
      [
        { id: 1, map: corner },
        { id: 2, map: opposite },
      ],
      { background: 'never' },
    );
    expect(channelIds).toEqual([1, 2]);
    expect(labels.every((label) => label > 0)).toBe(true);
  });

  test('have a background under "auto" only with fewer than three classes', async () => {
    const three = [1, 2, 3].map((id) => ({ id, map: corner.map((v, at) => (at === id ? 1 : v)) }));
    expect((await masks(three, { background: 'auto' })).channelIds).toEqual([1, 2, 3]);
    expect((await masks(three.slice(1), { background: 'auto' })).channelIds).toEqual([0, 2, 3]);
  });

  test('are all 0 without classes, with or without a background', async () => {
    for (const background of ['always', 'never'] as const) {
      const { labels, classes } = await masks([], { background });
      expect([labels.length, Math.max(...labels), classes]).toEqual([900, 0, []]);
    }
  });
});

describe('a constant map', () => {
  test.each([0, 3])('of %d makes its class absent and never NaN', async (value) => {
    for (const own of [{}, { blur: 0.05 }, { thresholdRule: 'constant' as const }]) {
      const result = await masks(
        [
          { id: 1, map: Array<number>(9).fill(value) },
          { id: 2, map: corner },
        ],
        own,
      );
      expect(result.classes.map(({ absent, area }) => [absent, area > 0])).toEqual([
        [true, false],
        [false, true],
      ]);
      expect(result.scores.some(Number.isNaN)).toBe(false);
    }
  });

  test('takes no pixel from others where there is no background', async () => {
    const classes = [
      { id: 1, map: Array<number>(9).fill(2) },
      { id: 2, map: corner },
    ];
    const { labels, channelIds } = await masks(classes, { background: 'never', crf: true });
    expect([channelIds, new Set(labels)]).toEqual([[2], new Set([2])]);
  });

  test('of NaN is treated the same', async () => {
    const { classes, scores } = await masks([{ id: 1, map: Array<number>(9).fill(NaN) }]);
    expect(classes[0]).toMatchObject({ absent: true, area: 0 });
    expect(scores.some(Number.isNaN)).toBe(false);
  });
});

describe('classes above the threshold everywhere', () => {
  test('leave an empty background channel, zero and not NaN', async () => {
    const maps = [
      { id: 1, map: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
      { id: 2, map: [9, 8, 7, 6, 5, 4, 3, 2, 1] },
    ];
    const { scores, labels } = await masks(maps, { threshold: 0, blur: 0.05 });
    expect(scores.subarray(0, 900).every((value) => value === 0)).toBe(true);
    expect(labels.every((label) => label > 0)).toBe(true);
  });
});

describe('the threshold', () => {
  test('can differ per class', async () => {
    const slope = { id: 1, map: [0, 0, 0, 5, 5, 5, 10, 10, 10] };
    const area = async (threshold: number) =>
      (await masks([slope], { threshold: 0.15 }, { thresholds: { 1: threshold } })).classes[0]
        ?.patchesKept;
    expect([await area(0.15), await area(0.6)]).toEqual([6, 3]);
  });

  test('of the constant rule is the height of the background, per class too', async () => {
    const slope = { id: 1, map: [0, 0, 0, 5, 5, 5, 10, 10, 10] };
    const areas = [];
    for (const threshold of [0.2, 0.5]) {
      const shared = await masks([slope], { thresholdRule: 'constant', threshold });
      const own = await masks(
        [slope],
        { thresholdRule: 'constant', threshold: 0.3 },
        { thresholds: { 1: threshold } },
      );
      expect(own.labels).toEqual(shared.labels);
      areas.push((shared.classes[0]?.area ?? 0) / 900);
    }
    // The slope is linear from top to bottom, so the area is what lies above the constant.
    expect(areas[0]).toBeCloseTo(0.8, 1);
    expect(areas[1]).toBeCloseTo(0.5, 1);
  });

  test('of the binary rule makes all survivors equal', async () => {
    const { scores } = await masks([{ id: 1, map: [0, 0, 0, 5, 5, 5, 10, 10, 10] }], {
      thresholdRule: 'binary',
      scaleUnblurred: false,
    });
    const own = scores.subarray(900);
    expect([own[0], own[15 * 30], own[29 * 30]]).toEqual([0, 1, 1]);
  });
});

describe('absent classes', () => {
  test('are shown with their match but not painted', async () => {
    const { classes, labels } = await masks(
      [
        { id: 1, map: corner, match: 0.05 },
        { id: 2, map: opposite, match: 0.8 },
        { id: 3, map: corner, asked: false },
      ],
      { absentBelow: 0.1 },
    );
    expect(classes.map(({ absent }) => absent)).toEqual([true, false, true]);
    expect(new Set(labels)).toEqual(new Set([0, 2]));
    expect(classes[0]?.histogram.reduce((sum, count) => sum + count, 0)).toBe(9);
  });
});

describe('figures of a class', () => {
  test('are its area, box, margin and doubt', async () => {
    const { classes, doubtful } = await masks(
      [
        { id: 1, map: corner, match: 0.2 },
        { id: 2, map: opposite, match: 0.9 },
      ],
      { doubtMatch: 0.3, doubtMargin: 0 },
    );
    const [first, second] = classes;
    expect(first?.box?.slice(0, 2)).toEqual([0, 0]);
    expect(
      second?.box?.map((value, at) => (at < 2 ? value + (second.box?.[at + 2] ?? 0) : 0)),
    ).toEqual([30, 30, 0, 0]);
    expect(first?.area).toBe(second?.area);
    expect([first?.doubtful, second?.doubtful, doubtful]).toEqual([true, false, true]);
    expect(first?.margin).toBeGreaterThan(0);
    expect(first?.margin).toBeLessThanOrEqual(1);
  });
});

describe('what the CRF moved', () => {
  /** A CRF that hands the left half to the second class. */
  const halving: CrfSolver = {
    solve: ({ scores, classes, image }, read) => {
      const q = Float32Array.from(scores, (_, at) => {
        const pixel = at % (scores.length / classes);
        const channel = Math.floor(at / (scores.length / classes));
        return Number(channel === (pixel % image.width < image.width / 2 ? 1 : 2));
      });
      return Promise.resolve(read({ q: () => q, winners: () => argmaxPlanes(q, classes) }));
    },
    dispose: () => undefined,
  };
  const scene = [
    { id: 1, map: corner },
    { id: 2, map: opposite },
  ];

  test('is told per class as what the masks before and after do not share', async () => {
    const off = await masks(scene, { crf: false });
    expect(off.classes.map(({ crfChange }) => crfChange)).toEqual([null, null]);
    const before = off.labels;
    const { classes, labels } = await masks(scene, { crf: true }, { crf: halving });
    for (const { id, crfChange } of classes) {
      let union = 0;
      let both = 0;
      labels.forEach((label, at) => {
        union += Number(label === id || before[at] === id);
        both += Number(label === id && before[at] === id);
      });
      expect(crfChange).toBeCloseTo(1 - both / union, 12);
      expect(crfChange).toBeGreaterThan(0.2);
    }
  });

  test('is left out with the other figures where labels alone are wanted, and these are the same', async () => {
    const whole = await masks(scene, { crf: true }, { crf: halving });
    const alone = await masks(scene, { crf: true }, { crf: halving, labelsOnly: true });
    expect(alone.labels).toEqual(whole.labels);
    expect(alone.classes.map(({ crfChange, margin }) => [crfChange, margin])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('makes a class doubtful from the chosen share on', async () => {
    const options = { crf: true, doubtMatch: 0, doubtMargin: 0, minRegion: 0 };
    const sure = await masks(scene, { ...options, doubtCrfChange: 1 }, { crf: halving });
    expect(sure.doubtful).toBe(false);
    const unsure = await masks(scene, { ...options, doubtCrfChange: 0.1 }, { crf: halving });
    expect(unsure.classes.map(({ doubtful }) => doubtful)).toEqual([true, true]);
  });
});

describe('large images', () => {
  test('are worked on at the working size and labelled at their own', async () => {
    const size = { width: 640, height: 320 };
    const { labels, workWidth, workHeight } = await masks(
      [{ id: 9, map: corner }],
      { workSide: 64 },
      {},
      size,
    );
    expect([labels.length, workWidth, workHeight]).toEqual([640 * 320, 64, 32]);
    const direct = await masks([{ id: 9, map: corner }], { workSide: 0 }, {}, size);
    const differing = labels.reduce(
      (sum, label, at) => sum + Number(label !== direct.labels[at]),
      0,
    );
    expect(differing / labels.length).toBeLessThan(0.02);
  });

  test.each([
    [{ width: 1, height: 1 }, 640, { width: 1, height: 1 }],
    [{ width: 5000, height: 1 }, 640, { width: 640, height: 1 }],
    [{ width: 640, height: 480 }, 640, { width: 640, height: 480 }],
    [{ width: 641, height: 480 }, 0, { width: 641, height: 480 }],
  ])('of %j at %d have the working size %j', (size, side, expected) => {
    expect(workingSize(size, side)).toEqual(expected);
  });

  test('of a single pixel give one label and no NaN', async () => {
    const size = { width: 1, height: 1 };
    const result = await masks([{ id: 3, map: corner }], { blur: 0.05 }, {}, size);
    expect(result.labels.length).toBe(1);
    expect(result.scores.some(Number.isNaN)).toBe(false);
  });
});

describe('cancelling', () => {
  test('is asked for all along a large image and stops wherever it is answered', async () => {
    const size = { width: 1600, height: 1200 };
    let polls = 0;
    const own = { workSide: 64, minRegion: 0.0005 };
    const classes = [{ id: 1, map: corner }];
    await masks(classes, own, { cancelled: () => ++polls < 0 }, size);
    // Every 64 rows of upsampling, runs and boxes, and every million pixels of renaming.
    expect(polls).toBeGreaterThan(50);
    for (const last of [1, Math.floor(polls / 3), Math.floor((2 * polls) / 3), polls]) {
      let left = last;
      const stopped = masks(classes, own, { cancelled: () => --left < 0 || left === 0 }, size);
      await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
      expect(left).toBe(0);
    }
  });
});

describe('clean-ups', () => {
  test('give small regions to their neighbours and fill holes when asked', async () => {
    // The middle pixel lies exactly on the empty node.
    const size = { width: 31, height: 31 };
    const ring = { id: 1, map: [5, 5, 5, 5, 0, 5, 5, 5, 5] };
    const middle = 15 * 31 + 15;
    expect((await masks([ring], {}, {}, size)).labels[middle]).toBe(0);
    expect((await masks([ring], { fillHoles: 0.05 }, {}, size)).labels[middle]).toBe(1);
    const dot = { id: 1, map: [0, 0, 0, 0, 5, 0, 0, 0, 0] };
    expect((await masks([dot], {}, {}, size)).labels[middle]).toBe(1);
    const rule = { thresholdRule: 'constant', threshold: 0.6, minRegion: 0.05 } as const;
    expect(Math.max(...(await masks([dot], rule, {}, { width: 9, height: 9 })).labels)).toBe(1);
    const tiny = await masks([dot], { ...rule, minRegion: 0.05 }, {}, { width: 5, height: 5 });
    expect(Math.max(...tiny.labels)).toBe(0);
  });
});

describe('quick edges', () => {
  // Two flat halves; the map covers the left one and a little of the right.
  const size = { width: 40, height: 20 };
  const halves = {
    ...size,
    rgb: Uint8Array.from({ length: 3 * 800 }, (_, at) => (Math.floor(at / 3) % 40 < 20 ? 200 : 20)),
  };
  const half = { id: 1, map: [1, 1, 1, 0.9, 0.5, 0, 0, 0] };
  const scene = fakeRun({ rows: 1, columns: 8, ...size, classes: [half] });
  const own: MaskParams = {
    ...plain,
    pamr: true,
    pamrReach: [1, 2, 4],
    pamrSteps: 40,
    thresholdRule: 'constant',
    threshold: 0.35,
  };
  const right = (labels: Uint16Array) =>
    [...labels].filter((label, at) => label === 1 && at % 40 >= 20).length;

  test('move a border to where the photograph has one', async () => {
    const without = await masksFromRun(scene, halves, { ...own, pamr: false });
    const sharp = await masksFromRun(scene, halves, own);
    expect([right(without.labels) > 0, right(sharp.labels)]).toEqual([true, 0]);
  });

  test('of kept intermediates are those of none, also on another photograph', async () => {
    const cache = createMaskCache({ planes: true });
    const other = { ...size, rgb: halves.rgb.map((value) => 255 - value) };
    const flat = { ...size, rgb: new Uint8Array(2400).fill(9) };
    for (const photo of [halves, halves, flat, other, halves]) {
      const kept = await masksFromRun(scene, photo, own, { cache });
      const fresh = await masksFromRun(scene, photo, own);
      expect(kept.labels).toEqual(fresh.labels);
    }
  });

  test('are told before they begin, and without a reach there are none', async () => {
    const seen: string[] = [];
    const onProgress: NonNullable<Parameters<typeof masksFromRun>[3]>['onProgress'] = (p) =>
      void seen.push(p.stage === 'edges' ? `edges ${p.done}/${p.total}` : p.stage);
    await masksFromRun(scene, halves, own, { onProgress });
    expect(seen).toEqual(['maps', 'edges 0/1']);
    const none = await masksFromRun(scene, halves, { ...own, pamrReach: [] });
    expect(none.labels).toEqual(
      (await masksFromRun(scene, halves, { ...own, pamr: false })).labels,
    );
  });
});

describe('the CRF', () => {
  const solver = () => localCrfSolver(createTypescriptCrf);

  test('is asked with the image, and its Q decides', async () => {
    const crf = solver();
    const seen: string[] = [];
    const result = await masks(
      [{ id: 1, map: corner }],
      { crf: true, crfIterations: 3, blur: 0.05 },
      {
        crf,
        onProgress: (p) => seen.push(p.stage === 'crf' ? `crf ${p.done}/${p.total}` : p.stage),
      },
    );
    expect(seen).toEqual(['maps', 'crf 0/3', 'crf 1/3', 'crf 2/3', 'crf 3/3']);
    const q = result.probabilities ?? new Float32Array(0);
    expect((q[0] as number) + (q[900] as number)).toBeCloseTo(1, 5);
    crf.dispose();
  });

  test('keeps its lattices for the same image and parameters', async () => {
    let built = 0;
    const crf = localCrfSolver((image, parameters) => {
      built++;
      return createTypescriptCrf(image, parameters);
    });
    const photo = fakePhoto(60, 40);
    const one = fakeRun({
      rows: 3,
      columns: 3,
      width: 60,
      height: 40,
      classes: [{ id: 1, map: corner }],
    });
    const cache = createMaskCache();
    const own = { ...plain, crf: true, crfIterations: 1, workSide: 30 };
    const first = await masksFromRun(one, photo, own, { crf, cache });
    const again = await masksFromRun(one, photo, { ...own, threshold: 0.3 }, { crf, cache });
    expect([built, again.workWidth]).toEqual([1, 30]);
    await masksFromRun(one, photo, { ...own, crfBilateralRgb: 9 }, { crf, cache });
    expect(built).toBe(2);
    const exact = { ...own, crfBilateralRgb: 9, crfPrecision: 'exact' } as const;
    await masksFromRun(one, photo, exact, { crf, cache });
    expect(built).toBe(3);
    const repeated = await masksFromRun(one, photo, own, { crf, cache });
    expect(repeated.labels).toEqual(first.labels);
    crf.dispose();
  });

  test.each([0, 20])('gives the same labels without planes (working side %i)', async (workSide) => {
    const crf = localCrfSolver(createWasmCrf);
    const cache = createMaskCache();
    const one = run([
      { id: 1, map: corner },
      { id: 2, map: opposite },
    ]);
    const own = { ...plain, crf: true, crfIterations: 3, blur: 0.05, workSide };
    for (const [round, threshold] of [0.1, 0.4, 0.2].entries()) {
      const photo = fakePhoto(30, 30, round);
      const options = { crf, cache, thresholds: { 2: threshold } };
      const whole = await masksFromRun(one, photo, own, options);
      const { scores, probabilities, ...facts } = whole;
      const lean = await masksFromRun(one, photo, own, { ...options, keepPlanes: false });
      expect(lean).toEqual({ ...facts, scores: new Float32Array(0), probabilities: null });
      // What was kept is the caller's: no later run writes into it.
      const copies = [scores.slice(), probabilities!.slice()];
      await masksFromRun(one, fakePhoto(30, 30, 99), own, { crf, cache, keepPlanes: false });
      expect([scores, probabilities]).toEqual(copies);
    }
    crf.dispose();
  });

  test('must be given when it is on', async () => {
    await expect(masks([{ id: 1, map: corner }], { crf: true })).rejects.toThrow(/CRF solver/);
  });

  test('stops between iterations with the reason of the signal, and works again after', async () => {
    const crf = solver();
    const controller = new AbortController();
    const reason = new Error('slider moved');
    let iterations = 0;
    const options = {
      crf,
      signal: controller.signal,
      onProgress: (progress: { stage: string }) => {
        if (progress.stage === 'crf' && ++iterations === 2) controller.abort(reason);
      },
    };
    const own = { crf: true, crfIterations: 30 };
    await expect(masks([{ id: 1, map: corner }], own, options)).rejects.toBe(reason);
    expect(iterations).toBe(2);
    const result = await masks([{ id: 1, map: corner }], { ...own, crfIterations: 1 }, { crf });
    expect(result.labels.length).toBe(900);
    crf.dispose();
  });
});

describe('inputs', () => {
  test('are left as they were, and the same call gives the same labels', async () => {
    const one = run([
      { id: 1, map: corner },
      { id: 2, map: opposite },
    ]);
    const photo = fakePhoto(30, 30);
    const before = structuredClone({ one, photo });
    const cache = createMaskCache();
    const first = await masksFromRun(one, photo, { ...plain, blur: 0.05 }, { cache });
    const second = await masksFromRun(one, photo, { ...plain, blur: 0.05 }, { cache });
    expect({ one, photo }).toEqual(before);
    expect(second.labels).toEqual(first.labels);
  });

  test('whose other classes keep their planes give the labels of a fresh start', async () => {
    const one = run([
      { id: 1, map: corner },
      { id: 2, map: Array.from({ length: corner.length }, (_, i) => i / (corner.length - 1)) },
    ]);
    const photo = fakePhoto(30, 30);
    const own = { ...plain, blur: 0.05 };
    const cache = createMaskCache({ planes: true });
    for (const threshold of [0.1, 0.4, 0.25, 0.1]) {
      const thresholds = { 2: threshold };
      const kept = await masksFromRun(one, photo, own, { cache, thresholds });
      const fresh = await masksFromRun(one, photo, own, { thresholds });
      expect(kept.scores).toEqual(fresh.scores);
      expect(kept.labels).toEqual(fresh.labels);
    }
    // One plane for the class at rest, three for the thresholds of the other.
    expect(cache.planes!.length).toBe(4);
  });

  test('of another image are refused', async () => {
    const one = run([{ id: 1, map: corner }]);
    await expect(masksFromRun(one, fakePhoto(31, 30), plain)).rejects.toThrow(
      /run's image of 30x30 RGB pixels, found 31x30/,
    );
  });

  test('can be sent to another process as they are', async () => {
    const one = run([{ id: 1, map: corner }]);
    const photo = fakePhoto(30, 30);
    const here = await masksFromRun(one, photo, plain);
    const there = await masksFromRun(structuredClone(one), photo, plain);
    expect(there.labels).toEqual(here.labels);
  });
});

describe('bicubic upsampling', () => {
  test('stays between 0 and 1 and near the bilinear result', async () => {
    const classes = [{ id: 1, map: [0, 1, 0, 2, 9, 3, 0, 4, 0] }];
    const cubic = await masks(classes, { upsampling: 'bicubic' });
    const linear = await masks(classes);
    expect(Math.min(...cubic.scores)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...cubic.scores)).toBeLessThanOrEqual(1);
    const overlap = cubic.labels.reduce(
      (sum, label, at) => sum + Number(label === linear.labels[at]),
      0,
    );
    expect(overlap / 900).toBeGreaterThan(0.8);
  });
});
