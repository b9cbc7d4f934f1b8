// Which tiles are fetched, in what order, and what is let go of.
import { describe, expect, it } from 'vitest';
import { Tiles } from '../../../../../renderer/src/state/view/tiles.svelte.ts';

const IMAGE = { width: 12_000, height: 12_000 };
const STAGE = { width: 2000, height: 1000 };

/** Fetches that end when the test says so. */
function bench() {
  const asked: string[] = [];
  const closed: string[] = [];
  const open = new Map<string, (error?: Error) => void>();
  const tiles = new Tiles(
    (url, signal) =>
      new Promise((resolve, reject) => {
        asked.push(url);
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        open.set(url, (error) =>
          error
            ? reject(error)
            : resolve({ width: 1024, close: () => closed.push(url) } as unknown as ImageBitmap),
        );
      }),
  );
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (url: string, error?: Error) => {
    open.get(url)!(error);
    await settled();
  };
  return {
    tiles,
    asked,
    closed,
    end,
    /** Ends every fetch until there are none. */
    async endAll() {
      for (let seen = 0; seen < asked.length; seen += 1) await end(asked[seen]!);
    },
    settled,
  };
}

describe('tiles in view', () => {
  it('are fetched from the middle, four at once, and shown as they come', async () => {
    const { tiles, asked, end } = bench();
    tiles.open('t', IMAGE);
    // Tiles 0-2 by 0-1 at 100 %; the middle of the window is in tile 0-1 near 0-0.
    tiles.want({ scale: 1, x: 0, y: 0 }, { width: 2500, height: 2000 }, 1);
    expect(asked).toEqual(['t/0-1-0', 't/0-1-1', 't/0-0-0', 't/0-0-1']);
    await end('t/0-1-1');
    expect([...tiles.ready.keys()]).toEqual(['0-1-1']);
    expect(asked.slice(4)).toEqual(['t/0-2-0']);
  });

  it('are not asked for while the scaled copy is fine enough', () => {
    const { tiles, asked } = bench();
    tiles.open('t', IMAGE);
    tiles.want({ scale: 0.15, x: 0, y: 0 }, STAGE, 1);
    expect(asked).toEqual([]);
    tiles.want({ scale: 0.15, x: 0, y: 0 }, STAGE, 2);
    expect(asked.every((url) => url.startsWith('t/1-'))).toBe(true);
    expect(asked.length).toBe(4);
  });

  it('are given up when the view moves on', async () => {
    const { tiles, asked, end, settled } = bench();
    tiles.open('t', IMAGE);
    tiles.want({ scale: 1, x: 0, y: 0 }, { width: 500, height: 500 }, 1);
    tiles.want({ scale: 1, x: -8000, y: -8000 }, { width: 100, height: 100 }, 1);
    await settled();
    expect(asked).toEqual(['t/0-0-0', 't/0-7-7']);
    await end('t/0-7-7');
    expect([...tiles.ready.keys()]).toEqual(['0-7-7']);
  });

  it('that cannot be had are asked for once', async () => {
    const { tiles, asked, end } = bench();
    tiles.open('t', IMAGE);
    const view = { scale: 1, x: 0, y: 0 };
    tiles.want(view, { width: 100, height: 100 }, 1);
    await end('t/0-0-0', new Error('404'));
    tiles.want(view, { width: 100, height: 100 }, 1);
    expect(asked).toEqual(['t/0-0-0']);
    expect(tiles.ready.size).toBe(0);
  });

  it('stay few on a walk over the image, those in view always among them', async () => {
    const { tiles, asked, closed, endAll } = bench();
    tiles.open('t', IMAGE);
    for (let row = 0; row < 11; row += 1)
      for (let column = 0; column < 11; column += 1) {
        tiles.want({ scale: 1, x: -column * 1024, y: -row * 1024 }, { width: 9, height: 9 }, 1);
        await endAll();
        expect(tiles.ready.has(`0-${column}-${row}`)).toBe(true);
      }
    expect(tiles.ready.size).toBe(25);
    expect(closed.length).toBe(new Set(asked).size - 25);
    tiles.close();
    expect(closed.length).toBe(new Set(asked).size);
    expect(tiles.ready.size).toBe(0);
  });
});
