// Disks and files that say no: the person hears which file, what stands in the way and what to do.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { openJsonFile } from '../../../../../electron/engine/files/jsonFile.ts';
import { openProject } from '../../../../../electron/engine/project/project.ts';
import { storeError } from '../../../../../electron/engine/project/database/store.ts';
import { relativeNameFault } from '../../../../../electron/engine/dataset/fileNames.ts';
import { checkSize } from '../../../../../electron/inference/image/imageError.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const sqlite = (code: string, message: string) => Object.assign(new Error(message), { code });

describe('a project file', () => {
  test.each([
    ['SQLITE_IOERR_WRITE', 'DISK_FULL', /full or has failed.*not saved.*p\.salience/],
    ['SQLITE_IOERR_SHMSIZE', 'DISK_FULL', /full or has failed/],
    ['SQLITE_IOERR_READ', 'PROJECT_DAMAGED', /cannot be read.*p\.salience/],
  ])('on a disk that answers %s', (code, expected, message) => {
    expect(storeError(sqlite(code, 'disk I/O error'), '/x/p.salience')).toMatchObject({
      code: expected,
      message: expect.stringMatching(message) as string,
    });
  });

  test('with a name that is too long', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, `${'x'.repeat(246)}.salience`);
    await expect(openProject({ file, folder: folder.path })).rejects.toMatchObject({
      code: 'PROJECT_LOCKED',
      message: expect.stringMatching(/x\.salience-lock.*shorter project name/) as string,
    });
  });

  test.each(['a folder', 'something else'])('whose lock is %s', async (what) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'p.salience');
    if (what === 'a folder') await mkdir(`${file}-lock`);
    else await writeFile(`${file}-lock`, 'this is no lock at all, it is a text of somebody');
    await expect(openProject({ file, folder: folder.path })).rejects.toMatchObject({
      code: 'PROJECT_LOCKED',
      message: expect.stringMatching(/Remove .*p\.salience-lock/) as string,
    });
  });
});

test('settings that are a folder are named', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'settings.json');
  await mkdir(path);
  await expect(openJsonFile(path, v.object({}), {}, () => {})).rejects.toMatchObject({
    code: 'FILE_REFUSED',
    message: expect.stringContaining(`folder of that name: ${path}`) as string,
  });
});

test('an image whose header lies is not told by figures that nobody can read', () => {
  expect(() => checkSize(2 ** 31, 2 ** 31, 144e6)).toThrow(
    /more than a million times the limit|million\)/,
  );
  expect(() => checkSize(2 ** 31, 2 ** 31, 144e6)).not.toThrow(/\d{8} million/);
  expect(() => checkSize(20_000, 20_000, 144e6)).toThrow(/20000x20000 \(400 million\)/);
});

test('names that Windows takes for a drive or a second stream lead nowhere there', () => {
  for (const name of ['C:x.png', 'a.png:x', 'sub/a.png:x']) {
    expect(relativeNameFault(name, 'win32'), name).not.toBeNull();
    expect(relativeNameFault(name, 'linux'), name).toBeNull();
  }
  expect(relativeNameFault('C:\\x.png', 'linux')).not.toBeNull();
});
