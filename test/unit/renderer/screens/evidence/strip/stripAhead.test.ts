// Maps of the next images: one after the other, kept within bounds, and given up when somebody jumps.
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../../../../electron/api/run.ts';
import type { CategoryId, ImageId } from '../../../../../../electron/api/types.ts';
import {
  MapsAhead,
  type LatestRun,
  type Maps,
} from '../../../../../../renderer/src/screens/evidence/strip/stripAhead.ts';

const ids = (...all: number[]) => all as ImageId[];

function bench() {
  const begun: string[] = [];
  const ends = new Map<string, (maps: Maps) => void>();
  const ahead = new MapsAhead({
    latest: (imageId) =>
      Promise.resolve<LatestRun>({
        // Nothing ran on the fourth image.
        run: imageId === 4 ? null : ({ runId: `r${imageId}` } as unknown as RunSummary),
        categoryId: 1 as CategoryId,
      }),
    nameOf: ({ run }) => run && `${run.runId}/1`,
    fetch: ({ run }, signal) =>
      new Promise((done, fail) => {
        begun.push(run!.runId);
        ends.set(run!.runId, done);
        signal.addEventListener('abort', () => fail(signal.reason as Error));
      }),
  });
  return { ahead, begun, ends };
}
const turns = async () => {
  for (let i = 0; i < 6; i += 1) await Promise.resolve();
};

describe('maps ahead', () => {
  it('come one after the other and are there when their image is opened', async () => {
    const { ahead, begun, ends } = bench();
    const all = ahead.want(ids(2, 4, 3));
    void ahead.want(ids(2, 4, 3));
    await turns();
    expect(begun).toEqual(['r2']);
    const maps: Maps = new Map();
    ends.get('r2')!(maps);
    await turns();
    expect(begun).toEqual(['r2', 'r3']);
    expect(ahead.get('r2/1')).toBe(maps);
    ends.get('r3')!(maps);
    await all;
    // What is here is not fetched again.
    await ahead.want(ids(3, 2));
    expect(begun).toEqual(['r2', 'r3']);
  });

  it('are given up when somebody jumps, and asked for anew later', async () => {
    const { ahead, begun } = bench();
    const first = ahead.want(ids(2, 3));
    await turns();
    ahead.stop();
    await first;
    expect([begun, ahead.get('r2/1')]).toEqual([['r2'], null]);
    void ahead.want(ids(2, 3));
    await turns();
    expect(begun).toEqual(['r2', 'r2']);
  });

  it('are kept of the latest five alone', () => {
    const { ahead } = bench();
    for (let i = 1; i <= 6; i += 1) ahead.keep(`r${i}/1`, new Map());
    expect([1, 2, 6].map((i) => ahead.get(`r${i}/1`) !== null)).toEqual([false, true, true]);
  });
});
