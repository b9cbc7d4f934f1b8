// Decoded images that threads keep: one bound for all threads together.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createImageShelf } from '../../../../../electron/inference/image/imageShelf.ts';
import { sharedBounds } from '../../../../../electron/inference/image/sharedBound.ts';
import { png } from '../../../../helpers/fixtures/imageFiles.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const SIDE = 64;
const BYTES = SIDE * SIDE * 3;

test('what other threads keep counts, and the image in work is kept in any case', async () => {
  await using folder = await temporaryFolder();
  const paths: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    paths.push(join(folder.path, `${n}.png`));
    await writeFile(paths[n]!, png(SIDE, SIDE));
  }
  const [one, two] = sharedBounds(2).map((bound) => createImageShelf(bound, 3 * BYTES));
  const of = (shelf: typeof one, index: number) => shelf!.get(paths[index]!);
  const [first, second, third] = [await of(one, 0), await of(one, 1), await of(one, 2)];
  expect(await of(one, 0)).toBe(first);
  const other = await of(two, 3);
  // The other thread keeps one: this one's next image takes the place of its two oldest.
  const again = await of(one, 3);
  expect(await of(one, 3)).toBe(again);
  expect(await of(two, 3)).toBe(other);
  expect(await of(one, 1)).not.toBe(second);
  expect(await of(one, 2)).not.toBe(third);
});

test('a thread that takes the place of one that ended starts with nothing', async () => {
  await using folder = await temporaryFolder();
  const paths = [0, 1].map((n) => join(folder.path, `${n}.png`));
  for (const path of paths) await writeFile(path, png(SIDE, SIDE));
  const [bound] = sharedBounds(1);
  const ended = createImageShelf(bound, 2 * BYTES);
  for (const path of paths) await ended.get(path);
  const next = createImageShelf(bound, 2 * BYTES);
  const first = await next.get(paths[0]!);
  await next.get(paths[1]!);
  expect(await next.get(paths[0]!)).toBe(first);
});

test('what another thread has read is known without reading it again', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'read.png');
  await writeFile(path, png(SIDE, SIDE));
  const [one, two] = sharedBounds(2).map((bound) => createImageShelf(bound, 3 * BYTES));
  const read = await one!.get(path);
  two!.keep(read);
  expect(await two!.get(path)).toBe(read);
});
