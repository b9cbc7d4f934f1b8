// Groups of like looks: what is alike comes together, in one way, and other work gets its turn.
import { describe, expect, it } from 'vitest';
import { alikeGroups } from '../../../../../electron/engine/review/alike.ts';
import { LOOK_BYTES } from '../../../../../electron/link/lookLayout.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

/** Looks around `kinds` different ones, each byte at most `noise` away, one kind after the other. */
function looksAround(kinds: number, n: number, noise: number, seed = 7): Uint8Array[] {
  const random = randomFrom(seed);
  const centres = Array.from({ length: kinds }, () =>
    Uint8Array.from({ length: LOOK_BYTES }, () => 30 + random() * 195),
  );
  return Array.from({ length: n }, (_, i) =>
    centres[i % kinds]!.map((value) => value + Math.round((random() - 0.5) * 2 * noise)),
  );
}

describe('groups of like looks', () => {
  it('are the kinds that the looks were made of', async () => {
    const groups = await alikeGroups(looksAround(5, 103, 8));
    expect(groups.map((members) => members.length)).toEqual([21, 21, 21, 20, 20]);
    for (const members of groups) expect(new Set(members.map((i) => i % 5)).size).toBe(1);
  });

  it('leave out what is like nothing and pairs', async () => {
    expect(await alikeGroups(looksAround(50, 100, 4))).toEqual([]);
    expect(await alikeGroups([])).toEqual([]);
  });

  it('are the same every time', async () => {
    const looks = looksAround(40, 900, 40);
    expect(await alikeGroups(looks)).toEqual(await alikeGroups(looks));
  });

  it('of ten thousand that are all different let other work in between', async () => {
    let turns = 0;
    let over = false;
    const count = () => {
      turns += 1;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    await alikeGroups(looksAround(10_000, 10_000, 0));
    over = true;
    expect(turns).toBeGreaterThan(50);
  });

  it('end when nobody waits for them any more', async () => {
    const controller = new AbortController();
    controller.abort(new Error('gone'));
    await expect(alikeGroups(looksAround(3000, 3000, 0), controller.signal)).rejects.toThrow(
      'gone',
    );
  });
});
