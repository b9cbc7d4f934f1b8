import { describe, expect, it } from 'vitest';
import {
  countDoubtful,
  groupsOf,
  matchBins,
  type AskList,
  type ReviewOrder,
} from '../../../../../renderer/src/screens/review/reviewGroups.ts';
import { entriesOf, fakeReview, type Entry } from '../../state/reviewList.ts';

function asker(entries: Entry[], order: ReviewOrder) {
  const fake = fakeReview(entries);
  const ask: AskList = ({ cursor, limit, minMatch = 0, maxMatch = 1 }) =>
    fake.session.call('review.list', {
      categoryIds: [],
      minMatch,
      maxMatch,
      order,
      jobId: null,
      cursor,
      limit,
    });
  return { ask, fake };
}

describe('groups of the review list', () => {
  it('find the doubtful ones without reading the list', async () => {
    const { ask, fake } = asker(entriesOf(10_000, 137), 'doubt');
    const groups = await groupsOf('doubt', 10_000, ask);
    expect(groups[0]).toMatchObject({ kind: 'doubtful', first: 0, count: 137 });
    expect(groups.reduce((sum, group) => sum + group.count, 0)).toBe(10_000);
    expect(fake.calls.length).toBeLessThan(40);
  });

  it.each([0, 1, 6, 7])('count %i doubtful of 7', async (doubtful) => {
    const { ask } = asker(entriesOf(7, doubtful), 'doubt');
    expect(await countDoubtful(7, ask)).toBe(doubtful);
  });

  it('part those that are less sure from the sure ones at a doubt of 0.3', async () => {
    const doubts = [0.31, 0.3, 0.29, 0];
    const ask: AskList = ({ cursor }) =>
      Promise.resolve({
        total: doubts.length,
        items: [{ annotation: { doubtful: cursor < 1 }, doubt: doubts[cursor] }],
      } as never);
    const groups = await groupsOf('doubt', 4, ask);
    expect(groups.map(({ kind, first, count }) => [kind, first, count])).toEqual([
      ['doubtful', 0, 1],
      ['less', 1, 1],
      ['sure', 2, 2],
    ]);
  });

  it('follow each other without gaps in the order of match', async () => {
    const entries = entriesOf(101, 0);
    entries.push({ ...entries[0]!, id: 'hand', match: null });
    const { ask } = asker(entries, 'match');
    const groups = await groupsOf('match', 102, ask);
    let first = 0;
    for (const group of groups) {
      expect(group.first).toBe(first);
      first += group.count;
    }
    expect(first).toBe(102);
    // Matches 0.50 to 0.69 in steps of 0.01.
    expect(groups.find((group) => group.from === 0.5)?.count).toBe(20);
    expect(groups.at(-1)).toMatchObject({ from: 0.95, to: 1, count: 6 });
  });

  it('are one where nothing divides them, and none where there is nothing', async () => {
    const { ask } = asker(entriesOf(5, 0), 'size');
    expect(await groupsOf('size', 5, ask)).toHaveLength(1);
    expect(await groupsOf('doubt', 0, ask)).toEqual([]);
  });
});

describe('match bins', () => {
  it('hold every proposal with a match exactly once', async () => {
    const { ask } = asker(entriesOf(201, 0), 'doubt');
    const bins = await matchBins(ask, 20);
    // A match of exactly 0 means the model saw nothing at all; it has no bin.
    expect(bins.reduce((sum, n) => sum + n, 0)).toBe(200);
    expect(bins[19]).toBe(11);
  });
});
