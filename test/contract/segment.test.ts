// Masks from clicks through the whole engine: a pack of random weights, the real inference process.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageId } from '../../electron/api/types.ts';
import type { Input } from '../../electron/api/methods.ts';
import { intersectionOverUnion } from '../../electron/masks/combine.ts';
import { area } from '../../electron/masks/rle.ts';
import { modelEngine, type ModelEngine } from '../helpers/drivers/modelEngine.ts';
import { installClickPack } from '../helpers/fixtures/clickPack.ts';

const CUT = { cut: 0, specks: false, part: null };
const at = (x: number, y: number, adds = true) => ({ x, y, adds });

const withPack = (bench: ModelEngine) => installClickPack(bench.packs);

describe('clicks', () => {
  let bench: ModelEngine;
  let imageId: ImageId;
  const asked = (more: Partial<Input<'segment.decode'>> = {}): Input<'segment.decode'> => ({
    imageId,
    crop: null,
    prompt: { points: [at(200, 150)], box: null },
    start: { kind: 'nothing' },
    cut: CUT,
    ...more,
  });

  beforeEach(async () => {
    bench = await modelEngine();
    imageId = (await bench.images()).get('picnic.jpg')!;
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.log(bench.logs.join('\n'));
    await bench.close();
  });

  it('without a model are refused with the way out', async () => {
    await expect(bench.call('segment.decode', asked())).rejects.toMatchObject({
      code: 'PACK_UNKNOWN',
      message: expect.stringMatching(/Get one in Models/),
    });
  });

  it('are answered with choices, each of which can be had, cut in another way, and started from', async () => {
    await withPack(bench);
    const { call } = bench;
    const first = await call('segment.decode', asked());
    // Read by the decode itself.
    expect(await call('segment.read', { imageId, crop: null, ahead: false })).toEqual({
      milliseconds: null,
    });
    expect(first.choices.length).toBeGreaterThan(1);
    // One click: the mask for clear prompts is not the first.
    expect(first.choices[0]?.candidate).toBeGreaterThan(0);
    const { image } = await call('image.open', { imageId });
    expect(first.mask).toMatchObject({ width: image.width, height: image.height });

    const { decode, choices } = first;
    const have = (candidate: number, cut: number) =>
      call('segment.mask', { imageId, decode, candidate, cut: { ...CUT, cut } });
    expect((await have(choices[0]!.candidate, 0)).mask).toEqual(first.mask);
    const other = await have(choices[1]!.candidate, 0);
    expect(intersectionOverUnion(other.mask, first.mask)).toBeLessThan(0.95);
    const loose = await have(choices[1]!.candidate, -4);
    expect(area(loose.mask)).toBeGreaterThanOrEqual(area(other.mask));

    const two = { points: [at(200, 150), at(40, 40, false)], box: null };
    const alone = await call('segment.decode', asked({ prompt: two }));
    const start = { kind: 'choice', decode, candidate: choices[1]!.candidate } as const;
    const onwards = await call('segment.decode', asked({ prompt: two, start }));
    expect(onwards.mask).not.toEqual(alone.mask);
    // The same question has the same answer.
    expect((await call('segment.decode', asked({ prompt: two, start }))).mask).toEqual(
      onwards.mask,
    );
  });

  it('may be on a part of the image, and nothing outside of it is marked', async () => {
    await withPack(bench);
    const whole = await bench.call('segment.decode', asked());
    const part = await bench.call('segment.decode', asked({ crop: [150, 100, 100, 100] }));
    expect(part.mask).not.toEqual(whole.mask);
    const box = { x: 150, y: 100, width: 100, height: 100 };
    const { mask } = part;
    let outside = 0;
    let position = 0;
    mask.counts.forEach((run, index) => {
      for (let pixel = position; index % 2 === 1 && pixel < position + run; pixel += 1) {
        const [x, y] = [Math.floor(pixel / mask.height), pixel % mask.height];
        if (x < box.x || y < box.y || x >= box.x + 100 || y >= box.y + 100) outside += 1;
      }
      position += run;
    });
    expect(outside).toBe(0);
  });

  it('are answered by a new process too, which knows no earlier mask', async () => {
    await withPack(bench);
    const { decode, choices, mask } = await bench.call('segment.decode', asked());
    await bench.call('device.restart', {});
    const question = { imageId, decode, candidate: choices[0]!.candidate, cut: CUT };
    await expect(bench.call('segment.mask', question)).rejects.toMatchObject({
      code: 'RUN_UNKNOWN',
    });
    const start = { kind: 'choice', decode, candidate: 1 } as const;
    expect((await bench.call('segment.decode', asked({ start }))).mask).toEqual(mask);
  });

  it('refuse the mask of another image', async () => {
    await withPack(bench);
    const mask = { width: 2, height: 2, counts: Uint32Array.of(1, 3) };
    await expect(
      bench.call('segment.decode', asked({ start: { kind: 'mask', mask } })),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('have a speed after the device test', async () => {
    await withPack(bench);
    const listed = async () =>
      (await bench.call('model.list', {})).packs.find(({ id }) => id === 'tiny');
    expect(await listed()).toMatchObject({ kind: 'segment', speedMs: null, clickMs: null });
    await bench.call('device.test', { provider: 'cpu' });
    const { speedMs, clickMs } = (await listed())!;
    expect(speedMs).toBeGreaterThan(0);
    expect(clickMs).toBeGreaterThan(0);
  });
});
