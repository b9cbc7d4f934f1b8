import { describe, expect, it } from 'vitest';
import type { ImageId } from '../../../../../../electron/api/types.ts';
import type { Session } from '../../../../../../renderer/src/state/session/session.svelte.ts';
import {
  Trial,
  TRIAL_IMAGES,
  classesOf,
} from '../../../../../../renderer/src/screens/jobs/batch/trial.svelte.ts';
import type { BatchRequest } from '../../../../../../electron/api/job.ts';

const REQUEST = { images: { kind: 'all' }, categoryIds: [1] } as unknown as BatchRequest;

/** Answers image lists and previews; ids in `broken` fail. */
function session(total: number, broken: readonly number[] = []) {
  const asked: { method: string; input: { [key: string]: unknown } }[] = [];
  const call = (method: string, input: { [key: string]: unknown }) => {
    asked.push({ method, input });
    if (method === 'image.list')
      return Promise.resolve({
        total,
        images: [{ id: Number(input['cursor']) + 1, name: `${Number(input['cursor']) + 1}.png` }],
      });
    if (method === 'prelabel.reapply') return Promise.resolve({ proposals: [] });
    const id = (input['request'] as BatchRequest & { images: { ids: readonly ImageId[] } }).images
      .ids[0]!;
    if (broken.includes(id)) return Promise.reject(new Error('damaged'));
    return Promise.resolve({
      images: [
        {
          image: { id, name: `${id}.png`, width: 10, height: 10 },
          url: `u${id}`,
          run: { runId: `r${id}`, params: {}, classes: [{ categoryId: 1 }, { categoryId: 2 }] },
          proposals: [{ id: `p${id}`, categoryId: 1, area: 25 }],
        },
      ],
      provider: 'cpu',
    });
  };
  return { session: { call } as unknown as Session, asked };
}

describe('the trial of a batch', () => {
  it('takes six different images spread over the whole list', async () => {
    const { session: fake } = session(600);
    const trial = new Trial(fake);
    await trial.choose({});
    const ids = trial.images.map((image) => image.id);
    expect(new Set(ids).size).toBe(TRIAL_IMAGES);
    expect(Math.min(...ids)).toBeLessThanOrEqual(100);
    expect(Math.max(...ids)).toBeGreaterThan(500);
  });

  it('takes what there is of a short list', async () => {
    const { session: fake } = session(2);
    const trial = new Trial(fake);
    await trial.choose({});
    expect(trial.images.map((image) => image.id)).toEqual([1, 2]);
  });

  it('goes on after a damaged image and says which one it was', async () => {
    const { session: fake } = session(3, [2]);
    const trial = new Trial(fake);
    await trial.choose({});
    await trial.run(REQUEST, 'key');
    expect(trial.images.map((image) => image.state)).toEqual(['done', 'failed', 'done']);
    expect(trial.problem).toBeNull();
    expect(trial.provider).toBe('cpu');
    expect(trial.secondsPerImage).not.toBeNull();
  });

  it('says why when nothing worked', async () => {
    const { session: fake } = session(2, [1, 2]);
    const trial = new Trial(fake);
    await trial.choose({});
    await trial.run(REQUEST, 'key');
    expect(trial.problem).toEqual(new Error('damaged'));
    expect(trial.tried).toBe(false);
  });

  it('applies a threshold to every result from stored maps', async () => {
    const { session: fake, asked } = session(3);
    const trial = new Trial(fake);
    await trial.choose({});
    await trial.run(REQUEST, 'key');
    trial.reapply({ 1: 0.4 }, true);
    await Promise.resolve();
    await Promise.resolve();
    const reapplied = asked.filter(({ method }) => method === 'prelabel.reapply');
    expect(reapplied.map(({ input }) => input['runId'])).toEqual(['r1', 'r2', 'r3']);
    expect(reapplied[0]!.input).toMatchObject({
      thresholds: { 1: 0.4 },
      draft: true,
      commit: false,
    });
    expect(trial.images.every((image) => image.proposals.length === 0)).toBe(true);
  });

  it('counts masks and their mean share for each class that was asked', async () => {
    const { session: fake } = session(2);
    const trial = new Trial(fake);
    await trial.choose({});
    await trial.run(REQUEST, 'key');
    expect(classesOf(trial.images)).toEqual([
      { categoryId: 1, masks: 2, share: 0.25 },
      { categoryId: 2, masks: 0, share: 0 },
    ]);
  });
});
