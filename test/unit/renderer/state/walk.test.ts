// Walking the list by keys: the ends of the list, and the next image that is open.
import { expect, it } from 'vitest';
import { imageHandlers } from '../../../../renderer/src/screens/label/images/imageCommands.ts';
import type { App } from '../../../../renderer/src/state/app.svelte.ts';
import { stepBy } from '../../../../renderer/src/state/walk.ts';
import { text } from '../../../../renderer/src/text/text.ts';

function bench(currentIndex: number, total = 5, next: number | null = 9) {
  const done: unknown[] = [];
  const app = {
    images: { currentIndex, total, filter: '', at: () => ({ id: 3 }) },
    document: {},
    openIndex: async (at: number) => void done.push(at),
    openImage: async (id: number, at: number) => void done.push([id, at]),
    toasts: { say: (said: string) => done.push(said), show: (said: string) => done.push(said) },
    session: {
      call: async (_method: string, input: { imageId: number; step: number }) => {
        done.push(input.step);
        return { imageId: next, index: 1 };
      },
    },
    attempt: (work: () => unknown) => work(),
  } as unknown as App;
  return { app, handlers: imageHandlers(app, () => undefined), done };
}

it.each([
  [2, 1, 3],
  [2, -1, 1],
  [0, -1, text.label.live.firstImage],
  [4, 1, text.label.live.lastImage],
  [1, -1, 0],
  [3, 1, 4],
])('from image %d by %d', async (from, by, expected) => {
  const { app, done } = bench(from);
  await stepBy(app, by);
  expect(done).toEqual([expected]);
});

it('of no images leads nowhere and says nothing', async () => {
  const { app, done } = bench(0, 0);
  await stepBy(app, 1);
  await stepBy(app, -1);
  expect(done).toEqual([]);
});

it('keys go to the neighbour, or to the next image that is not reviewed', async () => {
  const seen = async (key: 'next' | 'previous' | 'nextOpen' | 'previousOpen', next?: null) => {
    const { handlers, done } = bench(2, 5, next === null ? null : 9);
    handlers[`image.${key}`]!(true);
    await new Promise((resolve) => setTimeout(resolve));
    return done;
  };
  expect(await seen('next')).toEqual([3]);
  expect(await seen('previous')).toEqual([1]);
  expect(await seen('nextOpen')).toEqual([1, [9, 1]]);
  expect(await seen('previousOpen')).toEqual([-1, [9, 1]]);
  expect(await seen('nextOpen', null)).toEqual([1, text.label.live.allReviewed]);
});
