// Clicks from question to mask, over threads that a test answers for: what is sent, and what is kept for later.
import { describe, expect, test } from 'vitest';
import type { ClickStart } from '../../../../../electron/api/clicks/clicks.ts';
import type { OperationInput } from '../../../../../electron/link/operations.ts';
import {
  createClickService,
  type ClickThreads,
} from '../../../../../electron/inference/segment/clickService.ts';
import { maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';

const LOW = 4;
const CELLS = LOW * LOW;
type Asked = OperationInput<'segment.decode'>;

/** A mask of 8 x 8 pixels with a square of this side in the corner. */
const square = (side: number) =>
  maskFromBitmap(
    Uint8Array.from({ length: 64 }, (_, at) => Number(at % 8 < side && at >> 3 < side)),
    8,
    8,
  );

/** Two masks of a decode, told apart by their logits. */
const decoded = (mark: number) => ({
  logits: Float32Array.from({ length: 2 * CELLS }, (_, at) => (at < CELLS ? mark : mark + 0.5)),
  iou: Float32Array.of(0.9, 0.8),
});

function threadsOf({ there = true, mask = square(4) } = {}) {
  const asked: { task: string; input: never }[] = [];
  let [read, decodes] = [there, 0];
  const answers: Record<string, (input: never) => unknown> = {
    clickLook: () => ({ side: 8, low: LOW, preprocessing: {}, there: read }),
    clickRead: () => ((read = true), {}),
    clickDecode: () => (read ? decoded((decodes += 1)) : null),
    clickImage: () => ({ scaled: true }),
    clickStart: () => new Float32Array(CELLS).fill(9),
    clickMask: () => ({ mask, parts: 1 }),
  };
  const call = (task: string, input: never) => {
    asked.push({ task, input });
    return Promise.resolve(answers[task]!(input));
  };
  const threads = { session: call, pixels: call } as unknown as ClickThreads;
  const of = (task: string) => asked.filter((one) => one.task === task).map(({ input }) => input);
  return { threads, of, tasks: () => asked.map(({ task }) => task) };
}

const pack = { id: 'sam', folder: '/packs/sam' } as Asked['pack'];
const input = (more: Partial<Asked> = {}): Asked => ({
  pack,
  imagePath: '/a.jpg',
  imageHash: 'aa',
  crop: null,
  width: 8,
  height: 8,
  prompt: { points: [{ x: 2, y: 2, adds: true }], box: null },
  start: { kind: 'nothing' },
  cut: { cut: 0, specks: true, part: null },
  ...(more as object),
});
const first = (values: Float32Array | null) => (values === null ? null : values[0]);
const starts = (of: (task: string) => never[]) =>
  (of('clickDecode') as { masks: Float32Array | null }[]).map(({ masks }) => first(masks));

describe('an image', () => {
  const place = { pack, imagePath: '/a.jpg', imageHash: 'aa', crop: null, ahead: true };

  test('that the model knows is not read again', async () => {
    const { threads, tasks } = threadsOf();
    expect(await createClickService().read(place as never, threads)).toEqual({
      milliseconds: null,
    });
    expect(tasks()).toEqual(['clickLook']);
  });

  test('is read once, in the time that reading took', async () => {
    const { threads, tasks, of } = threadsOf({ there: false });
    const crop = { x: 1, y: 2, width: 3, height: 4 };
    const { milliseconds } = await createClickService().read({ ...place, crop } as never, threads);
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    expect(milliseconds).toBeLessThan(10_000);
    expect(tasks()).toEqual(['clickLook', 'clickImage', 'clickRead']);
    expect(of('clickRead')[0]).toMatchObject({ imageHash: 'aa', crop: '1,2,3,4', ahead: true });
  });

  test('that was dropped meanwhile is read for the click at hand', async () => {
    const { threads, tasks, of } = threadsOf({ there: false });
    const { choices } = await createClickService().decode(input(), threads);
    expect(choices.length).toBeGreaterThan(0);
    expect(tasks()).toEqual([
      ...['clickLook', 'clickDecode', 'clickLook', 'clickImage', 'clickRead'],
      ...['clickDecode', 'clickMask'],
    ]);
    expect(of('clickRead')[0]).toMatchObject({ crop: '', ahead: false });
  });
});

describe('a decode', () => {
  test('of one click that adds may mean a part: its best further mask stands first', async () => {
    const shown = async (more: Partial<Asked>) => {
      const { threads } = threadsOf();
      return (await createClickService().decode(input(more), threads)).choices[0]!.candidate;
    };
    const add = { x: 2, y: 2, adds: true };
    const points = (...all: (typeof add)[]) => ({ prompt: { points: all, box: null } });
    expect(await shown({})).toBe(1);
    expect(await shown(points(add, add))).toBe(0);
    expect(await shown(points({ ...add, adds: false }))).toBe(0);
    expect(await shown({ prompt: { points: [add], box: [0, 0, 4, 4] } })).toBe(0);
    expect(await shown({ prompt: { points: [], box: [0, 0, 4, 4] } })).toBe(0);
    expect(await shown({ start: { kind: 'mask', mask: square(4) } })).toBe(0);
  });

  test('starts from a choice of an earlier one in the same place, from the clicks alone else', async () => {
    const service = createClickService();
    const { threads, of } = threadsOf();
    const { decode, milliseconds } = await service.decode(input(), threads);
    expect(milliseconds).toBeLessThan(10_000);
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    const choice = (of: number): ClickStart => ({ kind: 'choice', decode: of, candidate: 1 });
    await service.decode(input({ start: choice(decode) }), threads);
    await service.decode(input({ start: choice(decode + 7) }), threads);
    const crop = { x: 0, y: 0, width: 4, height: 4 };
    await service.decode(input({ start: choice(decode), crop }), threads);
    expect(starts(of)).toEqual([null, 1.5, null, null]);
  });

  test('that starts from a drawn mask gets its box as well where it moved away', async () => {
    const boxes = async (found: number, more: Partial<Asked> = {}) => {
      const { threads, of } = threadsOf({ mask: square(found) });
      const start = { kind: 'mask', mask: square(4) } as const;
      await createClickService().decode(input({ start, ...more }), threads);
      expect(starts(of).every((one) => one === 9)).toBe(true);
      return (of('clickDecode') as { prompts: { box: object | null }[] }[]).map(
        ({ prompts }) => prompts[0]!.box !== null,
      );
    };
    expect(await boxes(4)).toEqual([false]);
    // 9 of 16 pixels are left of it, or 16 of 25.
    expect(await boxes(3)).toEqual([false, true]);
    expect(await boxes(5)).toEqual([false, true]);
    const prompt = { points: [{ x: 2, y: 2, adds: true }], box: [0, 0, 4, 4] as const };
    expect(await boxes(3, { prompt: prompt as never })).toEqual([true]);
  });

  test('of a drawn mask: seven tenths of it are enough', async () => {
    const half = (rows: number) =>
      maskFromBitmap(
        Uint8Array.from({ length: 100 }, (_, at) => Number(at < rows * 10)),
        10,
        10,
      );
    const { threads, of } = threadsOf({ mask: half(7) });
    const start = { kind: 'mask', mask: half(10) } as const;
    await createClickService().decode(input({ start, width: 10, height: 10 }), threads);
    expect(of('clickDecode')).toHaveLength(1);
  });
});

test('the last 24 decodes give masks with other cuts, older ones ask for another click', async () => {
  const service = createClickService();
  const { threads, of } = threadsOf();
  const decodes: number[] = [];
  for (let at = 0; at < 25; at++) decodes.push((await service.decode(input(), threads)).decode);
  expect(new Set(decodes).size).toBe(25);
  const cut = { cut: 1, specks: false, part: null };
  const mask = (decode: number) =>
    service.mask({ imagePath: '/a.jpg', decode, candidate: 1, cut }, threads);
  await expect(mask(decodes[0]!)).rejects.toThrow('Click again.');
  await mask(decodes[1]!);
  const last = of('clickMask').at(-1) as unknown as { logits: Float32Array; cut: object };
  expect([first(last.logits), last.cut]).toEqual([2.5, cut]);
});
