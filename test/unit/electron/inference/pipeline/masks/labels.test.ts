// Channels as labels: by a table, and by renaming in place, where labels collide with channels.
import { describe, expect, it } from 'vitest';
import {
  labelsByTable,
  labelsRenamedInPlace,
} from '../../../../../../electron/inference/pipeline/masks/labels.ts';

const CHANNELS = Uint8Array.of(0, 1, 2, 1, 0);

describe('labels', () => {
  it('are read off a table, with the background first or without one', () => {
    expect([...labelsByTable(CHANNELS, [7, 9], true)]).toEqual([0, 7, 9, 7, 0]);
    expect([...labelsByTable(CHANNELS, [7, 9, 4], false)]).toEqual([7, 9, 4, 9, 7]);
  });

  it('are renamed from the last channel down, and again where a label is a channel still to come', () => {
    expect([...labelsRenamedInPlace(CHANNELS, [7, 9], true)]).toEqual([0, 7, 9, 7, 0]);
    expect([...labelsRenamedInPlace(Uint8Array.of(0, 1, 1), [7, 9], false)]).toEqual([7, 9, 9]);
    // Channel 2 becomes 1, which then becomes 5.
    expect([...labelsRenamedInPlace(CHANNELS, [5, 1], true)]).toEqual([0, 5, 5, 5, 0]);
    expect([...labelsByTable(CHANNELS, [5, 1], true)]).toEqual([0, 5, 1, 5, 0]);
    // The first channel is renamed as well.
    expect([...labelsRenamedInPlace(Uint8Array.of(0, 1), [4, 0], false)]).toEqual([4, 4]);
  });

  it('beyond a byte are kept', () => {
    expect([...labelsByTable(CHANNELS, [300, 65_535], true)]).toEqual([0, 300, 65_535, 300, 0]);
    expect([...labelsRenamedInPlace(CHANNELS, [300, 65_535], true)]).toEqual([
      0, 300, 65_535, 300, 0,
    ]);
  });
});
