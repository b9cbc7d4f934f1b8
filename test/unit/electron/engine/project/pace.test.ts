// How fast a person gets on: time between steps, pauses left out, only reviewed images.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImageId } from '../../../../../electron/api/types.ts';
import { PAUSE_MS } from '../../../../../electron/engine/project/pace.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  additionOf,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

describe('pace', () => {
  const [FIRST, SECOND, THIRD] = [1, 2, 3] as ImageId[] as [ImageId, ImageId, ImageId];
  let folder: string;
  let bench: Bench;
  let steps = 0;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    folder = await imageFolder(3);
    bench = await openBench(folder);
    await bench.call('category.add', { names: ['cup'] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await bench.close();
    await removeBench(folder);
  });

  const paceOf = (filter = {}) => bench.call('project.pace', { filter });
  /** One object drawn at that second. */
  async function draw(imageId: ImageId, second: number, clientId = 'one'): Promise<void> {
    vi.setSystemTime(Date.UTC(2026, 0, 1) + second * 1000);
    const after = annotationWith(`a${++steps}`, 1, rectangle(1, 1, 2, 2));
    const transaction = additionOf(`t${steps}`, imageId, after);
    const { revision } = await bench.call('project.summary', {});
    await bench.call('doc.commit', { transaction, baseRevision: revision }, { clientId });
  }
  const review = (imageId: ImageId) =>
    bench.call('image.setStatus', { imageIds: [imageId], status: 'reviewed' });

  it('is nothing without a reviewed image', async () => {
    await draw(FIRST, 0);
    expect(await paceOf()).toEqual({
      images: 0,
      secondsPerImage: null,
      masks: 0,
      stepsPerMask: null,
    });
  });

  it('is the time before the steps of an image, without pauses and unfinished images', async () => {
    await draw(FIRST, 0);
    await draw(FIRST, 10);
    await draw(SECOND, 16);
    await draw(SECOND, 17 + PAUSE_MS / 1000);
    await draw(THIRD, 20 + PAUSE_MS / 1000);
    await review(FIRST);
    await review(SECOND);
    expect(await paceOf()).toEqual({
      images: 2,
      secondsPerImage: 8,
      masks: 4,
      stepsPerMask: 1,
    });
    expect((await paceOf({ text: 'img2' })).secondsPerImage).toBe(6);
  });

  it('keeps the time of two windows apart', async () => {
    await draw(FIRST, 0, 'one');
    await draw(SECOND, 5, 'two');
    await draw(FIRST, 20, 'one');
    await draw(SECOND, 30, 'two');
    await review(FIRST);
    expect((await paceOf()).secondsPerImage).toBe(20);
  });
});
