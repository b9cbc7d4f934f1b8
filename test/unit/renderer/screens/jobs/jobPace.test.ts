import { describe, expect, it } from 'vitest';
import type { JobId } from '../../../../../electron/api/types.ts';
import type { JobStatus } from '../../../../../electron/api/job.ts';
import { JobPace, thinned } from '../../../../../renderer/src/screens/jobs/jobPace.svelte.ts';
import type { Session } from '../../../../../renderer/src/state/session/session.svelte.ts';

const ID = 'j' as JobId;
const running = { id: ID, state: 'running', imagesPerSecond: 2 } as JobStatus;

describe('speed of a job over time', () => {
  it('keeps one sample for a moment and none while the job stands', () => {
    const pace = new JobPace({ on: () => {} } as unknown as Session);
    pace.note(running, 1000);
    pace.note(running, 1100);
    pace.note({ ...running, state: 'paused' }, 5000);
    pace.note({ ...running, imagesPerSecond: 3 }, 6000);
    expect(pace.of(ID)).toEqual([
      { atMs: 1000, imagesPerSecond: 2 },
      { atMs: 6000, imagesPerSecond: 3 },
    ]);
  });

  it('stays short however long the job runs, first and last kept', () => {
    const samples = Array.from({ length: 481 }, (_, i) => ({ atMs: i, imagesPerSecond: 1 }));
    const short = thinned(samples);
    expect(short.length).toBeLessThan(250);
    expect(short[0]).toEqual(samples[0]);
    expect(short.at(-1)).toEqual(samples.at(-1));
  });
});
