// Which pictures are fetched ahead, and that nobody waits for them.
import { describe, expect, it, vi } from 'vitest';
import type { ImageRecord, ProjectId } from '../../../../../electron/api/types.ts';
import { SCALED_SIDE } from '../../../../../electron/api/rules/tiles.ts';
import { firstPictures, PicturesAhead } from '../../../../../renderer/src/state/view/ahead.ts';

vi.stubGlobal('window', {});

const image = (id: number, more: Partial<ImageRecord> = {}) =>
  ({ id, width: 640, height: 480, problem: null, ...more }) as ImageRecord;

describe('pictures ahead', () => {
  it('are those that an image shows first, where it can be shown', () => {
    const images = [
      image(2),
      image(3, { width: 6000 }),
      image(4, { width: 0 }),
      image(5, { problem: { code: 'IMAGE_DAMAGED', message: 'torn', data: null } }),
      null,
    ];
    expect(firstPictures('p' as ProjectId, images)).toEqual([
      '/media/image/p/2',
      '/media/scaled/p/3',
    ]);
  });

  it('come one after the other, once, and are given up when others are wanted', async () => {
    const begun: string[] = [];
    const given: string[] = [];
    const ends = new Map<string, () => void>();
    const ahead = new PicturesAhead(
      (url, signal) =>
        new Promise((done, fail) => {
          begun.push(url);
          ends.set(url, done);
          signal.addEventListener('abort', () => {
            given.push(url);
            fail(signal.reason as Error);
          });
        }),
    );
    const first = ahead.want(['a', 'b']);
    void ahead.want(['a', 'b']);
    expect(begun).toEqual(['a']);
    ends.get('a')!();
    await Promise.resolve();
    await Promise.resolve();
    expect(begun).toEqual(['a', 'b']);
    const second = ahead.want(['a', 'c']);
    await first;
    expect(given).toContain('b');
    // What is here already is not fetched again.
    expect(begun).toEqual(['a', 'b', 'c']);
    ends.get('c')!();
    await second;
  });

  it('up to the size of a scaled picture are shown as they are, of larger ones the scaled picture', () => {
    const of = (width: number, height: number) =>
      firstPictures('p' as ProjectId, [image(1, { width, height })]);
    expect(of(SCALED_SIDE, 10)).toEqual(['/media/image/p/1']);
    expect(of(10, SCALED_SIDE + 1)).toEqual(['/media/scaled/p/1']);
  });

  it('are remembered, the 24 fetched last', async () => {
    const begun: string[] = [];
    const ahead = new PicturesAhead(async (url) => void begun.push(url));
    const urls = Array.from({ length: 25 }, (_, at) => `u${at}`);
    for (const url of urls.slice(0, 24)) await ahead.want([url]);
    await ahead.want(['u0', 'u24']);
    await ahead.want(['u1', 'u24']);
    await ahead.want(['u0']);
    expect(begun).toEqual([...urls, 'u0']);
  });

  it('go on after one that cannot be had', async () => {
    const begun: string[] = [];
    const ahead = new PicturesAhead(async (url) => {
      begun.push(url);
      if (url === 'a') throw new Error('gone');
    });
    await ahead.want(['a', 'b']);
    expect(begun).toEqual(['a', 'b']);
  });
});
