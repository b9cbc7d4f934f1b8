// What stays on a shelf, what goes first, and that nothing goes while somebody works with it.
import { expect, test } from 'vitest';
import { createShelf, type Keepable } from '../../../../../electron/inference/shelf/shelf.ts';

interface Things {
  explain: string;
  segment: string;
}

function shelfOf(maxBytes: number) {
  const shelf = createShelf<Things>(maxBytes);
  const made: string[] = [];
  const gone: string[] = [];
  const borrow = (role: keyof Things, key: string, bytes: number) =>
    shelf.borrow({ role, key, bytes }, async (): Promise<Keepable<string>> => {
      made.push(key);
      return { value: key, bytes, dispose: () => void gone.push(key) };
    });
  const use = async (role: keyof Things, key: string, bytes: number) => {
    const lease = await borrow(role, key, bytes);
    await lease.release();
    return lease;
  };
  return { shelf, made, gone, borrow, use };
}

test('a thing that fits is made once and found again', async () => {
  const { use, made, gone } = shelfOf(10);
  expect((await use('explain', 'blip', 4)).fresh).toBe(true);
  expect(await use('explain', 'blip', 4)).toMatchObject({ value: 'blip', fresh: false });
  expect({ made, gone }).toEqual({ made: ['blip'], gone: [] });
});

test('roles live beside each other while the bytes last', async () => {
  const { use, gone } = shelfOf(10);
  await use('segment', 'sam', 3);
  await use('explain', 'blip', 4);
  await use('explain', 'albef', 4);
  // Eleven bytes are too many: the older of the same role goes, although the other role was used before it.
  expect(gone).toEqual(['blip']);
});

test('room is made before the new thing', async () => {
  const { shelf, use, gone } = shelfOf(5);
  await use('explain', 'blip', 4);
  let before: string[] = [];
  await shelf.borrow({ role: 'explain', key: 'albef', bytes: 4 }, async () => {
    before = [...gone];
    return { value: 'albef', bytes: 4, dispose: () => undefined };
  });
  expect(before).toEqual(['blip']);
});

test('what is borrowed stays, and makes room when it is given back', async () => {
  const { borrow, use, gone } = shelfOf(5);
  const blip = await borrow('explain', 'blip', 4);
  await use('segment', 'sam', 3);
  expect(gone).toEqual([]);
  await blip.release();
  await blip.release();
  expect(gone).toEqual(['blip']);
});

test('with no room at all the last thing stays', async () => {
  const { use, gone } = shelfOf(0);
  await use('explain', 'blip', 4);
  expect(gone).toEqual([]);
  await use('segment', 'sam', 3);
  expect(gone).toEqual(['blip']);
});

test('two borrowers at once share one making', async () => {
  const { borrow, made } = shelfOf(5);
  const both = await Promise.all([borrow('explain', 'blip', 4), borrow('explain', 'blip', 4)]);
  expect(made).toEqual(['blip']);
  expect(both.map(({ fresh }) => fresh)).toEqual([true, false]);
});

test('a failure is not kept: the next borrower tries again', async () => {
  const { shelf, use } = shelfOf(5);
  const broken = shelf.borrow({ role: 'explain', key: 'blip', bytes: 4 }, () =>
    Promise.reject(new Error('torn file')),
  );
  await expect(broken).rejects.toThrow('torn file');
  expect((await use('explain', 'blip', 4)).fresh).toBe(true);
});

test('clearing lets go of what is free now and of what is borrowed afterwards', async () => {
  const { shelf, borrow, use, gone } = shelfOf(10);
  const blip = await borrow('explain', 'blip', 4);
  await use('segment', 'sam', 3);
  await shelf.clear();
  expect(gone).toEqual(['sam']);
  expect((await use('explain', 'blip', 4)).fresh).toBe(true);
  await blip.release();
  expect(gone).toEqual(['sam', 'blip']);
});

test('a smaller bound holds from the next borrowing on', async () => {
  const { shelf, use, gone } = shelfOf(10);
  await use('explain', 'blip', 4);
  await use('segment', 'sam', 3);
  shelf.resize(3);
  await use('segment', 'sam', 3);
  expect(gone).toEqual(['blip']);
});
