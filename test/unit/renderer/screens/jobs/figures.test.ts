import { describe, expect, it } from 'vitest';
import type { JobStatus } from '../../../../../electron/api/job.ts';
import {
  endedOf,
  isOpen,
  shareOf,
  stagesOf,
} from '../../../../../renderer/src/screens/jobs/figures.ts';

const job = (change: Partial<JobStatus>): JobStatus =>
  ({
    state: 'running',
    total: 10,
    done: 3,
    empty: 1,
    failed: 1,
    skipped: 1,
    stageMs: {},
    ...change,
  }) as JobStatus;

describe('figures of a job', () => {
  it('count every image that has ended, whatever way', () => {
    expect(endedOf(job({}))).toBe(6);
    expect(shareOf(job({}))).toBeCloseTo(0.6);
    expect(shareOf(job({ total: 0, done: 0, empty: 0, failed: 0, skipped: 0 }))).toBe(1);
  });

  it('divide stage times by the images that the model saw, in the order of the work', () => {
    const stages = stagesOf(
      job({ stageMs: { edges: 400, other: 4, encode: 800, decode: 40, total: 1244, save: 0 } }),
    );
    expect(stages).toEqual([
      { stage: 'decode', ms: 10 },
      { stage: 'encode', ms: 200 },
      { stage: 'edges', ms: 100 },
      { stage: 'other', ms: 1 },
    ]);
  });

  it('give no stage times before the first image', () => {
    expect(stagesOf(job({ done: 0, empty: 0, stageMs: { encode: 5 } }))).toEqual([]);
  });

  it('call a paused job open and a stopped one not', () => {
    expect(isOpen(job({ state: 'paused' }))).toBe(true);
    expect(isOpen(job({ state: 'cancelled' }))).toBe(false);
  });
});
