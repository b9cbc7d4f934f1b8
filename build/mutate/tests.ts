// Which unit and property tests speak for a file: those that import it, the nearest first.
import { posix } from 'node:path';
import type { SourceFile } from '../checks/sources.ts';

/** Asked first: they kill most mutants, and soon. */
export const NEAREST = 5;
/** Asked of a mutant that lives; more than these only repeat what they say. */
const MOST_TESTS = 25;
const IS_TEST = /^test\/(unit|property)\/.*\.test\.ts$/;

/** Pure: nothing but files of the project is imported, so a test needs no disk, window or runtime. */
export const isPure = ({ path, packages, script }: SourceFile): boolean =>
  packages.length === 0 &&
  path.endsWith('.ts') &&
  !path.endsWith('.svelte.ts') &&
  !/\/text\/[a-z]{2}\//.test(path) &&
  !/\b(document|window|process)\./.test(script);

/** Tests that reach a file over their imports: same room first, then by the number of steps. */
export function testsOf(
  path: string,
  importers: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const steps = new Map([[path, 0]]);
  const queue = [path];
  for (const at of queue)
    for (const from of importers.get(at) ?? []) {
      if (steps.has(from)) continue;
      steps.set(from, steps.get(at)! + 1);
      queue.push(from);
    }
  const room = posix.dirname(path).replace(/^renderer\/src/, 'renderer');
  const isNear = (test: string) => posix.dirname(test).replace(/^test\/\w+\//, '') === room;
  return [...steps]
    .filter(([test]) => IS_TEST.test(test))
    .sort(([a, far], [b, near]) => Number(isNear(b)) - Number(isNear(a)) || far - near)
    .map(([test]) => test)
    .slice(0, MOST_TESTS);
}

/** Who imports each file. */
export function importersOf(files: readonly SourceFile[]): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const { path, imports } of files)
    for (const target of imports) importers.set(target, [...(importers.get(target) ?? []), path]);
  return importers;
}
