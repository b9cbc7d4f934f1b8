// Channels that are painted over others: each set decides by itself, and what the upper one leaves is the
// lower one's.
import { expect, test } from 'vitest';
import { argmaxPlanes, upsampledLabels } from '../../../../../../electron/inference/crf/labels.ts';
import { channelFigures } from '../../../../../../electron/inference/pipeline/masks/confidence.ts';
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
    const request = { size, image, params, cache: createMaskCache(), options: {} };
    const won = await winnersOf({ ...top, under }, request);

    const ids = (made: EngineChannels) => (made.background ? [-1, ...made.painted] : made.painted);
    const labels = (made: EngineChannels, at: typeof size) =>
      [...upsampledLabels(made.planes, ids(made).length, size, at)].map((one) => ids(made)[one]!);
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
