// When an image is looked at in windows, and what is told of it.
import { expect, it } from 'vitest';
import { denseImage } from '../../../../../../electron/inference/engines/similarity/dense.ts';
import { naclip } from '../../../../../../electron/link/engines/naclip.ts';

type Model = Parameters<typeof denseImage>[0]['model'];

const { own } = naclip.presets.default;
/** Short sides stay as they are. */
const params = { ...own, shortSide: 100, windowSide: 60, windowStride: 30 };

async function looked(width: number, height: number, windows: 'auto' | 'on' | 'off') {
  const [sizes, told]: [string[], string[]] = [[], []];
  const model = {
    info: { patch: 10, mean: [0, 0, 0], std: [1, 1, 1] },
    densePatches: (_pixels: unknown, size: { width: number; height: number }) => {
      sizes.push(`${size.width}x${size.height}`);
      return Promise.resolve({ rows: 1, columns: 1, patches: Float32Array.of(1) });
    },
  } as unknown as Model;
  const image = { width, height, rgb: new Uint8Array(width * height * 3) };
  const call = { turn: () => Promise.resolve(), cancelled: () => false } as never;
  const found = await denseImage(
    { model },
    image,
    { ...params, windows },
    {
      call,
      onProgress: (progress) =>
        void told.push('pass' in progress ? `${progress.pass} of ${progress.passes}` : ''),
    },
  );
  expect(found.windows).toHaveLength(sizes.length);
  return { sizes, told };
}

it('only one whose long side is more than one and a half times the short one, lying or standing', async () => {
  expect((await looked(150, 100, 'auto')).sizes).toEqual(['150x100']);
  expect((await looked(100, 150, 'auto')).sizes).toEqual(['100x150']);
  expect((await looked(151, 100, 'auto')).sizes.length).toBeGreaterThan(1);
  expect((await looked(100, 151, 'auto')).sizes.length).toBeGreaterThan(1);
});

it('every one, or none, where a person says so', async () => {
  const cut = await looked(100, 100, 'on');
  expect(new Set(cut.sizes)).toEqual(new Set(['60x60']));
  expect([cut.told[0], cut.told.at(-1)]).toEqual(['1 of 9', '9 of 9']);
  expect((await looked(400, 100, 'off')).sizes).toEqual(['400x100']);
});
