// What is kept of images that were read: bounded by bytes, and never taken from under a click.
import { expect, test } from 'vitest';
import { createShelf } from '../../../../../electron/inference/shelf/shelf.ts';
import type { PackManifest } from '../../../../../models/packs/manifest.ts';
import { createClicks } from '../../../../../electron/inference/segment/clicks.ts';
import type { OrtSegmentModel } from '../../../../../electron/inference/segment/segmentModel.ts';

const PACK = { id: 'p', folder: '/p', provider: 'cpu', threads: 0, precision: 'f32' } as const;
const PREPROCESSING: PackManifest['preprocessing'] = {
  mean: [0, 0, 0],
  std: [1, 1, 1],
  resize: 'bilinear',
};
/** Bytes of one embedding of the model below. */
const BYTES = 400;

function clicksWith(maxBytes: number) {
  const read: string[] = [];
  let disposed = 0;
  const model: OrtSegmentModel = {
    info: {
      packHash: 'h',
      side: 2,
      low: 4,
      masks: 4,
      preprocessing: PREPROCESSING,
      provider: 'cpu',
    },
    failures: [],
    encode: async (pixels) => {
      read.push(String(Math.round(pixels[0]! * 255)));
      return new Float32Array(BYTES / 4).fill(pixels[0]!);
    },
    decode: async (embedding) => ({
      logits: embedding.slice(0, 1),
      iou: Float32Array.of(1),
    }),
    endProfiles: () => undefined,
    dispose: async () => void (disposed += 1),
  };
  const models = createShelf<{ segment: OrtSegmentModel }>();
  const vectors = createShelf<{ segment: Float32Array }>(maxBytes);
  const clicks = createClicks({
    clicks: () =>
      models.borrow({ role: 'segment', key: 'one', bytes: 0 }, async () => ({
        value: model,
        bytes: 1,
        dispose: () => model.dispose(),
      })),
    embedding: (key, make) =>
      vectors.borrow({ role: 'segment', key, bytes: 0 }, async () => {
        const value = await make();
        return { value, bytes: value.byteLength, dispose: () => undefined };
      }),
  });
  const clear = async () => {
    await clicks.letGo();
    await vectors.clear();
    await models.clear();
  };
  const key = (name: number, crop = '') => ({ pack: PACK, imageHash: String(name), crop });
  const image = (name: number) => ({
    frame: { side: 2, width: 1, height: 1 },
    width: 1,
    height: 1,
    rgb: Uint8Array.of(name, 0, 0),
  });
  return {
    clicks,
    clear,
    disposed: () => disposed,
    read,
    see: (name: number, ahead = false, crop = '') =>
      clicks.read(key(name, crop), image(name), ahead),
    click: (name: number, crop = '') => clicks.decode(key(name, crop), [], null),
    there: async (name: number, crop = '') => (await clicks.look(key(name, crop))).there,
  };
}

test('an image is read once, and a click before that is told so', async () => {
  const { see, click, there, read } = clicksWith(10 * BYTES);
  expect(await click(1)).toBeNull();
  await see(1);
  await see(1);
  expect(read).toEqual(['1']);
  expect(await there(1)).toBe(true);
  expect((await click(1))?.logits[0]).toBeCloseTo(1 / 255);
  // The same file, another part of it.
  expect(await there(1, '0,0,5,5')).toBe(false);
});

test('images read ahead stay within the bytes; the one at hand and its crop are never let go of', async () => {
  const { see, there } = clicksWith(3 * BYTES);
  await see(1);
  await see(1, false, '0,0,5,5');
  for (const name of [2, 3, 4, 5]) await see(name, true);
  const kept = [];
  for (const name of [1, 2, 3, 4, 5]) if (await there(name)) kept.push(name);
  expect(kept).toEqual([1, 5]);
  expect(await there(1, '0,0,5,5')).toBe(true);
});

test('the next image at hand frees the one before', async () => {
  const { see, there } = clicksWith(BYTES);
  await see(1);
  await see(2);
  expect([await there(1), await there(2)]).toEqual([false, true]);
});

test('a click makes its image the one at hand', async () => {
  const { see, click, there } = clicksWith(2 * BYTES);
  await see(1);
  await see(2, true);
  await click(2);
  await see(3, true);
  expect([await there(1), await there(2), await there(3)]).toEqual([false, true, true]);
});

test('a failure while reading keeps nothing, and everything goes with clear', async () => {
  const { see, there, clicks, clear, disposed } = clicksWith(5 * BYTES);
  await expect(
    clicks.read(
      { pack: PACK, imageHash: '9', crop: '' },
      { rgb: Uint8Array.of(1) } as never,
      false,
    ),
  ).rejects.toThrow();
  expect(await there(9)).toBe(false);
  await see(1);
  await clear();
  expect(disposed()).toBe(1);
  expect(await there(1)).toBe(false);
});
