// The guide for contributors says what is there: every file it names exists, every folder is told as the check tells it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PURPOSES } from '../../../build/checks/purposes/purposes.ts';

const root = join(import.meta.dirname, '../../..');
const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

it('every path in the guide exists', () => {
  const named = [...guide.matchAll(/`((?:electron|renderer|models|build|test)\/[\w./-]+)`/g)].map(
    (found) => found[1]!,
  );
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it('the tree tells each folder by its purpose', () => {
  const tree = /```text\n([\s\S]*?)```/.exec(guide)![1]!;
  const above: string[] = [];
  const told: [string, string][] = [];
  for (const line of tree.split('\n')) {
    const found = /^( *)([\w-]+)\/ *(.*)$/.exec(line);
    if (!found) continue;
    const depth = found[1]!.length / 2;
    above.splice(depth, Infinity, found[2]!);
    if (found[3] !== '') told.push([above.join('/'), found[3]!]);
  }
  const product = told.filter(([folder]) => !folder.startsWith('test'));
  expect(product.length).toBeGreaterThan(60);
  // Every room of the wings, and one room further where the engine, inference and the screens are.
  const deeper = /^(electron\/(engine|inference|hosts)|renderer\/src(\/screens)?)\/[^/]+$/;
  const rooms = Object.keys(PURPOSES).filter(
    (folder) => /^(electron|models)\/[^/]+$/.test(folder) || deeper.test(folder),
  );
  const names = new Set(product.map(([folder]) => folder));
  expect(rooms.filter((folder) => !names.has(folder))).toEqual([]);
  expect(product).toEqual(product.map(([folder]) => [folder, PURPOSES[folder]]));
});
