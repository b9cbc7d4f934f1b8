// Files are old or new, never half; what killed processes left is swept, what others hold is not.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { partBeside, sweepOldParts, sweepParts } from '../../../../electron/files/parts.ts';
import { writeWhole } from '../../../../electron/files/wholeFile.ts';
import { makeWorkFolder } from '../../../../electron/files/workFolder.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
const KEY = '0123456789ab';

/** The number of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

describe('writing a file whole', () => {
  test('leaves nothing beside it, makes its folder, and replaces what was there', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'a', 'b', 'x.json');
    await writeWhole(path, 'first', { sync: true });
    await writeWhole(path, new TextEncoder().encode('second'), { sync: false });
    expect(await readFile(path, 'utf8')).toBe('second');
    expect(await readdir(join(folder.path, 'a', 'b'))).toEqual(['x.json']);
  });

  test('works for the longest name that a disk takes', async () => {
    await using folder = await temporaryFolder();
    const name = `${'x'.repeat(251)}.png`;
    await writeWhole(join(folder.path, name), 'x', { sync: false });
    expect(await readdir(folder.path)).toEqual([name]);
  });

  test('says what stands in the way, and leaves nothing', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'a folder'));
    await writeFile(join(folder.path, 'a file'), '');
    await symlink('circle', join(folder.path, 'circle'));
    const refusal = (name: string) => writeWhole(join(folder.path, name), 'x', { sync: false });
    await expect(refusal('a folder')).rejects.toThrow(/There is a folder of that name: .*a folder/);
    await expect(refusal('a file/x')).rejects.toThrow(/is a file, not a folder/);
    await expect(refusal('circle/x')).rejects.toThrow(/circle/);
    await expect(refusal('x'.repeat(300))).rejects.toThrow(/The name is too long/);
    expect((await readdir(folder.path)).sort()).toEqual(['a file', 'a folder', 'circle']);
  });

  test('keeps a file to its user where that is asked', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'secret');
    await writeWhole(path, 'x', { sync: false, mode: 0o600 });
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});

describe('what a killed process left', () => {
  test('is swept, of this version and the one before; other files stay', async () => {
    await using folder = await temporaryFolder();
    const ended = await endedProcess();
    const living = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    onTestFinished(() => void living.kill());
    const swept = [
      `.salience-${MACHINE}-${ended}-${KEY}.part`,
      `.labels.json.${MACHINE}-${ended}-${KEY}.tmp`,
    ];
    const kept = [
      `.salience-${MACHINE}-${living.pid}-${KEY}.part`,
      `.salience-${MACHINE}-${process.pid}-${KEY}.part`,
      `.salience-000000-${ended}-${KEY}.part`,
      `.labels.json.${MACHINE}-${living.pid}-${KEY}.tmp`,
      'a download.part',
      `photo.png.${ended}.new`,
      '.salience-notes.part',
    ];
    for (const name of [...swept, ...kept]) await writeFile(join(folder.path, name), 'x');
    await sweepParts(folder.path);
    expect((await readdir(folder.path)).sort()).toEqual([...kept].sort());
  });

  test('is swept by the first file that is written into the folder', async () => {
    await using folder = await temporaryFolder();
    const left = `.salience-${MACHINE}-${await endedProcess()}-${KEY}.part`;
    await writeFile(join(folder.path, left), 'x');
    await writeWhole(join(folder.path, 'x'), 'x', { sync: false });
    expect(await readdir(folder.path)).toEqual(['x']);
  });

  test('under the number of this process is older than this process', async () => {
    await using folder = await temporaryFolder();
    const path = partBeside(join(folder.path, 'x'));
    await writeFile(path, 'x');
    const before = Date.now() / 1000 - process.uptime() - 60;
    await utimes(path, before, before);
    await sweepParts(folder.path);
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('without a process in its name goes when it is old', async () => {
    await using folder = await temporaryFolder();
    const names = [`x.json.${KEY}.part`, `y.json.${KEY}.part`, `x.json.part`];
    for (const name of names) await writeFile(join(folder.path, name), 'x');
    await sweepOldParts(join(folder.path, 'x.json'));
    expect((await readdir(folder.path)).sort()).toEqual([...names].sort());
    for (const name of names) await utimes(join(folder.path, name), 1, 1);
    await sweepOldParts(join(folder.path, 'x.json'));
    expect((await readdir(folder.path)).sort()).toEqual(names.slice(1).sort());
  });

  test('in the place for work outside of results goes with the next work of its kind', async () => {
    await using place = await temporaryFolder();
    const left = join(place.path, `salience-cvat-${MACHINE}-${await endedProcess()}-abcdef`);
    await mkdir(left);
    await writeFile(join(left, 'half.json'), 'x');
    const other = join(place.path, 'salience-cvat-of-mine');
    await mkdir(other);
    const own = await makeWorkFolder('cvat', place.path);
    const again = await makeWorkFolder('cvat', place.path);
    expect((await readdir(place.path)).sort()).toEqual(
      [own, again, other].map((path) => path.slice(place.path.length + 1)).sort(),
    );
  });
});
