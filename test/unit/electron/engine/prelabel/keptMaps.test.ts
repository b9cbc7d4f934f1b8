// What fails while masks are made from kept maps, and whether the maps are to blame.
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { openCache } from '../../../../../electron/engine/files/cacheFolder.ts';
import type { InferenceLink } from '../../../../../electron/engine/inferenceLink/link.ts';
import { mapsKey, orderOf, type Order } from '../../../../../electron/engine/order/order.ts';
import { RUN_EXTENSION, workKept } from '../../../../../electron/engine/prelabel/keptMaps.ts';
import { checkedParams } from '../../../../../electron/engine/prelabel/params.ts';
import type { PackChoice } from '../../../../../electron/link/facts.ts';
import type { OperationInput } from '../../../../../electron/link/operations.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const PACK: PackChoice = { id: 'p', folder: '/p', provider: 'cpu', threads: 0, precision: 'f32' };
const IMAGE = { path: '/images/a.png', hash: 'a' };
const MADE = { facts: {}, masks: [] };

/** An order whose edges a click model draws. */
function refinedOrder(): Order {
  const classes = [
    { categoryId: 1 as CategoryId, name: 'fox', prompt: '', synonyms: [], threshold: null },
  ];
  const order = orderOf(
    [],
    { classes, thresholds: {}, draft: false },
    {
      packs: { explain: PACK, judge: null, hash: 'models' },
      params: checkedParams({ preset: 'default', overrides: {} }),
    },
  );
  const refine = { pack: PACK, imageHash: IMAGE.hash, classes: [1 as CategoryId], outlines: [] };
  return { ...order, mask: { ...order.mask, refine } };
}

/** An image with kept maps, and an inference process that says `fails` of masks that are made from them. */
async function bench(fails: (refine: boolean) => AppError | null) {
  const folder = await temporaryFolder();
  const order = refinedOrder();
  const cache = openCache(folder.path, 1e6);
  const key = mapsKey(IMAGE.hash, order.packs.hash, order.classes, order.params);
  const file = await cache.write(key, RUN_EXTENSION, new Uint8Array([1]));
  const asked: string[] = [];
  const request = (operation: string, input: unknown) => {
    asked.push(operation);
    if (operation === 'prelabel.run') return Promise.resolve(MADE);
    const { options } = input as OperationInput<'prelabel.reapply'>;
    const error = fails(options.refine !== undefined);
    return error ? Promise.reject(error) : Promise.resolve(MADE);
  };
  const link = { request } as unknown as Pick<InferenceLink, 'request'>;
  const work = (signal?: AbortSignal) =>
    workKept({ link, cache, log: () => undefined }, order, IMAGE, { signal });
  return {
    asked,
    work,
    mapsAreKept: () => existsSync(file),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

it.each([
  ['the click model is gone', 'PACK_UNKNOWN'],
  ['the device fails', 'DEVICE_FAILED'],
  ['the process ends', 'INFERENCE_EXITED'],
  ['the image is out of reach', 'IMAGE_MISSING'],
] as const)('maps stay where %s', async (_what, code) => {
  const error = new AppError(code, 'no');
  await using one = await bench(() => error);
  await expect(one.work()).rejects.toBe(error);
  expect(one.mapsAreKept()).toBe(true);
  expect(one.asked).not.toContain('prelabel.run');
});

it('maps stay where only their new edges fail without a known reason', async () => {
  const error = new AppError('INTERNAL', 'no');
  await using one = await bench((refine) => (refine ? error : null));
  await expect(one.work()).rejects.toBe(error);
  expect(one.mapsAreKept()).toBe(true);
});

it.each(['RUN_UNKNOWN', 'INTERNAL'] as const)(
  'maps that fail with %s by themselves are made anew',
  async (code) => {
    await using one = await bench(() => new AppError(code, 'no'));
    await expect(one.work()).resolves.toMatchObject(MADE);
    expect(one.mapsAreKept()).toBe(false);
    expect(one.asked.at(-1)).toBe('prelabel.run');
  },
);

it('maps stay where the work is called off', async () => {
  const stop = new AbortController();
  await using one = await bench(() => {
    stop.abort();
    return new AppError('RUN_UNKNOWN', 'no');
  });
  await expect(one.work(stop.signal)).rejects.toThrow('no');
  expect(one.mapsAreKept()).toBe(true);
});
