// Small rules of screens: why a proposal is doubtful, how far a download is.
import { describe, expect, it } from 'vitest';
import type { ParkedWork } from '../../../../electron/api/types.ts';
import type { ProgressOf } from '../../../../electron/api/methods.ts';
import { boundsOf, isDrawing } from '../../../../renderer/src/screens/label/objects/unfinished.ts';
import type { App } from '../../../../renderer/src/state/app.svelte.ts';
import {
  arrivedOf,
  briefOf,
  paceOf,
  shareOf,
} from '../../../../renderer/src/screens/models/packs/arriving.ts';
import { reasonOf } from '../../../../renderer/src/text/reason.ts';

describe('a doubtful proposal', () => {
  const fine = { match: 0.9, margin: 0.5, crfChange: 0.1 };

  it('has the first reason that holds, from low match to much moved', () => {
    expect(reasonOf({ match: 0.49, margin: 0.05, crfChange: 0.9 })).toBe('low match');
    expect(reasonOf({ ...fine, margin: 0.09, crfChange: 0.9 })).toBe('thin margin');
    expect(reasonOf({ ...fine, crfChange: 0.61 })).toContain('61');
    // Neighbouring settings know better than margin and CRF.
    expect(reasonOf({ ...fine, margin: 0.01, unsteady: 0.1 })).toBeNull();
    expect(reasonOf({ ...fine, unsteady: 0.38 })).toBe('not steady, 38 %');
  });

  it('has none at the limits themselves, nor where nothing is known', () => {
    expect(reasonOf({ match: 0.5, margin: 0.1, crfChange: 0.6 })).toBeNull();
    expect(reasonOf({ ...fine, unsteady: 0.22 })).toBeNull();
    expect(reasonOf({ ...fine, unsteady: 0.23 })).toBe('not steady, 23 %');
    expect(reasonOf({ match: null, margin: null, crfChange: null })).toBeNull();
  });
});

describe('a download', () => {
  const progress = (patch: Partial<ProgressOf<'model.install'>> = {}) =>
    ({
      stage: 'fetching',
      receivedBytes: 250_000_000,
      totalBytes: 1_000_000_000,
      bytesPerSecond: 25_000_000,
      ...patch,
    }) as ProgressOf<'model.install'>;

  it('has a share once its size is known', () => {
    expect(shareOf(progress())).toBe(0.25);
    expect(shareOf(progress({ totalBytes: 0 }))).toBeNull();
    expect(shareOf(null)).toBeNull();
  });

  it('tells pace and rest while it is fetched', () => {
    expect(paceOf(progress())).toBe('25 MB/s, 30 s');
    expect(arrivedOf(progress())).toBe('250 MB of 1.00 GB, 30 s left');
    expect(briefOf(progress())).toBe('25 %, 25 MB/s');
    expect(paceOf(progress({ receivedBytes: 999_999_999 }))).toBe('25 MB/s, 1.00 s');
  });

  it('tells its stage where there is no pace', () => {
    const still = progress({ bytesPerSecond: 0 });
    const [stage] = [paceOf(still)];
    expect(stage).not.toContain('/s');
    expect(arrivedOf(still)).toBe(stage);
    expect(briefOf(still)).toBe(`25 %, ${stage}`);
    expect(briefOf(progress({ totalBytes: 0 }))).toBe('25 MB/s');
    expect(paceOf(progress({ stage: 'verifying' as never }))).not.toContain('/s');
    expect(paceOf(null)).toBe(paceOf(progress({ stage: 'listing' as never })));
  });
});

it('unfinished work lies between its outermost points', () => {
  const work = { kind: 'polygon', points: [5, 90, 40, 10, 7, 60], use: 'new' } as ParkedWork;
  expect(boundsOf(work)).toEqual([5, 10, 40, 90]);
});

describe('a shape under the hands', () => {
  const drawing = (tool: string, state: object) =>
    isDrawing({ tools: { active: { tool, state } } } as unknown as App);

  it('is there from the first point on', () => {
    expect(drawing('polygon', { kind: 'drawing' })).toBe(true);
    expect(drawing('polygon', { kind: 'idle' })).toBe(false);
    expect(drawing('split', { kind: 'drawing', points: [3, 4] })).toBe(true);
    expect(drawing('split', { kind: 'idle', points: [] })).toBe(false);
    expect(drawing('brush', { kind: 'drawing', points: [3, 4] })).toBe(false);
  });
});
