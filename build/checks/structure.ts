// The structure of the tree in one list of breaches: circles, sizes, purposes, exports, rooms, dependencies.
import { circleBreaches } from './circles.ts';
import { exportBreaches } from './exports.ts';
import { FOR_TESTS, LARGE_FOLDERS, LONG_FILES, OUTSIDE_ROOMS } from './known.ts';
import { PURPOSES } from './purposes/purposes.ts';
import { roomBreaches, unusedDependencies } from './rooms.ts';
import { folderBreaches, lengthBreaches, purposeBreaches } from './sizes.ts';
import { sourceFiles } from './sources.ts';
import { withLongTwins, withTwinFolders } from './translations.ts';

/** Every breach under `root`, as sentences; empty when all is well. */
export function structureBreaches(root: string): string[] {
  const product = sourceFiles(root);
  const tests = sourceFiles(root, ['test']);
  return [
    ...circleBreaches(product),
    ...lengthBreaches(product, withLongTwins(LONG_FILES, product)),
    ...folderBreaches(product, LARGE_FOLDERS),
    ...purposeBreaches(product, withTwinFolders(PURPOSES, product)),
    ...exportBreaches(product, tests, FOR_TESTS),
    ...roomBreaches(product, OUTSIDE_ROOMS),
    ...unusedDependencies(root, [...product, ...tests]),
  ];
}
