// What the system's browser is given: pages that are files, and nothing else that a system would start.
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPage } from '../../../../../electron/main/system/openPage.ts';
import { temporaryFolder } from '../../../../helpers/fixtures/dataset.ts';

test('a page is opened; a program, a link and a folder are not; what no browser opens is shown', async () => {
  const folder = await temporaryFolder();
  const place = (name: string) => join(folder, name);
  for (const name of ['report.html', 'report.desktop']) await writeFile(place(name), 'x');
  await symlink(place('report.desktop'), place('link.html'));
  const [opened, shown, log]: [string[], string[], string[]] = [[], [], []];
  let problem = '';
  const shell = {
    openPath: async (path: string) => {
      opened.push(path);
      return problem;
    },
    showItemInFolder: (path: string) => void shown.push(path),
  };
  const open = (path: string) => openPage(path, shell, (line) => log.push(line));
  await open(place('report.html'));
  for (const name of ['report.desktop', 'link.html', '.', 'gone.html']) await open(place(name));
  expect(opened).toEqual([place('report.html')]);
  expect(log).toHaveLength(4);
  problem = 'no application is for pages';
  await open(place('report.html'));
  expect(shown).toEqual([place('report.html')]);
});
