// The built page: a protocol of its own, a folder or a path of a server may hold it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtPage } from '../../../helpers/drivers/page.ts';

it('names its files from where it lies', async () => {
  const html = await readFile(join(await builtPage(), 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((address) => !address.startsWith('./'))).toEqual([]);
});
