// Mutants of a file, and which tests speak for it.
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../build/checks/sources.ts';
import { mutantsOf, mutated } from '../../../build/mutate/mutants.ts';
import { importersOf, isPure, testsOf } from '../../../build/mutate/tests.ts';

const texts = (text: string) => mutantsOf('a.ts', text).map((one) => mutated(text, one));

describe('mutants', () => {
  it('change one operator each and nothing else', () => {
    expect(texts('if (a < b && !c) i++;')).toEqual([
      'if (a < b || !c) i++;',
      'if (a <= b && !c) i++;',
      'if (a < b && c) i++;',
      'if (a < b && !c) i--;',
    ]);
    expect(texts('x = -y * 2; z += 1;')).toEqual([
      'x = -y / 2; z += 1;',
      'x = +y * 2; z += 1;',
      'x = -y * 2; z -= 1;',
    ]);
  });

  it('leave types, text and generics alone', () => {
    expect(texts("const a: Map<string, A | B> = f(); const t = 'a' + b + `c`;")).toEqual([]);
  });

  it('say the line of the operator', () => {
    expect(
      mutantsOf('a.ts', 'x;\n\ny = a >= b;').map(({ line, from, to }) => [line, from, to]),
    ).toEqual([[3, '>=', '>']]);
  });
});

describe('tests of a file', () => {
  const file = (path: string, ...imports: string[]): SourceFile => ({
    path,
    text: '',
    script: '',
    imports,
    packages: [],
  });

  it('are those that reach it, its own room first, then the nearest', () => {
    const importers = importersOf([
      file('models/ir/a.ts', 'models/ir/b.ts'),
      file('test/unit/electron/x.test.ts', 'models/ir/b.ts'),
      file('test/unit/models/ir/a.test.ts', 'models/ir/a.ts'),
      file('test/e2e/far.test.ts', 'models/ir/b.ts'),
      file('test/unit/other.test.ts', 'models/ops/c.ts'),
    ]);
    expect(testsOf('models/ir/b.ts', importers)).toEqual([
      'test/unit/models/ir/a.test.ts',
      'test/unit/electron/x.test.ts',
    ]);
  });

  it('are asked of pure files alone', () => {
    const pure = file('models/a.ts');
    expect(isPure(pure)).toBe(true);
    expect(isPure({ ...pure, packages: ['node:fs'] })).toBe(false);
    expect(isPure({ ...pure, script: 'document.title' })).toBe(false);
    expect(isPure(file('renderer/src/state/x.svelte.ts'))).toBe(false);
  });
});
