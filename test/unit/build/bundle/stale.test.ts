// What is built again and what is not, by the times of files in a temporary folder.
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isStale } from '../../../../build/bundle/stale.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

test('a build is stale while it is missing, and after a source changed, came or went', async () => {
  await using folder = await temporaryFolder();
  const at = (...path: string[]) => join(folder.path, ...path);
  const date = (path: string, second: number) => utimes(path, second, second);
  await mkdir(at('sources', 'deep'), { recursive: true });
  await writeFile(at('sources', 'deep', 'a.ts'), '');
  await writeFile(at('sources', 'b.ts'), '');
  const old = async () => {
    for (const path of [at('sources', 'deep', 'a.ts'), at('sources', 'deep'), at('sources')])
      await date(path, 100);
  };
  await date(at('sources', 'b.ts'), 100);
  await old();
  const stale = () => isStale(at('built'), [at('sources')]);
  expect(stale()).toBe(true);
  await writeFile(at('built'), '');
  await date(at('built'), 200);
  expect(stale()).toBe(false);
  await date(at('sources', 'deep', 'a.ts'), 300);
  expect(stale()).toBe(true);
  await old();
  await rm(at('sources', 'b.ts'));
  expect(stale()).toBe(true);
});
