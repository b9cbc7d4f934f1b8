import { describe, expect, it } from 'vitest';
import { follow } from '../../../../../renderer/src/screens/review/changedFirst.ts';
import { Review } from '../../../../../renderer/src/screens/review/review.svelte.ts';
import { entriesOf, fakeReview } from '../../state/reviewList.ts';

async function opened(n = 1000, doubtful = 10) {
  const fake = fakeReview(entriesOf(n, doubtful));
  const review = new Review(fake.session);
  await review.refresh();
  return { fake, review };
}

describe('the review list', () => {
  it('begins with what learned settings changed, until it is ordered otherwise or nothing is left', async () => {
    const { review } = await opened(10, 2);
    await follow(review, true);
    expect(review.query.order).toBe('change');
    expect(review.hasChanged).toBe(true);
    await review.choose({ order: 'size' });
    await follow(review, true);
    expect(review.query.order).toBe('size');
    await review.choose({ order: 'change' });
    await follow(review, false);
    expect(review.query.order).toBe('doubt');
    expect(review.hasChanged).toBe(false);
  });

  it('keeps decided proposals in place', async () => {
    const { review } = await opened();
    const item = review.at(0)!;
    await review.decide([item], 'reject');
    expect(review.at(0)?.annotation.id).toBe(item.annotation.id);
    expect(review.decisionOf(item)).toEqual({ kind: 'rejected' });
    expect(review.total).toBe(1000);
    expect(review.left).toBe(999);
  });

  it('fetches later rows right although decided ones have left the engine’s list', async () => {
    const { review } = await opened();
    await review.decide([review.at(3)!, review.at(150)!], 'accept');
    await review.need(200, 1000);
    const ids = Array.from({ length: 1000 }, (_, row) => review.at(row)?.annotation.id);
    expect(new Set(ids).size).toBe(1000);
    expect(ids[200]).toBe('a200');
    expect(ids[999]).toBe('a999');
  });

  it('takes a whole group with the rows that were not fetched yet', async () => {
    const { review, fake } = await opened(1000, 600);
    const group = review.groups[0]!;
    await review.decide([review.at(5)!], 'reject');
    const items = await review.itemsOf(group);
    expect(items).toHaveLength(599);
    expect(await review.decide(items, 'accept')).toBe(599);
    expect(fake.entries.filter((entry) => entry.status === 'accepted')).toHaveLength(599);
    expect(review.decidedIn(group.first, group.count)).toBe(600);
  });

  it('moves a proposal to another class and back again', async () => {
    const { review, fake } = await opened(3, 0);
    const item = review.at(0)!;
    const first = item.annotation.categoryId;
    const other = (first + 1) as typeof first;
    await review.move([item], other);
    expect(review.categoryOf(item)).toBe(other);
    await review.move([item], first);
    expect(review.categoryOf(item)).toBe(first);
    expect(fake.calls.filter(({ method }) => method === 'review.decide')).toHaveLength(2);
  });

  it('does not decide twice what is decided so already', async () => {
    const { review, fake } = await opened(5, 1);
    await review.decide([review.at(0)!], 'accept');
    const before = fake.calls.length;
    expect(await review.decide([review.at(0)!], 'accept')).toBe(0);
    expect(fake.calls).toHaveLength(before);
  });

  it('takes a decision back when the engine refuses it', async () => {
    const { review, fake } = await opened(5, 1);
    const item = review.at(0)!;
    fake.session.call = () => Promise.reject(new Error('disk full'));
    await expect(review.decide([item], 'accept')).rejects.toThrow('disk full');
    expect(review.decisionOf(item)).toBeNull();
  });

  it('shows a decision as open again after undo, with the focus on it', async () => {
    const { review, fake } = await opened(5, 1);
    await review.decide([review.at(2)!], 'accept');
    fake.entries[2]!.status = 'proposal';
    fake.emit('project.revision', {
      clientId: 'me',
      transaction: { changes: [{ id: 'a2', after: { status: 'proposal', categoryId: 1 } }] },
    });
    await review.settle();
    expect(review.decisionOf(review.at(2)!)).toBeNull();
    expect(review.current).toBe(2);
    expect(review.left).toBe(5);
  });

  it('reads the list anew when undo brought back rows that it does not have', async () => {
    const { review, fake } = await opened(5, 1);
    fake.entries.push({ ...fake.entries[0]!, id: 'back', doubt: 9 });
    await review.settle();
    expect(review.total).toBe(6);
    expect(review.at(0)?.annotation.id).toBe('back');
  });

  it('leaves decided proposals behind when it is read anew and keeps the focused one', async () => {
    const { review } = await opened(10, 0);
    review.current = 4;
    const focused = review.at(4)!.annotation.id;
    await review.decide([review.at(0)!, review.at(1)!], 'accept');
    await review.refresh();
    expect(review.total).toBe(8);
    expect(review.at(review.current)?.annotation.id).toBe(focused);
  });

  it('fetches rows of a kept order as they were, however many were decided or are gone', async () => {
    const fake = fakeReview(entriesOf(1000, 10), true);
    const review = new Review(fake.session);
    await review.refresh();
    expect(review.groups.map(({ kind, first, count }) => [kind, first, count])).toEqual([
      ['doubtful', 0, 10],
      ['alike', 10, 990],
    ]);
    await review.decide([review.at(3)!, review.at(150)!], 'accept');
    fake.entries.splice(500, 1);
    await review.need(200, 1000);
    expect(review.at(200)?.annotation.id).toBe('a200');
    expect(review.at(500)).toBeNull();
    expect(review.at(999)?.annotation.id).toBe('a999');
    expect(await review.itemsOf(review.groups[1]!)).toHaveLength(988);
  });

  it('says that there are too many to find like ones, and lists them all the same', async () => {
    const { review } = await opened(50, 5);
    expect(review.tooMany).toBe(true);
    expect(review.groups[0]).toMatchObject({ kind: 'doubtful', count: 5 });
    await review.setGroupAlike(false);
    expect(review.tooMany).toBe(false);
  });

  it('walks on to the next proposal that waits', async () => {
    const { review } = await opened(4, 0);
    await review.decide([review.at(1)!, review.at(2)!], 'accept');
    expect(review.nextOpen(0)).toBe(3);
    expect(review.nextOpen(3)).toBe(3);
  });
});
