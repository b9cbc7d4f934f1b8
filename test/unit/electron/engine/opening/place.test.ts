// Paths as people write them, and folders that they type or paste.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderTyped, placeOf } from '../../../../../electron/engine/opening/place.ts';

describe('places', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'salience-place-'));
    await mkdir(join(home, 'my cups'));
    await writeFile(join(home, 'my cups', 'a.png'), '');
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it('writes the home folder as ~, and other places as they are', () => {
    expect(placeOf(join(home, 'my cups'), home)).toBe(join('~', 'my cups'));
    expect(placeOf(home, home)).toBe('~');
    expect(placeOf(tmpdir(), home)).toBe(tmpdir());
    // Begins alike, lies elsewhere.
    expect(placeOf(`${home}-other`, home)).toBe(`${home}-other`);
  });

  it('takes a typed folder, one with ~, a quoted one, and the folder of a file', async () => {
    const cups = join(home, 'my cups');
    expect(await folderTyped(`  ${cups}/ `, home)).toBe(cups);
    expect(await folderTyped('~/my cups', home)).toBe(cups);
    expect(await folderTyped(`"${cups}"`, home)).toBe(cups);
    expect(await folderTyped(join(cups, 'a.png'), home)).toBe(cups);
  });

  it('names what was typed when it is not there or no whole path', async () => {
    await expect(folderTyped('~/plates', home)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'There is no folder ~/plates.',
    });
    await expect(folderTyped('cups', home)).rejects.toMatchObject({
      message: expect.stringMatching(/^cups is no whole path\. Begin with .*~ for your home/),
    });
  });
});
