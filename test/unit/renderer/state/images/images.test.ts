// The image list: answers that were overtaken are dropped, and nobody takes the list for empty meanwhile.
import { describe, expect, it } from 'vitest';
import { Images } from '../../../../../renderer/src/state/images/images.svelte.ts';
import type { Session } from '../../../../../renderer/src/state/session/session.svelte.ts';

interface Asked {
  answer(total: number, firstId?: number): void;
}

function bench() {
  const asked: Asked[] = [];
  const session = {
    on: () => undefined,
    call: () =>
      new Promise((resolve) => {
        asked.push({
          answer: (total, firstId = 1) =>
            resolve({
              total,
              images: Array.from({ length: total }, (_, index) => ({ id: index + firstId })),
            }),
        });
      }),
  };
  return { asked, images: new Images(session as unknown as Session) };
}

describe('the image list', () => {
  it('is there for the first who asked when a second question overtook the first', async () => {
    const { asked, images } = bench();
    let seen = -1;
    const first = images.refresh().then(() => (seen = images.total));
    const second = images.refresh();
    asked[0]!.answer(3);
    await new Promise((resolve) => setTimeout(resolve));
    expect(seen).toBe(-1);
    asked[1]!.answer(8);
    await Promise.all([first, second]);
    expect(seen).toBe(8);
    expect(images.at(7)).toMatchObject({ id: 8 });
  });

  it('keeps the newest answer, whichever comes last', async () => {
    const { asked, images } = bench();
    const both = Promise.all([images.refresh(), images.refresh()]);
    asked[1]!.answer(8);
    asked[0]!.answer(3);
    await both;
    expect(images.total).toBe(8);
  });

  it('stays at its image when others came before it', async () => {
    const { asked, images } = bench();
    const first = images.refresh();
    asked[0]!.answer(3, 10);
    await first;
    images.currentIndex = 1;
    const second = images.refresh();
    asked[1]!.answer(4, 9);
    await second;
    expect(images.at(images.currentIndex)).toMatchObject({ id: 11 });
  });
});
