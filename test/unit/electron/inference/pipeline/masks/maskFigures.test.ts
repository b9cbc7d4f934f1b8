// What is known of each class: when it is doubtful, absent or has no channel; and labels cleaned of small holes.
import { expect, it } from 'vitest';
import {
  describe as figuresOf,
  labelsOf,
  type Scene,
} from '../../../../../../electron/inference/pipeline/masks/maskFigures.ts';
import { resolveParams } from '../../../../../../electron/link/presets.ts';

const params = {
  ...resolveParams('default').masks,
  doubtMatch: 0.4,
  doubtMargin: 0.1,
  doubtCrfChange: 0.3,
  minRegion: 0,
  fillHoles: 0,
  growThings: 0,
  growStuff: 0,
};
interface Figures {
  readonly match: number | null;
  readonly margin: number;
  readonly change: number;
}
const classNamed = (id: number, match: number | null) =>
  ({ id, name: `class ${id}`, match }) as unknown as Scene['run']['classes'][number];
const sceneOf = (classes: Scene['run']['classes'], channelIds: number[], painted: number[]) =>
  ({
    run: { classes },
    channelIds,
    painted,
    params,
    options: {},
    cut: { patches: 2, kept: [1, 2], normalised: Float32Array.of(0, 1, 0.5, 0.5) },
  }) as unknown as Scene;

/** Channels beside which no other one is. */
const alone = (channels: number) => ({
  rival: new Int16Array(channels).fill(-1),
  rivalHeight: new Float64Array(channels),
});

/** One class with the left two of four pixels. */
function described({ match, margin, change }: Figures, refined = true, labels = [4, 4, 0, 0]) {
  const scene = sceneOf([classNamed(4, match)], [0, 4], [0]);
  const figures = {
    margin: Float64Array.of(9, margin),
    height: Float64Array.of(9, 0.7),
    change: Float64Array.of(9, change),
    ...alone(2),
  };
  return figuresOf(scene, Uint16Array.from(labels), 2, { figures, refined })[0]!;
}

const sure: Figures = { match: 0.4, margin: 0.1, change: 0.3 };

it('a class at every limit is sure; beyond any one of them it is doubtful', () => {
  expect(described(sure).doubtful).toBe(false);
  expect(described({ ...sure, match: null }).doubtful).toBe(false);
  for (const beyond of [{ match: 0.39 }, { match: 0 }, { margin: 0.09 }, { change: 0.31 }])
    expect(described({ ...sure, ...beyond }).doubtful).toBe(true);
});

it('without a CRF nothing was moved by one; without a pixel there is nothing to doubt', () => {
  expect(described({ ...sure, change: 0.31 }, false)).toMatchObject({
    crfChange: null,
    doubtful: false,
    margin: 0.1,
    height: 0.7,
  });
  expect(described({ ...sure, margin: 0 }, true, [0, 0, 0, 0])).toMatchObject({
    doubtful: false,
    area: 0,
    box: null,
  });
});

it('a class without a channel is absent, and has its own part of the maps', () => {
  const scene = sceneOf([classNamed(4, 0.4), classNamed(9, 0.1)], [0, 4], [0]);
  const figures = {
    margin: Float64Array.of(9, 0.2),
    height: Float64Array.of(9, 0.7),
    change: Float64Array.of(9, 0.2),
    rival: Int16Array.of(1, 0),
    rivalHeight: Float64Array.of(9, 0.5),
  };
  const [one, absent] = figuresOf(scene, Uint16Array.of(4, 4, 0, 0), 2, { figures, refined: true });
  expect(one).toMatchObject({
    absent: false,
    area: 2,
    box: [0, 0, 2, 1],
    rival: { id: 0, height: 0.5 },
    crfChange: 0.2,
    patchesKept: 1,
  });
  expect(absent).toMatchObject({
    absent: true,
    doubtful: false,
    margin: 0,
    height: 0,
    rival: null,
    crfChange: null,
    patchesKept: 2,
  });
  const filled = (histogram: readonly number[]) => histogram.filter((count) => count > 0);
  expect([filled(one!.histogram), filled(absent!.histogram)]).toEqual([[1, 1], [2]]);
});

it('channels become labels, behind the background where there is one', () => {
  const image = { width: 2, height: 1, rgb: new Uint8Array(6) };
  const labels = (channelIds: number[], channels: number[]) => [
    ...labelsOf(Uint8Array.from(channels), sceneOf([], channelIds, [0, 1]), image),
  ];
  expect(labels([0, 4, 9], [0, 2])).toEqual([0, 9]);
  expect(labels([4, 9], [0, 1])).toEqual([4, 9]);
  expect(labels([], [0, 0])).toEqual([0, 0]);
});

it('holes as large as the share of the image are filled, and regions below theirs go', () => {
  const image = { width: 5, height: 4, rgb: new Uint8Array(60) };
  const rows = ['11111', '10111', '11112', '11111'];
  const channels = Uint8Array.from(rows.join(''), Number);
  const cleaned = (more: object) => {
    const scene = sceneOf([], [0, 1, 2], [0, 1]);
    const labels = labelsOf(channels, { ...scene, params: { ...params, ...more } }, image);
    return [labels[6], labels[14]];
  };
  expect(cleaned({})).toEqual([0, 2]);
  expect(cleaned({ fillHoles: 0.049 })).toEqual([0, 2]);
  expect(cleaned({ fillHoles: 0.05 })).toEqual([1, 2]);
  expect(cleaned({ minRegion: 0.05 })).toEqual([0, 2]);
  expect(cleaned({ minRegion: 0.051 })).toEqual([0, 1]);
});

it('without a background the first channel is a class like any other', () => {
  const figures = {
    margin: Float64Array.of(0.2),
    height: Float64Array.of(0.7),
    change: Float64Array.of(0.2),
    ...alone(1),
  };
  const scene = sceneOf([classNamed(4, 0.4)], [4], [0]);
  const [one] = figuresOf(scene, Uint16Array.of(4, 4, 4, 4), 2, { figures, refined: true });
  expect(one).toMatchObject({ margin: 0.2, height: 0.7, rival: null, crfChange: 0.2, area: 4 });
});
