// Engines on six images: one question at a time, figures of what is done, failures beside the rest.
import { expect, it } from 'vitest';
import type { EngineOffer } from '../../../../../../electron/api/model.ts';
import type { ImageId } from '../../../../../../electron/api/types.ts';
import { SixImages } from '../../../../../../renderer/src/screens/models/compare/six/sixImages.svelte.ts';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';

const IMAGES = 40;
const engines = ['a', 'b'].map((id) => ({ id }) as EngineOffer);
/** `set` pixels of ten, from the first. */
const mask = (set: number) => ({ width: 10, height: 1, counts: Uint32Array.of(0, set, 10 - set) });

function bench(fails: (imageId: number, engine: string) => boolean = () => false) {
  let atOnce = 0;
  const asked: string[] = [];
  const call = async (
    method: string,
    input: { cursor: number; imageId: number; params: { engine: string } },
    { signal }: { signal?: AbortSignal } = {},
  ) => {
    if (method === 'image.list') {
      const { cursor } = input;
      return { total: IMAGES, images: [{ id: cursor + 1, name: `${cursor}.png` }] };
    }
    const { imageId, params } = input;
    asked.push(`${imageId} ${params.engine}`);
    expect(++atOnce).toBe(1);
    await new Promise((resolve) => setTimeout(resolve));
    atOnce -= 1;
    signal?.throwIfAborted();
    if (fails(imageId, params.engine)) throw new Error('torn');
    const masks = [
      { categoryId: 1, mask: mask(params.engine === 'a' ? 8 : 4), doubtful: imageId === 4 },
    ];
    return { masks, absent: [], maps: [], milliseconds: imageId };
  };
  const app = {
    session: { categories: [{ id: 1 }], call },
    prelabel: { params: { engine: 'a' }, asked: [] },
  };
  const over = new AbortController();
  return { asked, over, six: new SixImages(app as unknown as App, over.signal) };
}

it('spreads over the project and asks each engine for each image, one at a time', async () => {
  const { six, asked } = bench();
  await six.run(engines);
  expect(six.problem).toBeNull();
  const ids = six.images.map(({ id }) => id as number);
  expect(ids).toEqual([4, 11, 17, 24, 31, 37]);
  expect(asked).toEqual(ids.flatMap((id) => [`${id} a`, `${id} b`]));
  expect(six.figures('a')).toEqual({
    images: 6,
    masks: 6,
    doubtful: 1,
    agreement: 0.5,
    milliseconds: ids.reduce((sum, id) => sum + id, 0) / 6,
  });
});

it('counts an image that failed in no figure, and says why in its place', async () => {
  const { six } = bench((imageId, engine) => imageId === 11 && engine === 'b');
  await six.run(engines);
  expect(six.figures('a').images).toBe(6);
  expect(six.figures('b').images).toBe(5);
  expect(six.cell('b', 11 as ImageId)?.problem).toEqual(new Error('torn'));
});

it('keeps what is done when it is stopped, and asks no more', async () => {
  const { six, asked, over } = bench(() => {
    if (asked.length === 3) over.abort();
    return false;
  });
  await six.run(engines);
  expect([six.running, six.problem]).toEqual([false, null]);
  expect(six.figures('a').images).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(asked).toHaveLength(3);
});
