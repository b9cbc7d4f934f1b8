// Unfinished work on its way to the project: in order, the newest of each, and kept over a lost connection.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { CategoryId, ImageId, Parked } from '../../../../../electron/api/types.ts';
import type { DocumentState } from '../../../../../renderer/src/state/document/document.svelte.ts';
import { Parking, type Keeping } from '../../../../../renderer/src/state/tools/parking.svelte.ts';
import type { Session } from '../../../../../renderer/src/state/session/session.svelte.ts';

const shape = (...points: number[]): Keeping => ({
  imageId: 1 as ImageId,
  categoryId: 1 as CategoryId,
  targets: [],
  work: { kind: 'polygon', use: 'new', points },
});

function bench(readOnly = false) {
  const calls: { method: string; points?: readonly number[]; held?: boolean }[] = [];
  const notices: string[] = [];
  const tell = new Map<string, (payload: unknown) => void>();
  let fault: Error | null = null;
  const document = {
    image: { id: 1 as ImageId },
    parked: [] as readonly Parked[],
    flush: async () => void calls.push({ method: 'flush' }),
    refreshHistory: async () => {},
  };
  const session = {
    project: { readOnly },
    on: (event: string, listener: (payload: unknown) => void) => tell.set(event, listener),
    notices: { add: (_: string, code: string) => notices.push(code) },
    call: async (method: string, input: { parked?: Parked; held?: boolean }) => {
      if (fault) throw fault;
      const { parked, held } = input;
      const points = parked?.work.kind === 'polygon' ? parked.work.points : undefined;
      calls.push({
        method,
        ...(points ? { points } : {}),
        ...(held === undefined ? {} : { held }),
      });
    },
  };
  const parking = new Parking(session as unknown as Session, document as unknown as DocumentState);
  return {
    parking,
    calls,
    notices,
    document,
    tell,
    fail: (error: Error | null) => void (fault = error),
  };
}

describe('unfinished work', () => {
  it('is written one after the other; of what waits only the newest is', async () => {
    const { parking, calls } = bench();
    parking.keep(shape(1, 1));
    parking.keep(shape(1, 1, 2, 2));
    parking.keep(shape(1, 1, 2, 2, 3, 3));
    await parking.flush();
    expect(calls).toEqual([{ method: 'parked.keep', points: [1, 1, 2, 2, 3, 3], held: true }]);
  });

  it('that is let go waits on its image at once, and is shown as soon as nobody holds it', async () => {
    const { parking, calls, document } = bench();
    parking.keep(shape(1, 1));
    const id = parking.inHand!;
    expect(parking.waiting).toEqual([]);
    parking.park(shape(1, 1));
    expect([parking.inHand, document.parked]).toEqual([null, [{ ...shape(1, 1), id, holder: '' }]]);
    await parking.flush();
    expect(calls.at(-1)).toEqual({ method: 'parked.keep', points: [1, 1], held: false });
  });

  it('is removed only after what came of it is saved', async () => {
    const { parking, calls } = bench();
    parking.keep(shape(1, 1));
    await parking.flush();
    parking.finish();
    await parking.flush();
    expect(calls.map(({ method }) => method)).toEqual(['parked.keep', 'flush', 'parked.remove']);
  });

  it('is written when the engine is there again, without a word in between', async () => {
    const { parking, calls, notices, fail } = bench();
    fail(new AppError('CONNECTION_CLOSED', 'gone'));
    parking.keep(shape(1, 1));
    await parking.flush();
    parking.keep(shape(1, 1, 2, 2));
    await parking.flush();
    expect([calls, notices]).toEqual([[], []]);
    fail(null);
    parking.retry();
    await parking.flush();
    expect(calls).toEqual([{ method: 'parked.keep', points: [1, 1, 2, 2], held: true }]);
  });

  it('that cannot be kept for another reason says so', async () => {
    const { parking, notices, fail } = bench();
    fail(new AppError('DISK_FULL', 'full'));
    parking.keep(shape(1, 1));
    await parking.flush();
    expect(notices).toEqual(['PARKED']);
  });

  it('is not written where only looking is allowed', async () => {
    const { parking, calls } = bench(true);
    parking.keep(shape(1, 1));
    await parking.flush();
    expect(calls).toEqual([]);
  });

  it('of the open image follows the project, that of others does not', () => {
    const { document, tell } = bench();
    const parked = [{ ...shape(1, 1), id: 'p', holder: '' }];
    tell.get('image.parked')!({ image: { id: 2 }, parked });
    expect(document.parked).toEqual([]);
    tell.get('image.parked')!({ image: { id: 1 }, parked });
    expect(document.parked).toBe(parked);
  });
});
