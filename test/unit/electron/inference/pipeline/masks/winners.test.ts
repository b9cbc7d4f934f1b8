// Channels that are painted over others: each set decides by itself, and what the upper one leaves is the
// lower one's.
import { expect, test } from 'vitest';
import { argmaxPlanes, upsampledLabels } from '../../../../../../electron/inference/crf/labels.ts';
import {
  channelFigures,
  highestChannels,
} from '../../../../../../electron/inference/pipeline/masks/figures/confidence.ts';
import { rivalsOf } from '../../../../../../electron/inference/pipeline/masks/figures/rivals.ts';
import { winnersOf } from '../../../../../../electron/inference/pipeline/masks/winners.ts';
import type { EngineChannels } from '../../../../../../electron/inference/pipeline/planes/engineChannels.ts';
import { createMaskCache } from '../../../../../../electron/inference/pipeline/planes/maskCache.ts';
import { resolveParams } from '../../../../../../electron/link/presets.ts';
import { randomFrom } from '../../../../../helpers/fixtures/random.ts';

const params = { ...resolveParams('default').masks, crf: false, pamr: false };
const size = { width: 6, height: 5 };
const pixels = size.width * size.height;

function channels(painted: number[], background: boolean, random: () => number): EngineChannels {
  const count = painted.length + Number(background);
  const planes = Float32Array.from({ length: count * pixels }, random);
  return { planes, painted, background, kind: 'probabilities' };
}

test.each([
  ['a background', true, 6],
  ['no background', false, 6],
  ['a background, on a larger image', true, 13],
])('things stay on top of stuff with %s', async (_what, background, width) => {
  for (let seed = 0; seed < 40; seed++) {
    const random = randomFrom(seed);
    const under = channels([2, 5, 7], background, random);
    const top = channels([0, 3], true, random);
    const image = { width, height: Math.round((width * 5) / 6), rgb: new Uint8Array() };
    const options = { findsRivals: true };
    const request = { size, image, params, cache: createMaskCache(), options };
    const won = await winnersOf({ ...top, under }, request);

    const ids = (made: EngineChannels) => (made.background ? [-1, ...made.painted] : made.painted);
    const labels = (made: EngineChannels, at: typeof size) =>
      [...upsampledLabels(made.planes, size, at)].map((one) => ids(made)[one]!);
    const [over, beneath] = [labels(top, image), labels(under, image)];
    const expected = over.map((label, at) => (label === -1 ? beneath[at]! : label));
    const all = [-1, ...won.painted];
    expect([...won.full].map((one) => all[one])).toEqual(expected);
    // Figures are those of each set among its own, at pixels where it is seen.
    const winners = argmaxPlanes(top.planes, 3);
    const own = channelFigures(
      under.planes,
      ids(under).length,
      argmaxPlanes(under.planes, ids(under).length),
      winners,
    );
    expect([...won.figures.margin].slice(3)).toEqual([...own.margin].slice(Number(background)));
    expect([...won.figures.margin].slice(1, 3)).toEqual(
      [...channelFigures(top.planes, 3, winners).margin].slice(1),
    );
    expect(won.planes).toHaveLength(6 * pixels);
    // So are the rivals, under the channels that both together have.
    const skipped = Number(background);
    const beneathOnes = rivalsOf(under.planes, ids(under).length, {
      winners: argmaxPlanes(under.planes, ids(under).length),
      hidden: winners,
    });
    const moved = [...beneathOnes.rival].map((one) =>
      one < skipped ? Math.min(one, 0) : one + 3 - skipped,
    );
    expect([...won.figures.rival].slice(3)).toEqual(moved.slice(skipped));
    const above = rivalsOf(top.planes, 3, { winners, hidden: null });
    expect([...won.figures.rival].slice(1, 3)).toEqual([...above.rival].slice(1));
    expect([...won.figures.rivalHeight].slice(1)).toEqual([
      ...[...above.rivalHeight].slice(1),
      ...[...beneathOnes.rivalHeight].slice(skipped),
    ]);
  }
});

