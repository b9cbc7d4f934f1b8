// What cleaning comes to, mask by mask, and what becomes of each annotation.
import { describe, expect, it } from 'vitest';
import type { Cleaned } from '../../../../../electron/masks/changes/clean.ts';
import {
  cleanChange,
  isChanged,
  NOTHING_CLEANED,
  withCleaned,
  withOther,
} from '../../../../../electron/masks/changes/cleanSummary.ts';
import { objectOf } from '../../../../helpers/drivers/toolBench.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

const cleaned = (patch: Partial<Cleaned> = {}): Cleaned => ({
  mask: draw('.##.'),
  islands: 0,
  holes: 0,
  corners: [4, 4],
  errorPx: 0,
  addedPx: 0,
  removedPx: 0,
  ...patch,
});
const nothingLeft = { mask: draw('....'), removedPx: 2 };

describe('the summary', () => {
  it('adds masks up, the changed ones and the accepted among them apart', () => {
    const of = (status: 'accepted' | 'proposal', area: number) => ({ status, area });
    const sum = [
      withCleaned(NOTHING_CLEANED, of('accepted', 7), cleaned()),
      withCleaned(
        NOTHING_CLEANED,
        of('accepted', 7),
        cleaned({ addedPx: 3, removedPx: 1, islands: 2, holes: 0, corners: [9, 5], errorPx: 0.5 }),
      ),
    ];
    expect(sum[0]).toEqual({ ...NOTHING_CLEANED, masks: 1, areaPx: 7, corners: [4, 4] });
    const both = withCleaned(
      sum[1]!,
      of('proposal', 5),
      cleaned({ ...nothingLeft, holes: 3, islands: 1, corners: [2, 1], errorPx: 0.25 }),
    );
    expect(both).toEqual({
      ...NOTHING_CLEANED,
      masks: 2,
      changed: 2,
      vanished: 1,
      accepted: 1,
      addedPx: 3,
      removedPx: 3,
      areaPx: 12,
      islands: { count: 3, masks: 2 },
      holes: { count: 3, masks: 1 },
      corners: [11, 6],
      errorPx: 0.5,
    });
  });

  it('counts masks that were not meant and gave pixels', () => {
    const one = withOther(NOTHING_CLEANED, { status: 'accepted' }, cleaned({ removedPx: 4 }));
    const two = withOther(one, { status: 'proposal' }, cleaned(nothingLeft));
    expect(two).toEqual({ ...NOTHING_CLEANED, others: 2, vanished: 1, accepted: 1, removedPx: 6 });
  });

  it('takes a mask as changed by any pixel', () => {
    const changes = [cleaned(), cleaned({ addedPx: 1 }), cleaned({ removedPx: 1 })];
    expect(changes.map(isChanged)).toEqual([false, true, true]);
  });
});

describe('an annotation', () => {
  const drawn = objectOf('a', 1, draw('###.'), { origin: 'user', edited: false });
  const found = objectOf('b', 1, draw('###.'), { origin: 'model', edited: false });

  it('takes the cleaned mask, and counts as edited where the model made it', () => {
    const change = cleanChange(drawn, cleaned({ removedPx: 1 }), 'keep')!;
    expect(change.after).toEqual({ ...drawn, mask: draw('.##.'), area: 2, box: [1, 0, 2, 1] });
    expect(cleanChange(found, cleaned({ removedPx: 1 }), 'keep')!.after!.edited).toBe(true);
    const edited = { ...drawn, edited: true };
    expect(cleanChange(edited, cleaned({ removedPx: 1 }), 'keep')!.after!.edited).toBe(true);
  });

  it('stays where nothing changes, or where it would vanish and is to be kept', () => {
    expect(cleanChange(drawn, cleaned(), 'delete')).toBeNull();
    expect(cleanChange(drawn, cleaned(nothingLeft), 'keep')).toBeNull();
    expect(cleanChange(drawn, cleaned(nothingLeft), 'delete')).toEqual({ after: null });
    // A mask that was empty before does not vanish.
    const empty = cleaned({ mask: draw('....'), addedPx: 1 });
    expect(cleanChange(drawn, empty, 'delete')!.after).toMatchObject({ area: 0 });
  });
});
