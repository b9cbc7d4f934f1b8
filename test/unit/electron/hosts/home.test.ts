// Where settings live, and what is said when nothing can be written there.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requireHome, userDataFolder } from '../../../../electron/hosts/home.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

test('SALIENCE_HOME counts most', () => {
  expect(userDataFolder({ SALIENCE_HOME: '/my/own', XDG_CONFIG_HOME: '/x', APPDATA: '/a' })).toBe(
    '/my/own',
  );
});

test.runIf(process.platform === 'linux')('XDG_CONFIG_HOME comes next', () => {
  expect(userDataFolder({ XDG_CONFIG_HOME: '/x' })).toBe('/x/salience');
});

test('a home that can be written is made', async () => {
  await using folder = await temporaryFolder();
  const home = join(folder.path, 'new', 'home');
  await expect(requireHome(home)).resolves.toBeUndefined();
  await expect(requireHome(home)).resolves.toBeUndefined();
});

test('a home that cannot be made is named, with the way out', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'file'), '');
  const home = join(folder.path, 'file', 'home');
  await expect(requireHome(home)).rejects.toThrow(
    `belong into ${home}, where nothing can be written (ENOTDIR). Set SALIENCE_HOME to a folder`,
  );
});
