// Recent projects: the newest first, pinned ones above all and never pushed off.
import { describe, expect, it } from 'vitest';
import {
  inShownOrder,
  withRecent,
  type RecentEntry,
} from '../../../../../electron/engine/project/recents.ts';

const entry = (name: string, pinned = false): RecentEntry => ({
  file: `/projects/${name}.salience`,
  folder: `/images/${name}`,
  folderIdentity: null,
  name,
  images: 1,
  reviewed: 0,
  openedAt: '2026-01-01T00:00:00.000Z',
  covers: [],
  pinned,
});
const names = (list: readonly RecentEntry[]) => list.map(({ name }) => name);

describe('recent projects', () => {
  it('a pinned one stays pinned when it is opened again, and stands first', () => {
    const { pinned: _, ...again } = entry('b');
    const list = withRecent([entry('a'), entry('b', true)], again);
    expect(list.map(({ name, pinned }) => [name, pinned])).toEqual([
      ['b', true],
      ['a', false],
    ]);
    expect(names(inShownOrder([entry('a'), entry('b', true), entry('c')]))).toEqual([
      'b',
      'a',
      'c',
    ]);
  });

  it('fifty are kept; the oldest that is not pinned goes', () => {
    const full = [...Array.from({ length: 49 }, (_, i) => entry(`p${i}`)), entry('kept', true)];
    const list = withRecent(full, entry('new'));
    expect(list).toHaveLength(50);
    expect(names(list)).toContain('kept');
    expect(names(list)).not.toContain('p48');
  });
});
