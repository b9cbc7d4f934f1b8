// Reading ahead for clicks: only while the hand rests, since a click waits for the reading under way.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';
import { ClickReader } from '../../../../../../renderer/src/screens/label/segment/clickReader.svelte.ts';

const READING_MS = 900;

/** As much of the program as the reader looks at: image 1 of four, the segment tool in hand. */
function readerOf() {
  const read: [id: number, ahead: boolean][] = [];
  const tools = {
    id: 'segment',
    busy: false,
    clicks: { waiting: false },
    active: { tool: 'none' },
  };
  const app = {
    tools,
    document: { image: { id: 1, width: 100, height: 100 }, problem: null },
    session: {
      clickPack: { id: 'tiny', speedMs: null, clickMs: 200 },
      call: async (_: string, input: { imageId: number; ahead: boolean }) => {
        read.push([input.imageId, input.ahead]);
        return { milliseconds: READING_MS };
      },
    },
    images: { currentIndex: 0, at: (index: number) => [{ id: 1 }, { id: 2 }, { id: 3 }][index] },
    viewport: { pointer: null },
  };
  return { reader: new ClickReader(app as unknown as App), read, tools };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it('reads the open image at once, and a neighbour after a rest as long as a reading', async () => {
  const { reader, read } = readerOf();
  reader.follow();
  await pass(READING_MS - 1);
  expect(read).toEqual([[1, false]]);
  await pass(1);
  expect(read).toEqual([
    [1, false],
    [2, true],
  ]);
  // Every neighbour has a rest of its own.
  await pass(READING_MS);
  expect(read.at(-1)).toEqual([3, true]);
});

it('waits while the pointer moves, and while clicks are being answered', async () => {
  const { reader, read, tools } = readerOf();
  reader.follow();
  for (let at = 0; at < 20; at++) {
    await pass(READING_MS / 3);
    reader.point({ x: at, y: at });
  }
  expect(read).toEqual([[1, false]]);
  tools.clicks.waiting = true;
  await pass(5 * READING_MS);
  expect(read).toEqual([[1, false]]);
  tools.clicks.waiting = false;
  await pass(2 * READING_MS);
  expect(read[1]).toEqual([2, true]);
});