test('what is hidden does not count in figures', () => {
  const planes = Float32Array.from([0.9, 0.2, 0.1, 0.6]);
  const winners = Uint8Array.from([0, 1]);
  expect([...channelFigures(planes, 2, winners).margin]).toEqual([
    expect.closeTo(0.8, 6),
    expect.closeTo(0.4, 6),
  ]);
  const hidden = Uint8Array.from([0, 3]);
  expect([...channelFigures(planes, 2, winners, hidden).margin]).toEqual([
    expect.closeTo(0.8, 6),
    0,
  ]);
});

test('a channel with nothing beside it has no rival; one that the CRF gave away is its winner’s', () => {
  // The second wins a pixel at which the first is highest: there the first is its rival, and no lead is below 0.
  const planes = Float32Array.from([0.9, 0.8, 0, 0, 0.3, 0.5]);
  const winners = Uint8Array.from([0, 1]);
  const { rival, rivalHeight } = rivalsOf(planes, 3, { winners, hidden: null });
  expect([...rival]).toEqual([2, 0, -1]);
  expect([...rivalHeight]).toEqual([expect.closeTo(0.3, 6), expect.closeTo(0.8, 6), 0]);
});

test.each([1, 2, 5])('figures of %i channels are those of each pixel by itself', (channels) => {
  // More than one block of pixels, heights of which many are equal, and winners of which some are not the highest.
  const many = 5000;
  const random = randomFrom(channels);
  const tenths = () => Math.floor(random() * 10) / 10;
  const heights = Float32Array.from({ length: channels * many }, tenths);
  const highest = argmaxPlanes(heights, channels);
  const winners = highest.map((one) => (random() < 0.9 ? one : Math.floor(random() * channels)));
  const hides = Uint8Array.from({ length: many }, () => Number(random() < 0.3));
  const of = (channel: number, at: number) => heights[channel * many + at]!;
  const expected = Array.from({ length: channels }, (_, channel) => {
    const seen = [...winners.keys()].filter((at) => hides[at] === 0);
    const won = seen.filter((at) => winners[at] === channel);
    const best = seen.filter((at) => highest[at] === channel);
    const both = won.filter((at) => highest[at] === channel).length;
    const rival = (at: number) =>
      Math.max(
        0,
        ...[...Array(channels).keys()].filter((c) => c !== channel).map((c) => of(c, at)),
      );
    const mean = (value: (at: number) => number) =>
      won.reduce((sum, at) => sum + value(at), 0) / Math.max(1, won.length);
    return [
      Math.max(
        0,
        mean((at) => of(channel, at) - rival(at)),
      ),
      mean((at) => of(channel, at)),
      1 - both / (won.length + best.length - both),
    ];
  });
  const found = channelFigures(heights, channels, winners, hides);
  const { margin, height, change } = found;
  expected.forEach((figures, channel) =>
    [margin, height, change].forEach((found, at) =>
      expect(found[channel]).toBeCloseTo(figures[at]!, 9),
    ),
  );
  const next = rivalsOf(heights, channels, { winners, hidden: hides });
  // The rival of a channel is the highest of the others over its pixels.
  for (let channel = 0; channel < channels; channel++) {
    const own = [...winners.keys()].filter((at) => hides[at] === 0 && winners[at] === channel);
    const means = [...Array(channels).keys()].map((c) =>
      c === channel ? 0 : own.reduce((sum, at) => sum + of(c, at), 0) / own.length,
    );
    const most = Math.max(...means);
    expect(next.rivalHeight[channel]).toBeCloseTo(most, 9);
    expect(next.rival[channel]).toBe(most === 0 ? -1 : means.indexOf(most));
  }
  const open = highestChannels(heights, channels, many, hides);
  expect(open.winners).toEqual(highest);
  expect(open.figures).toEqual(channelFigures(heights, channels, highest, hides));
});
