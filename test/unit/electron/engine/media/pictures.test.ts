// Pictures of lists: made once for all who wait, given up when nobody does, a few at a time, and behind
// what a person waits for.
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { EngineContext } from '../../../../../electron/engine/context.ts';
import { made, webp } from '../../../../../electron/engine/media/madePicture.ts';
import { createPictureQueue } from '../../../../../electron/engine/media/pictureQueue.ts';
import { imageFolder, openBench, removeBench } from '../../../../helpers/drivers/engineBench.ts';

const signal = () => new AbortController().signal;

describe('a picture in the making', () => {
  let context: EngineContext;
  let makings: { signal: AbortSignal; finish: () => void }[];
  const make = (_: string, wanted: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      wanted.addEventListener('abort', () => reject(wanted.reason as Error));
      makings.push({ signal: wanted, finish: resolve });
    });

  beforeEach(() => {
    makings = [];
    context = {
      cache: {
        pathOf: (key: string, extension: string) => `${key.padStart(40, '0')}${extension}`,
        find: async () => null,
        added: async () => {},
      },
    } as unknown as EngineContext;
  });

  test('goes on while one of those who asked still waits, and ends with the last', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const asked = [first, second].map(({ signal: own }) => made(context, webp('a'), own, make));
    await expect.poll(() => makings.length).toBe(1);
    first.abort();
    await expect(asked[0]).rejects.toMatchObject({ name: 'AbortError' });
    expect(makings[0]!.signal.aborted).toBe(false);
    second.abort();
    await expect(asked[1]).rejects.toMatchObject({ name: 'AbortError' });
    expect(makings[0]!.signal.aborted).toBe(true);
    // Asked for again, it is made anew.
    const again = made(context, webp('a'), signal(), make);
    await expect.poll(() => makings.length).toBe(2);
    makings[1]!.finish();
    expect(await again).toMatchObject({ kind: 'file', mime: 'image/webp' });
  });
});

describe('the queue of pictures', () => {
  test('works on a few, in order, and drops what is given up or waits too long', async () => {
    const queue = createPictureQueue({ atOnce: 2, most: 3 });
    const started: string[] = [];
    const finish = new Map<string, () => void>();
    const work = (name: string) => () =>
      new Promise<string>((resolve) => {
        started.push(name);
        finish.set(name, () => resolve(name));
      });
    const gone = new AbortController();
    const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      queue.run(work(name), name === 'd' ? gone.signal : signal()),
    );
    const ends = Promise.allSettled(all);
    expect(started).toEqual(['a', 'b']);
    gone.abort();
    finish.get('a')!();
    await expect.poll(() => started.length).toBe(3);
    for (const name of ['b', 'e', 'f']) {
      await expect.poll(() => finish.has(name)).toBe(true);
      finish.get(name)!();
    }
    expect((await ends).map((end) => (end.status === 'fulfilled' ? end.value : 'dropped'))).toEqual(
      [
        'a',
        'b',
        // The fourth that waited took the place of the one that had waited longest.
        'dropped',
        'dropped',
        'e',
        'f',
      ],
    );
    expect(started).toEqual(['a', 'b', 'e', 'f']);
  });
});

test('thumbnails wait behind what a person waits for; the image on the canvas does not', async () => {
  const folder = await imageFolder(1);
  const bench = await openBench(folder);
  onTestFinished(async () => {
    await bench.close();
    await removeBench(folder);
  });
  const request = vi
    .spyOn(bench.engine.context.link, 'request')
    .mockResolvedValue(undefined as never);
  const priorityOf = async (path: string) => {
    await bench.engine.media(path, signal());
    return request.mock.calls.at(-1)?.[2]?.priority ?? 'interactive';
  };
  const project = bench.engine.context.open.get().id;
  expect(await priorityOf(`thumb/${project}/1`)).toBe('batch');
  expect(await priorityOf(`scaled/${project}/1`)).toBe('interactive');
});
