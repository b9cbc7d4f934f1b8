// The collection of label files as the world writes them, beside the repository: every case is run through
// the command line, and what its expected.md states is asserted by the check of its name.
import { describe, expect, test } from 'vitest';
import type { Checks } from '../helpers/fixtures/caseFolder.ts';
import { caseNames, casesRoot, openCase } from '../helpers/fixtures/caseFolder.ts';
import { IMAGE_CHECKS } from './cases/images.ts';
import { NAME_CHECKS } from './cases/names.ts';
import { RECORD_CHECKS } from './cases/records.ts';

const CASES: Checks = { ...NAME_CHECKS, ...RECORD_CHECKS, ...IMAGE_CHECKS };

const root = casesRoot();

describe('label files as the world writes them', () => {
  if (root === null) {
    console.log('cases: ../shared/cases is not here; NONE of the cases is run');
    test('are beside the repository in ../shared/cases', (context) => {
      context.skip('../shared/cases is not here; none of the cases was run');
    });
    return;
  }
  const names = caseNames(root);

  test('are all there', () => {
    expect(Object.keys(CASES).filter((name) => !names.includes(name))).toEqual([]);
  });

  for (const name of names)
    test(name, async (context) => {
      const check = CASES[name];
      if (!check) return context.skip('nothing here asserts what its expected.md states');
      await check(await openCase(root, name));
    });
});
